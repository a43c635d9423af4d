"""Django's makemessages with the project's choices, so that every translator's file comes out the same."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

OUTSIDE = ["node_modules", "var", "tests", "docs", "static"]
PLURALS = {
    "bg": "nplurals=2; plural=(n != 1);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n!=1 && n%100>=1 && n%100<=19) ? 1 : 2);",
}


class Command(makemessages.Command):
    """`manage.py makemessages -l ro -l bg`: one line per text, no line numbers, no guesses, no dates."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(no_wrap=True, add_location="file", no_obsolete=True)

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **{**options, "ignore_patterns": [*options["ignore_patterns"], *OUTSIDE]})
        for language in options["locale"]:
            _tidy(Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po", language)


def _tidy(place: Path, language: str) -> None:
    """A fixed header instead of dates and names of machines; texts as polib writes them."""
    catalogue = polib.pofile(str(place), wrapwidth=0)
    catalogue.header = f"Atestat, {language}. Licence: AGPL-3.0-or-later."
    catalogue.metadata_is_fuzzy = False
    catalogue.metadata = {
        "Project-Id-Version": "Atestat",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    place.write_text(str(catalogue), encoding="utf-8")
