"""A stored trace told in the reader's language: the date, how it was counted, what was skipped, by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qms.calendar.due import COUNT, LEAST, MONTH_END
from qms.calendar.names import holiday_name
from qms.calendar.rules import FREE_DAYS, RULES, WORKING_DAYS
from qms.calendar.spans import DAYS, MONTHS, WEEKS, Span
from qms.calendar.working import EXCEPTION, HOLIDAY, WEEKEND

Trace = Mapping[str, Any]


def explain(trace: Trace) -> str:
    """The explanation of a deadline as a short paragraph in the active language. Takes the trace of `due`."""
    return " ".join(sentences_of(trace))


def sentences_of(trace: Trace) -> list[str]:
    """The same, sentence by sentence: the date, the count, what was skipped, the rule and its source."""
    sentences = [_("Due %(date)s.") % {"date": long_date(trace["due"])}]
    for step in trace["steps"]:
        sentences += _told(step, trace)
    rule = RULES.get(trace["rule"])
    named = f"{rule.name}; {rule.source}" if rule else trace["rule"]
    return [*sentences, _("Rule: %(rule)s.") % {"rule": named}]


def skipped_days(trace: Trace) -> list[tuple[date, str]]:
    """Each day the count left out or moved past, by date, with its reason in the reader's language."""
    off = (day for step in trace["steps"] for day in step.get("off", ()))
    return [(date.fromisoformat(day["on"]), _("weekend") if day["why"] == WEEKEND else reason_off(day)) for day in off]


def reason_off(day: Trace) -> str:
    """Why a day is not worked: the holiday's name, the body's reason, or the weekday itself."""
    if day["why"] == HOLIDAY:
        return ", ".join(holiday_name(name) for name in day["names"])
    if day["why"] == EXCEPTION:
        return ", ".join(day["names"])
    return weekday(date.fromisoformat(day["on"]))


def long_date(iso: str | date) -> str:
    """A date with its weekday, as prose: Wednesday, 2 December 2026; miercuri, 2 decembrie 2026."""
    day = iso if isinstance(iso, date) else date.fromisoformat(iso)
    return _("%(weekday)s, %(date)s") % {"weekday": weekday(day), "date": _prose(day, "DATE_FORMAT")}


def weekday(day: date) -> str:
    return _prose(day, "l")


def _prose(day: date, form: str) -> str:
    """Names of days and months have a capital in English only."""
    text = date_format(day, form)
    return text if (get_language() or "en").startswith("en") else text.lower()


def _told(step: Trace, trace: Trace) -> Iterable[str]:
    """The sentences of one step of the count."""
    end = {"end": long_date(step["until"]), "days": _listed(step.get("off", ()))}
    if step["step"] in (COUNT, MONTH_END):
        return _counted(step, trace, end)
    if step["step"] == LEAST:
        text = ngettext(
            "A period of two days or more has at least %(n)d working day, so it goes on to %(end)s.",
            "A period of two days or more has at least %(n)d working days, so it goes on to %(end)s.",
            step["least"],
        )
        return [text % {"n": step["least"], **end}]
    return [_("Not worked: %(days)s. The next working day is %(end)s.") % end]


def _counted(step: Trace, trace: Trace, end: dict[str, str]) -> Iterable[str]:
    span = Span.parse(trace["span"])
    rule = RULES.get(trace["rule"])
    count = rule.count if rule else ""
    start = date.fromisoformat(trace["start"])
    values = {**end, "span": span_in_words(span, count == WORKING_DAYS), "start": _prose(start, "DATE_FORMAT")}
    if span.unit != DAYS:
        if step["step"] == MONTH_END:
            yield _("%(span)s from %(start)s: the last month has no such day, its last day counts: %(end)s.") % values
        else:
            yield _("%(span)s from %(start)s: the matching day is %(end)s.") % values
    elif count == FREE_DAYS:
        yield _("%(span)s from %(start)s, neither the first nor the last day counted: %(end)s.") % values
    else:
        yield _("%(span)s from %(start)s, counted from the next day: %(end)s.") % values
    if step.get("off"):
        yield _("Not counted: %(days)s.") % values
    if n := step.get("weekend_days"):
        yield ngettext("%(n)d weekend day is left out.", "%(n)d weekend days are left out.", n) % {"n": n}


def _listed(off: Iterable[Trace]) -> str:
    return "; ".join(f"{_prose(date.fromisoformat(day['on']), 'MONTH_DAY_FORMAT')} ({reason_off(day)})" for day in off)


def span_in_words(span: Span, working: bool = False) -> str:
    """The span as prose in the reader's language: 15 days, 5 working days, 2 weeks."""
    n = span.n
    if working:
        text = ngettext("%(n)d working day", "%(n)d working days", n)
    elif span.unit == DAYS:
        text = ngettext("%(n)d day", "%(n)d days", n)
    elif span.unit == WEEKS:
        text = ngettext("%(n)d week", "%(n)d weeks", n)
    elif span.unit == MONTHS:
        text = ngettext("%(n)d month", "%(n)d months", n)
    else:
        text = ngettext("%(n)d year", "%(n)d years", n)
    return text % {"n": n}
