"""Public holidays of a country by year, from the library `holidays` (its version is pinned: the law is data)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

COUNTRIES: Final = ("RO", "BG")
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
SATURDAY: Final = 5

_BRITISH: Final = {
    "Labor Day": "Labour Day",
    "Labor Day and International Workers' Solidarity Day": "Labour Day and International Workers' Solidarity Day",
}
_ON_MONDAY: Final = {"Easter": "Easter Monday", "Pentecost": "Whit Monday"}
_SUBSTITUTED: Final = "Day off (substituted from "
_OBSERVED: Final = " (observed)"
EXCHANGED_DAY: Final = "day off exchanged for a working Saturday"


@dataclass(frozen=True, slots=True)
class CountryYear:
    """What the law of one country says about one year: days off by name, and Saturdays that are worked."""

    off: Mapping[date, tuple[str, ...]]
    worked: frozenset[date]


@lru_cache(maxsize=256)
def country_year(country: str, year: int) -> CountryYear:
    """Public holidays with observed and exchanged days; names in English, to be translated where they are shown.

    The library is imported when the first deadline is counted: it is 300 modules, which most commands never need.
    """
    import holidays

    found = holidays.country_holidays(country, years=year, language="en_US")
    off = {day: _names(day, joined) for day, joined in found.items() if day.year == year}
    return CountryYear(off, frozenset(found.weekend_workdays))


def _names(day: date, joined: str) -> tuple[str, ...]:
    return tuple(_own_name(day, name) for name in joined.split("; "))


def _own_name(day: date, name: str) -> str:
    if name.startswith(_SUBSTITUTED):
        return EXCHANGED_DAY
    plain = name.removesuffix(_OBSERVED)
    plain = _BRITISH.get(plain, plain)
    if day.weekday() == 0 and plain == name:
        plain = _ON_MONDAY.get(plain, plain)
    return plain + _OBSERVED if name.endswith(_OBSERVED) else plain
