"""By when something is asked: from a date the record has, or in so many working days from when it came there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from qms.calendar.service import deadline_for
from qms.calendar.spans import Span

Due = tuple[date | None, dict[str, Any] | None]
DueRule = Callable[[Any, datetime], Due]


def no_date(_record: Any, _since: datetime) -> Due:
    """Asked without a term."""
    return None, None


def working_days(n: int) -> DueRule:
    """So many working days of the body's calendar after the record came there, with the count explained."""

    def counted(record: Any, since: datetime) -> Due:
        body = record.organisation
        start = since.astimezone(ZoneInfo(body.time_zone)).date()
        found = deadline_for(body, f"{body.country}_WORKING", start, Span(n))
        return found.date, found.trace

    return counted


def date_of(field: str = "due_on", why: str = "due_why") -> DueRule:
    """The date that stands on the record, with the explanation beside it where there is one."""

    def stands(record: Any, _since: datetime) -> Due:
        return getattr(record, field), getattr(record, why, None)

    return stands
