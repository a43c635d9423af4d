"""Deadlines: the vectors of the domain notes, the two scenarios, and the corners of each rule."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qms.calendar.due import due
from qms.calendar.rules import RULES
from qms.calendar.spans import CalendarError, Span
from qms.calendar.working import DayException, WorkingCalendar

VECTORS = [
    # the five vectors of the domain notes; the first equals a published worked example
    ("RO_CPC_FREE_DAYS", "2025-09-10", "15", "2025-09-26"),
    ("RO_CPC_FREE_DAYS", "2026-11-13", "15", "2026-12-02"),
    ("BG_GPK60", "2026-03-27", "14", "2026-04-14"),
    ("BG_GPK60", "2026-12-10", "14", "2026-12-29"),
    ("RO_WORKING", "2026-04-08", "5", "2026-04-17"),
    ("BG_WORKING", "2026-04-08", "5", "2026-04-17"),
    # the mission of Constanța: measures M1–M3, the complaint, the petition, the effectiveness check, surveillance
    ("RO_CALENDAR", "2026-04-03", "10", "2026-04-14"),
    ("RO_CALENDAR", "2026-04-03", "30", "2026-05-04"),
    ("RO_CALENDAR", "2026-04-03", "60", "2026-06-02"),
    ("RO_CPC_FREE_DAYS", "2026-04-03", "15", "2026-04-20"),
    ("RO_CALENDAR", "2026-03-13", "30", "2026-04-14"),
    ("RO_CALENDAR", "2026-05-15", "90", "2026-08-13"),
    ("RO_CALENDAR", "2026-01-19", "1w", "2026-01-26"),
    ("RO_CALENDAR", "2026-02-11", "7", "2026-02-18"),
    ("RO_CALENDAR", "2026-11-25", "1y", "2027-11-25"),
    # the benefit files of Ruse: applications A, B, C, the prescription, the appeal
    ("BG_GPK60", "2026-07-01", "27", "2026-07-28"),
    ("BG_GPK60", "2026-07-30", "27", "2026-08-26"),
    ("BG_GPK60", "2026-08-11", "27", "2026-09-08"),
    ("BG_GPK60", "2026-09-23", "14", "2026-10-07"),
    # months and years: the same date, or the end of a shorter month, then the roll
    ("BG_GPK60", "2026-01-31", "1m", "2026-03-02"),
    ("BG_GPK60", "2024-01-31", "1m", "2024-02-29"),
    ("BG_GPK60", "2026-02-28", "1m", "2026-03-30"),
    ("BG_GPK60", "2026-08-31", "6m", "2027-03-01"),
    ("RO_CPC_FREE_DAYS", "2024-02-29", "1y", "2025-02-28"),
    ("RO_CPC_FREE_DAYS", "2024-02-29", "4y", "2028-02-29"),
    ("RO_CPC_FREE_DAYS", "2026-03-31", "1m", "2026-04-30"),
    ("RO_CPC_FREE_DAYS", "2026-11-24", "1w", "2026-12-02"),
    ("RO_CIVIL", "2025-09-10", "15", "2025-09-26"),
    ("RO_CIVIL", "2026-10-30", "2m", "2026-12-30"),
    # a body's term that ends on a weekend inside holidays
    ("RO_CALENDAR", "2026-12-20", "5", "2026-12-28"),
    ("BG_GPK60", "2026-12-20", "5", "2026-12-29"),
    # working days leave out the holidays of their own country only
    ("RO_WORKING", "2026-11-27", "1", "2026-12-02"),
    ("BG_WORKING", "2026-11-27", "1", "2026-11-30"),
    ("BG_WORKING", "2026-09-04", "1", "2026-09-08"),
]

EUROPEAN = [
    ("RO", "2026-11-02", "10", "2026-11-12"),
    ("RO", "2026-11-20", "1", "2026-11-23"),
    ("RO", "2026-11-20", "2", "2026-11-24"),
    ("BG", "2026-11-20", "2", "2026-11-24"),
    ("RO", "2026-11-27", "5", "2026-12-03"),
    ("BG", "2026-11-27", "5", "2026-12-02"),
    ("BG", "2026-12-23", "5", "2026-12-30"),
    ("RO", "2026-12-23", "5", "2026-12-28"),
    ("RO", "2026-01-31", "1m", "2026-03-02"),
]


@pytest.mark.parametrize(("rule", "start", "span", "expected"), VECTORS)
def test_a_term_ends_on_the_day_the_law_says(rule: str, start: str, span: str, expected: str) -> None:
    calendar = WorkingCalendar(rule[:2])
    assert due(rule, date.fromisoformat(start), Span.parse(span), calendar).date.isoformat() == expected


@pytest.mark.parametrize(("country", "start", "span", "expected"), EUROPEAN)
def test_a_european_term_has_two_working_days_of_the_country(
    country: str, start: str, span: str, expected: str
) -> None:
    found = due("EU_1182_71", date.fromisoformat(start), Span.parse(span), WorkingCalendar(country))
    assert found.date.isoformat() == expected


def test_a_deadline_knows_its_weekday_and_its_trace_is_plain_json() -> None:
    found = due("RO_CPC_FREE_DAYS", date(2026, 11, 13), Span(15), WorkingCalendar("RO"))
    assert (found.weekday, found.rule) == (3, "RO_CPC_FREE_DAYS")
    assert (
        json.loads(json.dumps(found.trace))
        == found.trace
        == {
            "rule": "RO_CPC_FREE_DAYS",
            "country": "RO",
            "start": "2026-11-13",
            "span": "15",
            "steps": [
                {"step": "count", "until": "2026-11-29"},
                {
                    "step": "roll",
                    "until": "2026-12-02",
                    "off": [
                        {"on": "2026-11-29", "why": "weekend", "names": []},
                        {"on": "2026-11-30", "why": "holiday", "names": ["Saint Andrew's Day"]},
                        {"on": "2026-12-01", "why": "holiday", "names": ["National Day"]},
                    ],
                },
            ],
            "due": "2026-12-02",
        }
    )


def test_a_day_the_government_made_free_moves_the_term() -> None:
    bridge = WorkingCalendar("RO", {date(2026, 12, 2): DayException(False, "HG 1/2026")})
    assert due("RO_CPC_FREE_DAYS", date(2026, 11, 13), Span(15), bridge).date == date(2026, 12, 3)


def test_a_saturday_that_is_worked_counts() -> None:
    swapped = WorkingCalendar("BG", {date(2026, 5, 16): DayException(True, "РМС 1/2026")})
    assert due("BG_WORKING", date(2026, 5, 15), Span(1), swapped).date == date(2026, 5, 16)
    assert due("BG_GPK60", date(2026, 5, 2), Span(14), swapped).date == date(2026, 5, 16)


def test_a_bulgarian_saturday_exchanged_by_decree_is_worked() -> None:
    assert WorkingCalendar("BG").is_working(date(2016, 9, 10))
    assert not WorkingCalendar("BG").is_working(date(2016, 9, 23))


@pytest.mark.parametrize(
    ("rule", "country", "start", "span", "says"),
    [
        ("RO_CPC", "RO", "2026-01-05", "5", "There is no rule RO_CPC"),
        ("RO_CIVIL", "BG", "2026-01-05", "5", "calendar of RO only"),
        ("RO_WORKING", "RO", "2026-01-05", "1m", "give a number of days"),
        ("BG_WORKING", "BG", "2026-01-05", "2w", "give a number of days"),
        ("EU_1182_71", "RO", "1999-12-31", "5", "from the year 2000"),
        ("RO_CALENDAR", "RO", "2100-12-25", "30", "to the year 2100"),
        ("RO_WORKING", "RO", "2090-12-25", "36500", "to the year 2100"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(
    rule: str, country: str, start: str, span: str, says: str
) -> None:
    with pytest.raises(CalendarError, match=says):
        due(rule, date.fromisoformat(start), Span.parse(span), WorkingCalendar(country))


@pytest.mark.parametrize("written", ["", "0", "-3", "15x", "m", "1.5", "1 m", "99999999", "36501", "101y", "٣", "1m2"])
def test_a_span_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(CalendarError, match="span is"):
        Span.parse(written)


@pytest.mark.parametrize(("written", "span"), [("15", Span(15)), (" 15D ", Span(15)), ("3m", Span(3, "m"))])
def test_a_span_reads_as_it_is_written(written: str, span: Span) -> None:
    assert Span.parse(written) == span
    assert Span.parse(str(span)) == span


def test_there_is_no_calendar_of_a_third_country() -> None:
    with pytest.raises(CalendarError, match="RO and for BG"):
        WorkingCalendar("HU")


def test_every_rule_says_where_it_comes_from() -> None:
    assert set(RULES) == {
        "RO_CPC_FREE_DAYS",
        "RO_CIVIL",
        "RO_CALENDAR",
        "RO_WORKING",
        "BG_GPK60",
        "BG_WORKING",
        "EU_1182_71",
    }
    for rule in RULES.values():
        assert rule.source
        assert str(rule.sentence).endswith(".")
