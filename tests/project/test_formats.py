"""A date shown in a language is read back as the same date, and never the American way."""

from datetime import date

import pytest
from django.forms import DateField
from django.utils import formats, translation

LANGUAGES = ["en", "ro", "bg"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 12, 11), date(2024, 2, 29)])
def test_what_is_shown_can_be_typed(language: str, day: date) -> None:
    with translation.override(language):
        typed = formats.date_format(day, "SHORT_DATE_FORMAT")
        assert DateField(localize=True).clean(typed) == day
        assert DateField(localize=True).clean(day.isoformat()) == day


def test_the_dot_date_is_read_in_every_language() -> None:
    for language in LANGUAGES:
        with translation.override(language):
            assert DateField(localize=True).clean("22.11.2026") == date(2026, 11, 22)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_month_never_comes_first(language: str) -> None:
    field = DateField(localize=True)
    with translation.override(language):
        try:
            assert field.clean("11/12/2026") == date(2026, 12, 11)
        except Exception as refused:
            assert "date" in str(refused) or language != "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_week_begins_on_monday(language: str) -> None:
    with translation.override(language):
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
