"""The Romanian and Bulgarian catalogues are whole: nothing of the source is missing, lost or badly typed."""

import re
import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import formats, translation
from django.utils.translation import ngettext

SOURCES = ("qms", "procedures", "workflows", "templates")
READ = {".py", ".html", ".txt"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
FORBIDDEN = {"ro": "şţŞŢ“'\"", "bg": "şţ”'\""}
CLOSING = {"ro": "”", "bg": "“"}

Text = tuple[str, str, str]


def catalogue(language: str, place: Path | None = None) -> polib.POFile:
    return polib.pofile(str((place or settings.BASE_DIR / "locale") / language / "LC_MESSAGES" / "django.po"))


def texts(found: polib.POFile) -> set[Text]:
    return {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in found}


def given(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr] if not entry.msgid_plural else [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files texts are taken from, in a folder of their own: the command writes between them."""
    place = tmp_path_factory.mktemp("source")
    for file in (file for name in SOURCES for file in (settings.BASE_DIR / name).rglob("*") if file.suffix in READ):
        target = place / file.relative_to(settings.BASE_DIR)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    (place / "locale").mkdir()
    return place


@pytest.mark.skipif(not shutil.which("xgettext"), reason="texts are taken out of the source by GNU gettext")
def test_every_text_of_the_source_is_in_both_catalogues_and_no_other(
    copied: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copied)
    settings.LOCALE_PATHS = [copied / "locale"]
    call_command("makemessages", locale=["ro"], verbosity=0)
    source = texts(catalogue("ro", copied / "locale"))
    assert len(source) > 1000
    for language in ("ro", "bg"):
        here = texts(catalogue(language))
        assert (sorted(source - here), sorted(here - source)) == ([], []), language


@pytest.mark.parametrize("language", ["ro", "bg"])
def test_every_text_is_translated_in_all_its_forms(language: str) -> None:
    found = catalogue(language)
    forms = int(found.metadata["Plural-Forms"][len("nplurals=")])
    assert [entry.msgid for entry in found if entry.fuzzy or not all(given(entry))] == []
    assert [entry.msgid for entry in found if entry.msgid_plural and len(given(entry)) != forms] == []


@pytest.mark.parametrize("language", ["ro", "bg"])
def test_no_placeholder_is_lost_or_invented(language: str) -> None:
    """Only the form for one may leave its number out: „o zi”."""
    wrong = []
    for entry in catalogue(language):
        for form, text in enumerate(given(entry)):
            asked = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
            kept = sorted(PLACEHOLDER.findall(text))
            spared = entry.msgid_plural and form == 0 and set(kept) < set(asked)
            if kept != asked and not spared:
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("language", ["ro", "bg"])
def test_markup_and_outer_spaces_are_those_of_the_english_text(language: str) -> None:
    wrong = []
    for entry in catalogue(language):
        for text in given(entry):
            same = sorted(TAG.findall(text)) == sorted(TAG.findall(entry.msgid))
            outer = [(one[:1].isspace(), one[-1:].isspace()) for one in (entry.msgid, text)]
            if not same or outer[0] != outer[1]:
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("language", ["ro", "bg"])
def test_letters_and_quotes_are_those_of_the_language(language: str) -> None:
    wrong = []
    for entry in catalogue(language):
        for text in given(entry):
            bare = TAG.sub("", text)
            pairs = bare.count("„") == bare.count(CLOSING[language])
            if not pairs or any(sign in bare for sign in FORBIDDEN[language]):
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ro", ["1 zi", "2 zile", "19 zile", "20 de zile", "101 zile", "120 de zile"]),
        ("bg", ["1 ден", "2 дни", "19 дни", "20 дни", "101 дни", "120 дни"]),
    ],
)
def test_numbers_take_the_form_the_language_asks_for(language: str, expected: list[str]) -> None:
    with translation.override(language):
        counted = [ngettext("%(n)d day", "%(n)d days", n) % {"n": n} for n in (1, 2, 19, 20, 101, 120)]
    assert counted == expected


@pytest.mark.parametrize(
    ("language", "day", "moment", "number"),
    [
        ("en", "14 April 2026", "14 April 2026, 09:05", "1.5"),
        ("ro", "14 aprilie 2026", "14 aprilie 2026, 09:05", "1,5"),
        ("bg", "14 април 2026", "14 април 2026, 09:05", "1,5"),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_writes_them(
    language: str, day: str, moment: str, number: str
) -> None:
    with translation.override(language):
        assert formats.date_format(date(2026, 4, 14), "DATE_FORMAT") == day
        assert formats.date_format(datetime(2026, 4, 14, 9, 5), "DATETIME_FORMAT") == moment
        assert formats.localize(Decimal("1.5")) == number
