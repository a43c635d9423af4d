"""Dates as people read them: the weekday when it is near, the distance second, short in lists."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from qms.face.parts import Deadline, Tone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
else:
    Text = str

BRIEF = {"bg": "d.m"}
BRIEF_OTHERWISE = "j M"


def day(on: date | datetime) -> date:
    """The calendar day, in the zone of the page."""
    if isinstance(on, datetime):
        return timezone.localtime(on).date() if timezone.is_aware(on) else on.date()
    return on


def weekday(on: date | datetime, short: bool = False) -> str:
    """Thursday; joi; четвъртък."""
    word = date_format(day(on), "D" if short else "l")
    return word if _language() == "en" else word.lower()


def brief(on: date | datetime) -> str:
    """Without the year: 9 Apr; 9 apr; 09.04."""
    text = date_format(day(on), BRIEF.get(_language(), BRIEF_OTHERWISE))
    return text if _language() == "en" else text.lower()


def near(on: date | datetime) -> str:
    """With the weekday: Thursday, 16 April; joi, 16 aprilie."""
    return (
        f"{weekday(on)}, {date_format(day(on), 'MONTH_DAY_FORMAT').lower() if _language() != 'en' else _month_day(on)}"
    )


def moment(at: datetime) -> str:
    """Day and time without the year: 15 May, 16:05."""
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{brief(local)}, {date_format(local, 'TIME_FORMAT')}"


def distance(on: date, today: date) -> str:
    """How far it is, in days: today, tomorrow, in 2 days, 3 days late."""
    days = (on - today).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days > 0:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}


def deadline(on: date, today: date, why: Sequence[Text] = (), note: Text = "", done: bool = False) -> Deadline:
    """The part for a due date: late in burgundy, today in amber, and nothing of it once the record is done."""
    if done:
        return Deadline(on, why=why, note=note)
    tone = Tone.LATE if on < today else Tone.WARN if on == today else None
    return Deadline(on, distance(on, today), tone, why, note)


def _month_day(on: date | datetime) -> str:
    return date_format(day(on), "MONTH_DAY_FORMAT")


def _language() -> str:
    return (get_language() or "en")[:2]
