"""Gap-free numbers per body, type and year; the year is counted in the body's time zone."""

from __future__ import annotations

from django.db import connection
from django.db.models import F

from qms.people.models import Organisation
from qms.records.models import Counter, NumberPattern
from qms.records.registry import RecordType
from qms.trail import clock


def next_reference(record_type: RecordType, organisation: Organisation) -> str:
    """Take the next number, inside the caller's transaction, and write it by the body's pattern."""
    year = clock.today(organisation.time_zone).year
    number = next_number(organisation.pk, record_type.name, year)
    return write_reference(pattern_of(record_type, organisation.pk), record_type.code, year, number)


def pattern_of(record_type: RecordType, organisation_id: int) -> str:
    """The pattern the body set for the type, or the type's own."""
    own = NumberPattern.objects.of(organisation_id).filter(record_type=record_type.name)
    return str(own.values_list("pattern", flat=True).first() or record_type.number)


def write_reference(pattern: str, code: str, year: int, number: int) -> str:
    return pattern.format(code=code, year=year, number=number)


def next_number(organisation_id: int, series: str, year: int) -> int:
    """Add one to the counter and return it; the row stays locked until the transaction ends, so no gap can arise."""
    mine = Counter.objects.filter(organisation=organisation_id, series=series, year=year)
    if not mine.update(value=F("value") + 1):
        Counter.objects.bulk_create(
            [Counter(organisation_id=organisation_id, series=series, year=year)], ignore_conflicts=True
        )
        mine.update(value=F("value") + 1)
    assert connection.in_atomic_block
    return mine.get().value
