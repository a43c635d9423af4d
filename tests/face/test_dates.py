"""Dates in words, in three languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from qms.face import dates
from qms.face.parts import Tone

THURSDAY = date(2026, 4, 16)


@pytest.mark.parametrize(
    ("language", "near", "brief", "short"),
    [
        ("en", "Thursday, 16 April", "16 Apr", "Thu"),
        ("ro", "joi, 16 aprilie", "16 apr", "joi"),
        ("bg", "четвъртък, 16 април", "16.04", "чет"),
    ],
)
def test_a_date_reads_naturally(language: str, near: str, brief: str, short: str) -> None:
    with translation.override(language):
        assert dates.near(THURSDAY) == near
        assert dates.brief(THURSDAY) == brief
        assert dates.weekday(THURSDAY, short=True) == short


def test_a_moment_is_shown_in_local_time() -> None:
    with translation.override("en"):
        assert dates.moment(datetime(2026, 5, 15, 22, 30, tzinfo=UTC)) == "16 May, 01:30"


@pytest.mark.parametrize(
    ("on", "words", "tone"),
    [
        (date(2026, 4, 13), "3 days late", Tone.LATE),
        (date(2026, 4, 15), "1 day late", Tone.LATE),
        (THURSDAY, "today", Tone.WARN),
        (date(2026, 4, 17), "tomorrow", None),
        (date(2026, 4, 18), "in 2 days", None),
    ],
)
def test_lateness_is_said_and_toned(on: date, words: str, tone: Tone | None) -> None:
    with translation.override("en"):
        found = dates.deadline(on, THURSDAY, ["because"])
    assert (found.distance, found.tone) == (words, tone)
    assert found.opened is (tone is not None)


def test_a_finished_record_is_never_late() -> None:
    found = dates.deadline(date(2026, 4, 1), THURSDAY, done=True)
    assert (found.distance, found.tone) == ("", None)
