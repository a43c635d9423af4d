"""Translations are compiled without gettext's tools."""

import gettext
from pathlib import Path

from pytest_django.fixtures import Settings

from qms.project.messages import compile_messages

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "body"
msgstr "instituție"

#, fuzzy
msgid "guess"
msgstr "ghicit"
"""


def test_a_text_is_compiled_once_and_again_when_it_changes(tmp_path: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    source = tmp_path / "ro/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO)
    assert compile_messages() == [source.with_suffix(".mo")]
    assert compile_messages() == []
    source.write_text(PO.replace("instituție", "organism"))
    assert compile_messages() == [source.with_suffix(".mo")]
    with source.with_suffix(".mo").open("rb") as file:
        translated = gettext.GNUTranslations(file)
    assert translated.gettext("body") == "organism"
    assert translated.gettext("guess") == "guess"
