"""A calendar of working days: weekends, the country's holidays, and the exceptions a body was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from qms.calendar.holidays_of import COUNTRIES, FIRST_DAY, LAST_DAY, SATURDAY, country_year
from qms.calendar.spans import CalendarError

WEEKEND, HOLIDAY, EXCEPTION = "weekend", "holiday", "exception"
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a day is not worked: weekend, holiday (with its English names) or exception (with the body's reason)."""

    why: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayException:
    """A day that a decision made working or free, with the reason as it was written down."""

    is_working: bool
    reason: str


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days of one country, corrected by exceptions. Days outside 2000–2100 raise CalendarError."""

    country: str
    exceptions: Mapping[date, DayException] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.country not in COUNTRIES:
            raise CalendarError(_("There is a calendar for RO and for BG only."))

    def off(self, day: date) -> DayOff | None:
        """Why the day is not worked, or None for a working day. An exception goes before the country's list."""
        if not FIRST_DAY <= day <= LAST_DAY:
            raise CalendarError(_("Deadlines are computed from the year 2000 to the year 2100."))
        if (exception := self.exceptions.get(day)) is not None:
            return None if exception.is_working else DayOff(EXCEPTION, (exception.reason,))
        year = country_year(self.country, day.year)
        if names := year.off.get(day):
            return DayOff(HOLIDAY, names)
        if day.weekday() >= SATURDAY and day not in year.worked:
            return DayOff(WEEKEND)
        return None

    def is_working(self, day: date) -> bool:
        return self.off(day) is None

    def roll(self, day: date) -> date:
        """The day itself if it is worked, else the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def following(self, day: date, n: int) -> date:
        """The n-th working day after this one (n ≥ 1)."""
        for _nth in range(n):
            day = self.roll(day + ONE_DAY)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after the first date, up to and including the second."""
        return sum(self.is_working(day) for day in days(after + ONE_DAY, until))


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included; none when the last is before the first."""
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)
