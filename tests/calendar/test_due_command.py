"""`manage.py due`: what it prints, and the one line with status 2 for what it cannot answer."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(*words: str) -> str:
    out = StringIO()
    call_command("due", *words, stdout=out)
    return out.getvalue()


def test_it_prints_date_weekday_and_explanation() -> None:
    first, second = run("RO_CPC_FREE_DAYS", "2026-11-13", "15").splitlines()
    assert first == "2026-12-02 (Wednesday, 2 December 2026)"
    assert "Saint Andrew's Day" in second


def test_json_holds_the_trace_the_weekday_and_the_explanation() -> None:
    told = json.loads(run("BG_GPK60", "2026-03-27", "14", "--country", "BG", "--json"))
    assert (told["due"], told["weekday"], told["country"], told["span"]) == ("2026-04-14", "Tuesday", "BG", "14")
    assert told["explanation"].startswith("Due Tuesday, 14 April 2026.")
    assert [day["on"] for day in told["steps"][1]["off"]] == ["2026-04-10", "2026-04-11", "2026-04-12", "2026-04-13"]


def test_months_and_years_are_written_with_their_letter() -> None:
    assert run("BG_GPK60", "2026-01-31", "1m").startswith("2026-03-02")
    assert run("ro_calendar", "2026-11-25", "1y").startswith("2027-11-25")


def test_a_european_rule_takes_the_holidays_of_the_country_named() -> None:
    assert run("EU_1182_71", "2026-11-27", "5", "--country", "RO").startswith("2026-12-03")
    assert run("EU_1182_71", "2026-11-27", "5", "--country", "bg").startswith("2026-12-02")


def test_a_european_rule_without_a_country_answers_where_both_agree() -> None:
    assert run("EU_1182_71", "2026-11-20", "2").startswith("2026-11-24")
    with pytest.raises(CommandError, match=r"RO 2026-12-03, BG 2026-12-02.*--country"):
        run("EU_1182_71", "2026-11-27", "5")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("RO_CPC", "2026-11-13", "15"), "There is no rule RO_CPC. Rules: RO_CPC_FREE_DAYS"),
        (("RO_CIVIL", "13.11.2026", "15"), "13.11.2026 is no date"),
        (("RO_CIVIL", "2026-02-30", "15"), "2026-02-30 is no date"),
        (("RO_CIVIL", "2026-11-13", "15q"), "A span is a number of days"),
        (("RO_CIVIL", "2026-11-13", "0"), "at least 1"),
        (("RO_CIVIL", "2026-11-13", "5", "--country", "BG"), "calendar of RO only"),
        (("EU_1182_71", "2026-11-13", "5", "--country", "HU"), "for RO and for BG only"),
        (("RO_WORKING", "2026-11-13", "1m"), "give a number of days"),
        (("RO_CIVIL", "1999-12-31", "5"), "from the year 2000"),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_status_2(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says) as refused:
        run(*words)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
