"""What holds for every rule, start and span: Hypothesis looks for the day that breaks it."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qms.calendar.due import due, months_later
from qms.calendar.explain import explain, skipped_days
from qms.calendar.rules import FREE_DAYS, RULES, WORKING_DAYS
from qms.calendar.spans import Span
from qms.calendar.working import DayException, WorkingCalendar, days

STARTS = st.dates(date(2003, 1, 1), date(2060, 12, 31))
NUMBERS = st.integers(1, 400)


@st.composite
def calendars(draw: st.DrawFn, country: str | None = None) -> WorkingCalendar:
    """A country's calendar, in which some days around 2026 were made working or free."""
    exceptions = draw(
        st.dictionaries(
            st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.builds(DayException, st.booleans(), st.just("HG 1/2026")),
            max_size=6,
        )
    )
    return WorkingCalendar(country or draw(st.sampled_from(("RO", "BG"))), exceptions)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, date, Span, WorkingCalendar]:
    rule = RULES[draw(st.sampled_from(sorted(RULES)))]
    start = draw(STARTS | st.dates(date(2025, 11, 1), date(2027, 1, 31)))
    unit = "d" if rule.count == WORKING_DAYS else draw(st.sampled_from("dwmy"))
    span = Span(draw(NUMBERS if unit == "d" else st.integers(1, 30)), unit)
    return rule.id, start, span, draw(calendars(rule.country))


@given(cases())
@settings(max_examples=300, deadline=None)
def test_a_term_ends_on_a_working_day_after_its_start(case: tuple[str, date, Span, WorkingCalendar]) -> None:
    rule, start, span, calendar = case
    found = due(rule, start, span, calendar)
    assert found.date > start
    assert calendar.is_working(found.date)
    assert found.weekday == found.date.isoweekday()


@given(cases())
@settings(max_examples=300, deadline=None)
def test_the_stored_trace_gives_the_same_deadline_again(case: tuple[str, date, Span, WorkingCalendar]) -> None:
    rule, start, span, calendar = case
    stored = json.loads(json.dumps(due(rule, start, span, calendar).trace))
    again = due(stored["rule"], date.fromisoformat(stored["start"]), Span.parse(stored["span"]), calendar)
    assert again.trace == stored
    assert again.date.isoformat() == stored["due"]


@given(cases())
@settings(max_examples=150, deadline=None)
def test_a_term_is_moved_only_past_days_that_are_not_worked(case: tuple[str, date, Span, WorkingCalendar]) -> None:
    rule, start, span, calendar = case
    found = due(rule, start, span, calendar)
    for step in found.trace["steps"]:
        if step["step"] == "roll":
            last = date.fromisoformat(found.trace["steps"][0]["until"])
            passed = list(days(last, date.fromisoformat(step["until"]) - timedelta(days=1)))
            assert [day["on"] for day in step["off"]] == [day.isoformat() for day in passed]
            assert not any(calendar.is_working(day) for day in passed)
    assert all(not calendar.is_working(day) for day, _reason in skipped_days(found.trace))


@given(st.sampled_from(sorted(RULES)), STARTS, st.integers(1, 200), st.data())
@settings(max_examples=150, deadline=None)
def test_a_longer_term_never_ends_earlier(rule: str, start: date, n: int, data: st.DataObject) -> None:
    calendar = data.draw(calendars(RULES[rule].country))
    assert due(rule, start, Span(n), calendar).date <= due(rule, start, Span(n + 1), calendar).date


@given(st.sampled_from(sorted(RULES)), STARTS, st.integers(1, 200), st.data())
@settings(max_examples=150, deadline=None)
def test_a_later_start_never_ends_earlier(rule: str, start: date, n: int, data: st.DataObject) -> None:
    calendar = data.draw(calendars(RULES[rule].country))
    next_day = start + timedelta(days=1)
    assert due(rule, start, Span(n), calendar).date <= due(rule, next_day, Span(n), calendar).date


@given(STARTS, NUMBERS, calendars("RO"))
@settings(max_examples=150, deadline=None)
def test_free_days_end_no_earlier_than_calendar_days(start: date, n: int, calendar: WorkingCalendar) -> None:
    free, plain = (due(rule, start, Span(n), calendar).date for rule in ("RO_CPC_FREE_DAYS", "RO_CALENDAR"))
    assert free >= plain
    assert (free - start).days > n


@given(st.sampled_from(("RO_WORKING", "BG_WORKING")), STARTS, NUMBERS, st.data())
@settings(max_examples=100, deadline=None)
def test_working_days_hold_as_many_as_were_given(rule: str, start: date, n: int, data: st.DataObject) -> None:
    calendar = data.draw(calendars(rule[:2]))
    found = due(rule, start, Span(n), calendar)
    counted = sum(calendar.is_working(start + timedelta(days=d)) for d in range(1, (found.date - start).days + 1))
    assert counted == n
    step = found.trace["steps"][0]
    assert counted + step["weekend_days"] + len(step["off"]) == (found.date - start).days


@given(STARTS, st.integers(2, 30), calendars())
@settings(max_examples=150, deadline=None)
def test_a_european_term_of_two_days_holds_two_working_days(start: date, n: int, calendar: WorkingCalendar) -> None:
    assert calendar.working_days_between(start, due("EU_1182_71", start, Span(n), calendar).date) >= 2


@given(STARTS, st.integers(1, 400))
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(start: date, n: int) -> None:
    end = months_later(start, n)
    assert (end.year - start.year) * 12 + end.month - start.month == n
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_every_deadline_can_be_explained(case: tuple[str, date, Span, WorkingCalendar]) -> None:
    rule, start, span, calendar = case
    found = due(rule, start, span, calendar)
    told = explain(found.trace)
    assert told.startswith(f"Due {found.date:%A}, {found.date.day} {found.date:%B} {found.date.year}.")
    assert str(RULES[rule].name) in told
    assert (RULES[rule].count == FREE_DAYS and span.unit == "d") == ("neither the first nor the last day" in told)
