"""Fetch and permission in one line: another body's record answers exactly like a missing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from qms.people.actors import Actor
from qms.records import registry
from qms.records.registry import RecordType


def open_type(name: str) -> RecordType:
    """The record type of an address. Raises Http404."""
    try:
        return registry.get(name)
    except registry.UnknownType:
        raise Http404 from None


def rows_of(record_type: RecordType, actor: Actor) -> QuerySet[Any]:
    """The rows of a type the actor may read, with what a row shows read along."""
    rows: QuerySet[Any] = record_type.model.objects.visible_to(actor)
    return rows.select_related("organisation", *record_type.related)


def open_record(record_type: RecordType, uid: UUID, actor: Actor) -> Any:
    """One record the actor may read. Raises Http404 for a missing one and for another body's."""
    record = rows_of(record_type, actor).filter(uid=uid).first()
    if record is None:
        raise Http404
    return record
