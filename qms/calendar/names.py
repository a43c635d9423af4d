"""English names of the public holidays of Romania and Bulgaria, listed so that they can be translated.

The trace of a deadline stores these names; `holiday_name` shows one in the reader's language.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qms.calendar.holidays_of import EXCHANGED_DAY

OBSERVED: Final = " (observed)"

HOLIDAY_NAMES: Final = (
    gettext_noop("New Year's Day"),
    gettext_noop("Epiphany"),
    gettext_noop("Saint John the Baptist"),
    gettext_noop("Unification of the Romanian Principalities Day"),
    gettext_noop("Good Friday"),
    gettext_noop("Holy Saturday"),
    gettext_noop("Easter"),
    gettext_noop("Easter Monday"),
    gettext_noop("Labour Day"),
    gettext_noop("Pentecost"),
    gettext_noop("Whit Monday"),
    gettext_noop("Children's Day"),
    gettext_noop("Dormition of the Mother of God"),
    gettext_noop("Saint Andrew's Day"),
    gettext_noop("National Day"),
    gettext_noop("Christmas Eve"),
    gettext_noop("Christmas Day"),
    gettext_noop("Liberation Day"),
    gettext_noop("Labour Day and International Workers' Solidarity Day"),
    gettext_noop("Saint George's Day, Day of the Bulgarian Army"),
    gettext_noop("Day of Bulgarian Enlightenment and Culture and Slavonic Alphabet"),
    gettext_noop("Day of Slavonic Alphabet, Bulgarian Enlightenment and Culture"),
    gettext_noop("Unification Day"),
    gettext_noop("Independence Day"),
    gettext_noop("Freedom Day"),
    gettext_noop("Official Holiday"),
    gettext_noop("Non-working day"),
    gettext_noop("day off exchanged for a working Saturday"),
)
assert EXCHANGED_DAY in HOLIDAY_NAMES


def holiday_name(english: str) -> str:
    """The holiday in the reader's language; a name nobody translated is shown as it was stored."""
    if english.endswith(OBSERVED):
        return _("%(holiday)s, day off in lieu") % {"holiday": _(english.removesuffix(OBSERVED))}
    return _(english) if english else ""
