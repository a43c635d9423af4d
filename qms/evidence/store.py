"""Files by the SHA-256 of their content, in a folder: written once, never changed, on disk before a row names them.

The order is that of PostgreSQL's durable rename: file fsync, link without replacing, folder fsync.
"""

import hashlib
import os
import re
import tempfile
from io import BufferedReader
from pathlib import Path

from django.conf import settings

READ_ONLY = 0o440
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class NotStored(LookupError):
    """No file with this hash is in the store."""


class Damaged(RuntimeError):
    """The stored bytes no longer have the hash they are filed under."""


def put(content: bytes) -> str:
    """Store the bytes and return their SHA-256 in hex; storing the same bytes again changes nothing."""
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    try:
        os.utime(place)  # so that the sweep does not take it for a leftover just now
    except FileNotFoundError:
        _write(place, content)
    return digest


def open(digest: str) -> BufferedReader:
    """The stored file, for reading. Raises NotStored."""
    try:
        return path_of(digest).open("rb")
    except FileNotFoundError:
        raise NotStored(digest) from None


def open_checked(digest: str) -> BufferedReader:
    """The stored file, for reading, after its bytes were held against their hash. Raises NotStored and Damaged."""
    file = open(digest)
    if hashlib.file_digest(file, "sha256").hexdigest() != digest:
        file.close()
        raise Damaged(digest)
    file.seek(0)
    return file


def read(digest: str) -> bytes:
    """The stored bytes, their hash checked. Raises NotStored and Damaged."""
    with open_checked(digest) as file:
        return file.read()


def path_of(digest: str) -> Path:
    """Where the file with this hash lies: ab/cd/abcd…. Raises NotStored for what is no SHA-256."""
    if not _SHA256.match(digest):
        raise NotStored(digest)
    return Path(settings.STORAGE_DIR) / digest[:2] / digest[2:4] / digest


def files_in(shelf: str) -> list[Path]:
    """Everything that lies on one of the 256 shelves (`00` to `ff`), with what a broken-off writing left there."""
    return [file for file in (Path(settings.STORAGE_DIR) / shelf).glob("??/*") if file.is_file()]


def take_away(place: Path, older_than: float) -> bool:
    """Remove a leftover; not one that somebody stored again meanwhile (its time is newer then)."""
    aside = place.with_name(f".gone-{place.name}")
    place.rename(aside)
    if aside.stat().st_mtime >= older_than:
        aside.rename(place)
        return False
    aside.unlink()
    return True


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(READ_ONLY)
        try:
            os.link(name, place)
        except FileExistsError:  # somebody stored the same bytes meanwhile
            return
        for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
            _sync_folder(folder)
    finally:
        Path(name).unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
