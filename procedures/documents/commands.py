"""What is done to documents, in words of document control. Everything goes through the doors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from procedures.checklists.structure import Checklist, canonical_bytes
from procedures.documents import content as contents
from procedures.documents.content import Body, Kind, TextSection
from procedures.documents.models import Document, KindOfChange, Revision, in_force
from qms.lifecycle.perform import By, amend, create, perform
from qms.people.actors import SYSTEM
from qms.people.models import Organisation


@dataclass(frozen=True)
class StoredFile:
    """A file that lies in the evidence store: its hash, and the name it came with."""

    sha256: str
    name: str


Text = Checklist | Sequence[TextSection] | StoredFile


def create_document(
    organisation: Organisation,
    code: str,
    title: str,
    by: By,
    *,
    kind: str = Kind.PROCEDURE,
    language: str = "",
    key: UUID | None = None,
    **fields: Any,
) -> Document:
    """A new document, without a revision yet. Raises Refused, ValidationError for a code that is taken, KeyReused."""
    fields |= {"code": code, "title": title, "kind": kind, "language": language or organisation.language}
    return create(Document, by, key=key, organisation=organisation, **fields)


def open_new_revision(
    document: Document,
    by: By,
    *,
    kind_of_change: str,
    reason_for_change: str,
    new_edition: bool = False,
    version: int | None = None,
    key: UUID | None = None,
) -> Revision:
    """A new draft from the revision in force, its opener the author. Raises Refused while another is under way."""
    given: dict[str, Any] = {"kind_of_change": kind_of_change, "reason_for_change": reason_for_change}
    perform(document, "open_revision", by, version=version, key=key, new_edition=new_edition, **given)
    return _latest(document)


def import_revision(
    organisation: Organisation,
    code: str,
    title: str,
    language: str,
    text: Text,
    by: By,
    kind: str = Kind.CHECKLIST,
    key: UUID | None = None,
    reason: str = "",
) -> Revision:
    """A draft revision with this text: of a new document, or of the one that has the code.

    Raises Refused, with the draft's reference, while a revision of that document is under way. Sent again with the same
    key it answers the same.
    """
    with transaction.atomic():
        document = Document.objects.of(organisation.pk).filter(code__iexact=" ".join(code.split())).first()
        change = KindOfChange.SUBSTANTIVE if document else KindOfChange.NEW
        if document is None:
            document = create_document(
                organisation, code, title, by, kind=kind, language=language, key=_part_of(key, "document")
            )
        revision = open_new_revision(
            document,
            by,
            kind_of_change=change,
            reason_for_change=reason or str(_("Imported")),
            key=_part_of(key, "revision"),
        )
        changes = {"title": title or document.title, "language": language, **_changes(text)}
        return amend(revision, by, key=_part_of(key, "content"), **changes)


def write(revision: Revision, by: By, text: Text, *, version: int | None = None, key: UUID | None = None) -> Revision:
    """Replace the text of a draft. Raises Refused, Stale, ValidationError."""
    return amend(revision, by, version=version, key=key, **_changes(text))


def put_into_force(revision: Revision) -> Revision:
    """Take an approved revision into force once its day has come; its predecessor is superseded with it.

    The timer of its flow does the same. Before its day, or when that was done before, nothing happens.
    """
    revision.refresh_from_db()
    return perform(revision, "make_effective", SYSTEM) if revision.is_due else revision


def current_revision(document: Document, on: date | None = None) -> Revision | None:
    """The revision of the document in force on that day, or now."""
    return in_force(document.revisions.all(), on).first()


def effective_checklists(organisation: Organisation, on: date | None = None) -> QuerySet[Revision]:
    """The checklists of a body in force on that day, or now, by their documents' codes."""
    rows: QuerySet[Revision] = Revision.objects.of(organisation.pk).filter(body=Body.CHECKLIST)
    return in_force(rows, on).select_related("document").order_by("document__code")


def _changes(text: Text) -> dict[str, Any]:
    """The fields of a revision that hold this text."""
    if isinstance(text, Checklist):
        return {"body": Body.CHECKLIST, "content": _plain(text), "file_sha256": "", "file_name": ""}
    if isinstance(text, StoredFile):
        return {"body": Body.FILE, "content": {}, "file_sha256": text.sha256, "file_name": text.name[:250]}
    return {"body": Body.SECTIONS, "content": contents.of_sections(text), "file_sha256": "", "file_name": ""}


def _plain(checklist: Checklist) -> dict[str, Any]:
    """The checklist as it comes back from the database: lists, no tuples."""
    found: dict[str, Any] = json.loads(canonical_bytes(checklist))
    return found


def _latest(document: Document) -> Revision:
    found: Revision = document.revisions.select_related("organisation", "unit", "document").order_by("pk").last()
    return found


def _part_of(key: UUID | None, name: str) -> UUID | None:
    """One request makes several changes: each has its own key, made from that of the request."""
    return uuid5(key, name) if key else None
