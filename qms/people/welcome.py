"""The welcome list of an empty installation: what is still to be set up, computed from the data.

Packages above the ground add their own lines to `chores`. Whoever is done with it puts it away; it can be called back.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qms.face.pages import Chore, WelcomePage
from qms.face.parts import Link, Notice, Tone
from qms.notices.models import Job
from qms.people.actors import Actor, role_label, roster
from qms.people.invitations import mail_is_configured
from qms.people.models import Person, Unit
from qms.people.roles import Role

KEY_ROLES = (Role.ADMINISTRATOR, Role.QUALITY_MANAGER, Role.AUTHOR, Role.REVIEWER, Role.APPROVER, Role.INSPECTION_LEAD)
MAIL_TEST = "people.mail_test"


def page_for(actor: Actor) -> WelcomePage:
    """The list as it stands for the person's body."""
    assert actor.person is not None
    lines = [chore(actor) for chore in chores]
    return WelcomePage(lines, "" if actor.person.welcome_put_away else reverse("welcome_put_away"))


def body(actor: Actor) -> Chore:
    """Named in the language its people read."""
    assert actor.person is not None
    own = actor.person.organisation
    note = _("Name and language stand on every page and every printed report.")
    done = bool(getattr(own, f"name_{own.language}"))
    return Chore(_("The body"), note, reverse("people:body", args=(own.uid,)), _("Name it"), done)


def units(actor: Actor) -> Chore:
    assert actor.person is not None
    note = _("Roles and records are held at a unit; without one, at the whole body.")
    done = Unit.objects.of(actor.person.organisation_id).exists()
    return Chore(_("Units"), note, reverse("people:unit_new"), _("Add a unit"), done)


def people(actor: Actor) -> Chore:
    """Everybody a procedure needs on its way, and more than one person: four eyes see what two do not."""
    assert actor.person is not None
    held = roster(actor.person.organisation_id)
    missing = [role for role in KEY_ROLES if not any(role == found for found, _unit, _name in held)]
    others = Person.unscoped.filter(organisation=actor.person.organisation_id, is_active=True).count() > 1
    note = _("Approving takes another person than writing. Every key role is held.")
    if missing:
        note = _("Nobody yet is: %(roles)s.") % {"roles": ", ".join(role_label(role) for role in missing)}
    return Chore(_("People in the key roles"), note, reverse("people:invite"), _("Invite"), others and not missing)


def mail(actor: Actor) -> Chore:
    """A test mail arrived at its server."""
    note = _("Invitations and reminders go by mail; without a server they are shown on pages only.")
    if not mail_is_configured():
        note = _("No mail server is set (EMAIL_HOST): invitations are handed over as links.")
    done = Job.objects.filter(kind=MAIL_TEST, failure="").exclude(done_at=None).exists()
    return Chore(_("Mail"), note, reverse("welcome_mail"), _("Send a test mail"), done)


chores: list[Callable[[Actor], Chore]] = [body, units, people, mail]


def banner(request: HttpRequest) -> Notice | None:
    """Over the first page, for the administrator who has not put the list away; costs no query."""
    actor: Actor | None = getattr(request, "actor", None)
    if request.path != "/" or actor is None or actor.person is None:
        return None
    person = actor.person
    if person.welcome_put_away or person.organisation.is_demo or not is_administrator(actor):
        return None
    link = Link(_("See what is still to be set up"), reverse("welcome"))
    return Notice(_("This installation is being set up."), Tone.INFO, link=link)


def is_administrator(actor: Actor) -> bool:
    return any(held.role == Role.ADMINISTRATOR and held.for_id is None for held in actor.held)
