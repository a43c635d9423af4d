"""Deadlines of a body: the country's calendar with the exceptions of the body and of the one above it."""

from __future__ import annotations

from datetime import date

from qms.calendar.due import Deadline, due
from qms.calendar.models import CalendarException
from qms.calendar.spans import Span
from qms.calendar.working import DayException, WorkingCalendar
from qms.people.models import Organisation


def calendar_of(organisation: Organisation) -> WorkingCalendar:
    """The body's working days, in one query. Its own exception for a day goes before that of the body above.

    Read it once and pass it to `due` when several deadlines are counted.
    """
    of_both = CalendarException.objects.of(*_line(organisation)).filter(
        is_void=False, organisation__country=organisation.country
    )
    rows = sorted(of_both, key=lambda row: row.organisation_id == organisation.pk)
    return WorkingCalendar(
        organisation.country, {row.day: DayException(row.is_working, f"{row.purpose}, {row.act}") for row in rows}
    )


def deadline_for(organisation: Organisation, rule_id: str, start: date, span: Span) -> Deadline:
    """When a term ends for this body. One query; raises CalendarError as `due` does. Store its `trace` beside it."""
    return due(rule_id, start, span, calendar_of(organisation))


def exceptions_seen_by(organisation: Organisation, year: int) -> list[CalendarException]:
    """The exceptions of a year that count for the body, set aside or not, its own and those of the body above."""
    rows = CalendarException.objects.of(*_line(organisation)).filter(
        day__year=year, organisation__country=organisation.country
    )
    return list(rows.select_related("organisation"))


def _line(organisation: Organisation) -> list[int]:
    return [organisation.pk, *([organisation.parent_id] if organisation.parent_id else [])]
