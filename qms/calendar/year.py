"""The days off of a year, as a calendar page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qms.calendar.explain import reason_off
from qms.calendar.working import WEEKEND, WorkingCalendar, days


@dataclass(frozen=True)
class ListedDay:
    """A day off with its names in the reader's language; `on_weekend` ones change nothing for a deadline."""

    on: date
    name: str
    on_weekend: bool


def days_off_of(calendar: WorkingCalendar, year: int) -> list[ListedDay]:
    """Holidays and free days of the year by date; bare weekends are not listed."""
    off = ((day, calendar.off(day)) for day in days(date(year, 1, 1), date(year, 12, 31)))
    return [
        ListedDay(day, reason_off({"on": day.isoformat(), "why": why.why, "names": why.names}), day.isoweekday() > 5)
        for day, why in off
        if why is not None and why.why != WEEKEND
    ]
