"""When a term ends, and how that was found: pure functions over a rule, a span and a working calendar."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from qms.calendar.rules import FREE_DAYS, RULES, WORKING_DAYS, DeadlineRule
from qms.calendar.spans import DAYS, MONTHS, WEEKS, CalendarError, Span
from qms.calendar.working import ONE_DAY, WEEKEND, WorkingCalendar, days

COUNT, MONTH_END, ROLL, LEAST = "count", "month_end", "roll", "least"
_MONTHS_OF: Final = {MONTHS: 1, "y": 12}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The date found, its weekday (Monday 1 – Sunday 7), the rule's id, and the trace to store and explain."""

    date: date
    weekday: int
    rule: str
    trace: dict[str, Any]


def due(rule_id: str, start: date, span: Span, calendar: WorkingCalendar) -> Deadline:
    """Count a span from its start by a rule in a calendar.

    Raises CalendarError for an unknown rule, the calendar of another country, a span the rule cannot count, or a
    date outside 2000–2100. The trace holds only texts and whole numbers, so it can be stored as JSON; given the same
    calendar it can be computed again from its own `rule`, `start` and `span`.
    """
    rule = rule_named(rule_id, calendar)
    calendar.off(start)
    steps = _counted(rule, start, span, calendar)
    end = date.fromisoformat(steps[-1]["until"])
    if not calendar.is_working(end):
        end = _step(steps, ROLL, end - ONE_DAY, calendar.roll(end), calendar)
    if span != Span(1) and (missing := rule.least_working - calendar.working_days_between(start, end)) > 0:
        end = _step(steps, LEAST, end, calendar.following(end, missing), calendar)
        steps[-1]["least"] = rule.least_working
    trace = {
        "rule": rule.id,
        "country": calendar.country,
        "start": start.isoformat(),
        "span": str(span),
        "steps": steps,
        "due": end.isoformat(),
    }
    return Deadline(end, end.isoweekday(), rule.id, trace)


def rule_named(rule_id: str, calendar: WorkingCalendar) -> DeadlineRule:
    """The rule, if there is one of that name and it counts in this calendar; else CalendarError."""
    rule = RULES.get(rule_id)
    if rule is None:
        raise CalendarError(_("There is no rule %(rule)s. Rules: %(rules)s.") % _named(rule_id))
    if rule.country not in (None, calendar.country):
        raise CalendarError(
            _("The rule %(rule)s counts in the calendar of %(country)s only.")
            % {"rule": rule.id, "country": rule.country}
        )
    return rule


def _named(rule_id: str) -> dict[str, str]:
    return {"rule": rule_id[:40], "rules": ", ".join(RULES)}


def _counted(rule: DeadlineRule, start: date, span: Span, calendar: WorkingCalendar) -> list[dict[str, Any]]:
    """The first step of the trace: where the bare count ends, before any rolling."""
    if rule.count == WORKING_DAYS:
        if span.unit != DAYS:
            raise CalendarError(_("The rule %(rule)s counts working days: give a number of days.") % {"rule": rule.id})
        return [_counting_step(start, calendar.following(start, span.n), calendar)]
    if span.unit == DAYS:
        n = span.n + 1 if rule.count == FREE_DAYS else span.n
        return [_plain(COUNT, start + timedelta(days=n))]
    if span.unit == WEEKS:
        return [_plain(COUNT, start + timedelta(weeks=span.n))]
    end = months_later(start, span.n * _MONTHS_OF[span.unit])
    return [_plain(COUNT if end.day == start.day else MONTH_END, end)]


def months_later(start: date, months: int) -> date:
    """The same day that many months later, or the last day of a month that is too short."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _plain(kind: str, until: date) -> dict[str, Any]:
    return {"step": kind, "until": until.isoformat()}


def _step(steps: list[dict[str, Any]], kind: str, after: date, until: date, calendar: WorkingCalendar) -> date:
    """Append a step that moved the date, with every day it skipped; return where it ended."""
    steps.append({**_plain(kind, until), "off": _days_off(after, until, calendar)})
    return until


def _counting_step(start: date, until: date, calendar: WorkingCalendar) -> dict[str, Any]:
    """A count of working days names the holidays it left out and only numbers the weekends."""
    off = _days_off(start, until, calendar)
    named = [day for day in off if day["why"] != WEEKEND]
    return {**_plain(COUNT, until), "off": named, "weekend_days": len(off) - len(named)}


def _days_off(after: date, until: date, calendar: WorkingCalendar) -> list[dict[str, Any]]:
    return [
        {"on": day.isoformat(), "why": off.why, "names": list(off.names)}
        for day in days(after + ONE_DAY, until)
        if (off := calendar.off(day)) is not None
    ]
