"""The store by content hash: written once, never changed, whole or not there."""

import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from qms.evidence import store


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.STORAGE_DIR = tmp_path / "files"
    return tmp_path / "files"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_can_be_read_under_its_hash(folder: Path) -> None:
    digest = store.put("ș щ".encode())
    assert digest == hashlib.sha256("ș щ".encode()).hexdigest()
    assert store.read(digest) == store.open(digest).read() == "ș щ".encode()
    assert files(folder) == [folder / digest[:2] / digest[2:4] / digest]


def test_a_stored_file_is_read_only(folder: Path) -> None:
    store.put(b"x")
    assert stat.S_IMODE(files(folder)[0].stat().st_mode) == 0o440


def test_the_same_bytes_are_stored_once_and_left_alone(folder: Path) -> None:
    digest = store.put(b"x")
    before = store.path_of(digest).stat().st_ino
    assert store.put(b"x") == digest
    assert [path.stat().st_ino for path in files(folder)] == [before]


def test_many_at_once_store_one_file_and_leave_no_rest(folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _n: store.put(b"y" * 100_000), range(40)))
    assert len(digests) == len(files(folder)) == 1


def test_a_crash_while_writing_leaves_nothing_under_the_hash(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        store.put(b"z")
    assert files(folder) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "g" * 64, "A" * 64, "a" * 63, "a" * 64 + "\n", "a" * 64])
def test_what_is_not_there_or_no_hash_is_not_stored(name: str) -> None:
    with pytest.raises(store.NotStored):
        store.open(name)


def test_changed_bytes_are_found_on_reading() -> None:
    place = store.path_of(store.put(b"evidence"))
    place.chmod(0o600)
    place.write_bytes(b"Evidence")
    with pytest.raises(store.Damaged):
        store.read(place.name)
