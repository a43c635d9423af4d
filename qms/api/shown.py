"""A record as JSON: every field that says something; people, units and other records by their UUID."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from qms.people.models import Person
from qms.records.registry import RecordType

# Fields programs do not need: keys inside the database, and what the trail and the search keep for themselves.
INSIDE = frozenset({"id", "head", "search_text", "organisation", "due_why", "answers_frozen"})
# Long bodies: in the detail, not in lists.
LONG = frozenset({"content"})


def fields_of(record_type: RecordType, long: bool = True) -> list[models.Field[Any, Any]]:
    """The fields of a type that programs see, in the order of the model."""
    left_out = INSIDE if long else INSIDE | LONG
    return [field for field in record_type.model._meta.concrete_fields if field.name not in left_out]


def is_people_list(record_type: RecordType, field: models.Field[Any, Any]) -> bool:
    """Whether a JSON field lists ids of people: one named like a part of the record does."""
    return isinstance(field, models.JSONField) and field.name in record_type.parts


def shown(record_type: RecordType, records: Sequence[Any], long: bool = True) -> list[dict[str, Any]]:
    """The records as JSON; the people they list are looked up in one query."""
    fields = fields_of(record_type, long)
    listed = [field.attname for field in fields if is_people_list(record_type, field)]
    uids = _uids({pk for record in records for name in listed for pk in getattr(record, name)})
    return [
        {
            "type": record_type.name,
            "organisation": record.organisation.code,
            "state_label": record_type.lifecycle.label(record.state),
            **{field.name: _value(record, field, uids if field.attname in listed else None) for field in fields},
        }
        for record in records
    ]


def _uids(ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    if not wanted:
        return {}
    return {pk: str(uid) for pk, uid in Person.objects.filter(pk__in=wanted).values_list("pk", "uid")}


def _value(record: Any, field: models.Field[Any, Any], people: dict[int, str] | None) -> Any:
    if people is not None:
        return [people[pk] for pk in getattr(record, field.attname) if pk in people]
    if isinstance(field, models.ForeignKey):
        related = getattr(record, field.name)
        return str(related.uid) if related is not None else None
    return getattr(record, field.attname)


def related_of(record_type: RecordType) -> tuple[str, ...]:
    """The relations to read along, so that a page of records costs one query."""
    fields = fields_of(record_type)
    return ("organisation", *(field.name for field in fields if isinstance(field, models.ForeignKey)))
