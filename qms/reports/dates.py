"""Days, moments and numbers as printed; the language and time zone are those active while the paper is rendered."""

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.dateformat import format as formatted

PATTERNS = {"bg": "d.m.Y г."}  # in Bulgarian texts a date is written in figures
NO_BREAK = "\u00a0"


def printed_day(day: date) -> str:
    """ "2 April 2026", "2 aprilie 2026", "02.04.2026 г." """
    pattern = PATTERNS.get(_language(), "j F Y")
    shown = formatted(day, pattern)
    return (shown.lower() if _language() == "ro" else shown).replace(" ", NO_BREAK)


def printed_moment(moment: datetime) -> str:
    """The day and the time to the minute, in the active time zone."""
    local = timezone.localtime(moment)
    return f"{printed_day(local)}, {formatted(local, 'H:i')}" + (f"{NO_BREAK}ч." if _language() == "bg" else "")


def printed_number(number: int) -> str:
    """Thousands apart by a space that does not break."""
    return f"{number:,}".replace(",", NO_BREAK)


def _language() -> str:
    return (translation.get_language() or "en").split("-")[0]
