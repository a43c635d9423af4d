"""A span of time as the law writes it: 15 days, 2 weeks, 3 months, 1 year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

DAYS, WEEKS, MONTHS, YEARS = "d", "w", "m", "y"
LONGEST: Final = {DAYS: 36_500, WEEKS: 5_200, MONTHS: 1_200, YEARS: 100}
_WRITTEN = re.compile(r"([0-9]{1,6})([dwmy]?)", re.ASCII)


class CalendarError(ValueError):
    """A deadline that cannot be computed; its text is one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Span:
    """`n` days (d), weeks (w), months (m) or years (y). Raises CalendarError for none, or more than a century."""

    n: int
    unit: str = DAYS

    def __post_init__(self) -> None:
        if self.unit not in LONGEST:
            raise CalendarError(_("A span is counted in days, weeks, months or years."))
        if not 1 <= self.n <= LONGEST[self.unit]:
            raise CalendarError(_("A span is at least 1 and at most 100 years."))

    @classmethod
    def parse(cls, written: str) -> Span:
        """Read `15`, `15d`, `2w`, `3m` or `1y`; anything else raises CalendarError."""
        found = _WRITTEN.fullmatch(written.strip().lower())
        if found is None:
            raise CalendarError(_("A span is a number of days, or a number followed by w, m or y: 15, 2w, 3m, 1y."))
        return cls(int(found[1]), found[2] or DAYS)

    def __str__(self) -> str:
        return str(self.n) if self.unit == DAYS else f"{self.n}{self.unit}"
