"""The explanation of a deadline, as a person reads it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from qms.calendar.due import due
from qms.calendar.explain import explain, skipped_days, span_in_words
from qms.calendar.holidays_of import country_year
from qms.calendar.names import HOLIDAY_NAMES, OBSERVED, holiday_name
from qms.calendar.spans import Span
from qms.calendar.working import DayException, WorkingCalendar


def told(rule: str, start: date, span: Span, country: str = "") -> str:
    return explain(due(rule, start, span, WorkingCalendar(country or rule[:2])).trace)


def test_free_days_name_the_holidays_they_moved_past() -> None:
    assert told("RO_CPC_FREE_DAYS", date(2026, 11, 13), Span(15)) == (
        "Due Wednesday, 2 December 2026. 15 days from 13 November 2026, neither the first nor the last day counted: "
        "Sunday, 29 November 2026. Not worked: 29 November (Sunday); 30 November (Saint Andrew's Day); "
        "1 December (National Day). The next working day is Wednesday, 2 December 2026. "
        "Rule: Romanian civil procedure, free days; Codul de procedură civilă (Legea 134/2010), art. 181."
    )


def test_an_observed_holiday_is_named_as_one() -> None:
    assert "7 September (Unification Day, day off in lieu)" in told("BG_GPK60", date(2026, 8, 11), Span(27))


def test_working_days_name_holidays_and_number_weekends() -> None:
    text = told("RO_WORKING", date(2026, 4, 8), Span(5))
    assert "5 working days from 8 April 2026, counted from the next day: Friday, 17 April 2026." in text
    assert "Not counted: 10 April (Good Friday); 12 April (Easter); 13 April (Easter Monday)." in text
    assert "1 weekend day is left out." in text


def test_a_short_month_says_that_its_last_day_counts() -> None:
    text = told("BG_GPK60", date(2026, 1, 31), Span(1, "m"))
    assert "1 month from 31 January 2026: the last month has no such day, its last day counts: Saturday, 28" in text


def test_a_matching_day_is_told_for_weeks_months_and_years() -> None:
    assert "2 weeks from 2 November 2026: the matching day is" in told("RO_CIVIL", date(2026, 11, 2), Span(2, "w"))
    assert "1 year from 2 November 2026: the matching day is" in told("RO_CIVIL", date(2026, 11, 2), Span(1, "y"))


def test_a_european_term_says_why_it_goes_on() -> None:
    text = told("EU_1182_71", date(2026, 11, 20), Span(2), "RO")
    assert "A period of two days or more has at least 2 working days, so it goes on to Tuesday, 24 November" in text


def test_a_bodys_own_free_day_is_told_by_its_reason() -> None:
    calendar = WorkingCalendar("RO", {date(2026, 4, 14): DayException(False, "Bridge day, HG 1/2026")})
    found = due("RO_CALENDAR", date(2026, 4, 3), Span(10), calendar)
    assert "14 April (Bridge day, HG 1/2026)" in explain(found.trace)
    assert skipped_days(found.trace) == [
        (date(2026, 4, 13), "Easter Monday"),
        (date(2026, 4, 14), "Bridge day, HG 1/2026"),
    ]


def test_two_holidays_on_one_day_are_both_named() -> None:
    assert country_year("RO", 2026).off[date(2026, 6, 1)] == ("Children's Day", "Whit Monday")


@pytest.mark.parametrize("country", ["RO", "BG"])
def test_every_holiday_name_the_library_gives_can_be_translated(country: str) -> None:
    given = {name for year in range(2000, 2101) for names in country_year(country, year).off.values() for name in names}
    assert {name.removesuffix(OBSERVED) for name in given} <= set(HOLIDAY_NAMES)


@pytest.mark.parametrize("language", ["en", "ro", "bg"])
def test_the_same_trace_is_told_in_each_language_with_its_own_date(language: str) -> None:
    trace = due("RO_CPC_FREE_DAYS", date(2026, 11, 13), Span(15), WorkingCalendar("RO")).trace
    named = {"en": "Wednesday, 2 December 2026", "ro": "miercuri, 2 decembrie 2026", "bg": "сряда, 2 декември 2026"}
    with translation.override(language):
        assert named[language] in explain(trace)


def test_a_trace_of_a_rule_that_is_gone_is_still_told() -> None:
    trace = {**due("RO_CALENDAR", date(2026, 4, 3), Span(10), WorkingCalendar("RO")).trace, "rule": "RO_OLD"}
    assert explain(trace).endswith("Rule: RO_OLD.")


def test_numbers_agree_with_their_nouns() -> None:
    assert [span_in_words(Span(n)) for n in (1, 2)] == ["1 day", "2 days"]
    assert span_in_words(Span(1), working=True) == "1 working day"
    assert holiday_name("") == ""
