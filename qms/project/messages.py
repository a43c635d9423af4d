"""Compiles locale/*/LC_MESSAGES/*.po to .mo without gettext's tools, where the text is newer."""

from pathlib import Path

import polib
from django.conf import settings


def compile_messages() -> list[Path]:
    """Writes each .mo that is missing or older than its .po; returns the ones written. Fuzzy entries are left out."""
    return [compiled for place in settings.LOCALE_PATHS for compiled in _compile_under(Path(place))]


def _compile_under(place: Path) -> list[Path]:
    written = []
    for source in sorted(place.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)
        written.append(target)
    return written
