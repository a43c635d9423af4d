"""Whether anything changed since the installation was last prepared, so that a second start need not do it again."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

STAMP = Path(settings.VAR_DIR) / "prepared"
WATCHED = ("qms", "procedures", "workflows", "node_modules/.installed", "requirements.txt")
PASSED_OVER = {"__pycache__", "tests"}


def is_prepared() -> bool:
    """Whether code, packages and database address are those of the last time."""
    return STAMP.is_file() and STAMP.read_text() == _fingerprint() and Path(settings.STATIC_ROOT).is_dir()


def mark_prepared() -> None:
    """Remembers what the installation was prepared for."""
    STAMP.write_text(_fingerprint())


def _fingerprint() -> str:
    found = hashlib.sha256(settings.DATABASE_URL.encode())
    for path in _files():
        status = path.stat()
        found.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _files() -> Iterator[Path]:
    for name in WATCHED:
        top = Path(settings.BASE_DIR) / name
        if top.is_file():
            yield top
        for folder, below, files in os.walk(top):
            below[:] = sorted(set(below) - PASSED_OVER)
            yield from (Path(folder) / file for file in sorted(files))
