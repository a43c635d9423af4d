"""Lines of the welcome list about what the packages above the ground make: first document, checklist, inspection."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from procedures.documents.content import Body
from procedures.documents.lifecycle import State
from procedures.documents.models import Document, Revision
from qms.face.pages import Chore
from qms.people.actors import Actor
from workflows.inspections.models import Inspection


def _body(actor: Actor) -> int:
    assert actor.person is not None
    return actor.person.organisation_id


def first_document(actor: Actor) -> Chore:
    note = _("A procedure or a policy: written here, uploaded, or brought in from Word.")
    done = Document.objects.of(_body(actor)).exists()
    new = reverse("records:new", kwargs={"type_name": "document"})
    return Chore(_("The first document"), note, new, _("New document"), done)


def first_checklist(actor: Actor) -> Chore:
    note = _("A Word form with yes and no becomes a checklist; approved and in force, inspections use it.")
    done = Revision.objects.of(_body(actor)).filter(body=Body.CHECKLIST, state=State.EFFECTIVE).exists()
    return Chore(_("The first checklist in force"), note, reverse("documents:import"), _("Import a form"), done)


def first_inspection(actor: Actor) -> Chore:
    note = _("With an order, a team and a checklist in force.")
    done = Inspection.objects.of(_body(actor)).exists()
    new = reverse("records:new", kwargs={"type_name": "inspection"})
    return Chore(_("The first inspection"), note, new, _("Plan one"), done)
