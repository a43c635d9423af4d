"""Checkpoints outside the database: each is appended to a file in a second place (CHECKPOINT_FILE) as soon as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from qms.trail.models import Checkpoint
from qms.trail.note import BadNote, Note, read_note, read_notes

LONGEST = 4096


def checkpoint_file() -> Path:
    """The file kept outside the database, best on another machine or a medium that only appends."""
    return Path(settings.CHECKPOINT_FILE)


def publish() -> int:
    """Append every checkpoint the file does not have yet, and make sure it is on disk. Out: how many.

    What an interrupted run left out is caught up by the next one.
    """
    path = checkpoint_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    new = Checkpoint.objects.filter(size__gt=_last_size(path)).order_by("size")
    notes = [f"{checkpoint.note}\n" for checkpoint in new.iterator()]
    if notes:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(notes)
            file.flush()
            os.fsync(file.fileno())
    return len(notes)


def kept(path: Path | None = None) -> Iterator[Note]:
    """The checkpoints of a file, ours by default. Raises BadNote; a file that is not there holds none."""
    place = path or checkpoint_file()
    if path is not None or place.exists():
        yield from read_notes(place.read_text(encoding="utf-8"))


def _last_size(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - LONGEST, 0))
        blocks = file.read().decode("utf-8", "ignore").strip("\n").split("\n\n")
    if len(blocks) < 2:
        return 0
    try:
        return read_note(f"{blocks[-2].strip()}\n\n{blocks[-1]}\n").size
    except BadNote:
        return 0
