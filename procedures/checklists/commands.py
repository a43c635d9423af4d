"""From a Word form to a draft revision, through the doors."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from procedures.checklists.importing import title_of
from procedures.checklists.structure import Checklist
from procedures.documents.commands import import_revision
from procedures.documents.lifecycle import State
from procedures.documents.models import Document, Revision
from qms.lifecycle.perform import By, perform
from qms.people.models import Organisation


def import_checklist(
    organisation: Organisation, code: str, checklist: Checklist, name: str, by: By, key: UUID | None = None
) -> Revision:
    """A draft revision of the document with this code, new or not; ``name`` is the file's.

    A draft still being written gives way to the new one: it is cancelled with the reason, and stays in the history.
    Raises Refused when a revision is already under review or approved, or the actor may not.
    """
    with transaction.atomic():
        document = Document.objects.of(organisation.pk).filter(code__iexact=" ".join(code.split())).first()
        under_way = document.open_revision if document else None
        if under_way is not None and under_way.state == State.DRAFT:
            perform(under_way, "cancel", by, reason=_("Another import of the form took its place."))
        return import_revision(
            organisation, code, title_of(checklist, name), checklist.language, checklist, by, key=key,
            reason=_("Imported from %(file)s") % {"file": name},
        )  # fmt: skip
