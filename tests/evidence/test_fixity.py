"""Stored bytes are hashed again in turn; leftovers go after a day, and nothing that anybody names."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from qms.evidence import store
from qms.evidence.attaching import attach
from qms.evidence.fixity import SHELVES, look_at, named_somewhere, shelf_of
from qms.evidence.models import EvidenceFile
from qms.evidence.tasks import look_at_a_shelf
from qms.lifecycle.perform import note
from qms.notices.models import Notice
from qms.project.doctor import stores
from qms.trail import clock
from tests.evidence.files import PDF, photo_with_place
from tests.nonconformities import make
from tests.people import Body


def make_old(place: Path, hours: int = 25) -> None:
    then = (clock.real_now() - timedelta(hours=hours)).timestamp()
    os.utime(place, (then, then))


def leftover(content: bytes, hours: int = 25) -> str:
    digest = store.put(content)
    make_old(store.path_of(digest), hours)
    return digest


def test_a_flipped_bit_is_found_in_one_round_and_told_to_the_administrator(home: Body) -> None:
    link = attach(make.reported(home), PDF, "a.pdf", home.bob)
    assert look_at(link.sha256[:2]).sound == (link.sha256,)
    file = EvidenceFile.unscoped.get()
    assert file.sound
    assert file.checked_at is not None
    place = store.path_of(link.sha256)
    place.chmod(0o640)
    place.write_bytes(bytes([PDF[0] ^ 1]) + PDF[1:])
    for _n in range(2):
        assert look_at(link.sha256[:2]).damaged == (link.sha256,)
    assert not EvidenceFile.unscoped.get().sound
    (notice,) = Notice.unscoped.all()
    assert (notice.person, notice.kind) == (home.ada, "evidence.damaged")
    place.write_bytes(PDF)
    look_at(link.sha256[:2])
    assert EvidenceFile.unscoped.get().sound


def test_a_file_that_is_gone_is_found(home: Body) -> None:
    link = attach(make.reported(home), PDF, "a.pdf", home.bob)
    store.path_of(link.sha256).unlink()
    assert look_at(link.sha256[:2]).missing == (link.sha256,)
    assert not EvidenceFile.unscoped.get().sound


@pytest.mark.django_db
def test_a_leftover_goes_after_a_day_and_not_before(own_store: Path) -> None:
    digest = leftover(b"nobody's", hours=23)
    assert look_at(digest[:2]).swept == ()
    make_old(store.path_of(digest))
    assert look_at(digest[:2]).swept == (digest,)
    half = store.path_of(leftover(b"x")).with_name(".new-half")
    half.write_bytes(b"half")
    make_old(half)
    look_at(half.parent.parent.name)
    assert [file for file in own_store.rglob("*") if file.is_file()] == []


def test_what_a_row_or_the_trail_names_is_never_swept(home: Body) -> None:
    nc = make.reported(home)
    link = attach(nc, photo_with_place(), "photo.jpg", home.bob)
    told = leftover(b"replaced since")
    note(nc, "attach", home.bob, sha256=told)
    for digest in (link.sha256, link.file.shown_sha256, told):
        make_old(store.path_of(digest))
        assert look_at(digest[:2]).swept == ()
        assert store.read(digest)
    assert named_somewhere({told, "f" * 64}) == {told}


@pytest.mark.django_db
def test_a_leftover_that_is_stored_again_stays(own_store: Path) -> None:
    digest = leftover(b"back again")
    assert store.put(b"back again") == digest
    assert look_at(digest[:2]).swept == ()
    place = store.path_of(digest)
    assert not store.take_away(place, older_than=place.stat().st_mtime - 1)
    assert store.read(digest) == b"back again"


@pytest.mark.django_db
def test_every_shelf_has_its_hour() -> None:
    hours = [clock.real_now() + timedelta(hours=n) for n in range(SHELVES)]
    assert len({shelf_of(at) for at in hours}) == SHELVES
    digest = store.put(b"x")
    make_old(store.path_of(digest))
    look_at_a_shelf()
    looked = shelf_of(clock.real_now()) == digest[:2]
    assert store.path_of(digest).exists() is not looked


def test_the_doctor_names_what_is_damaged(home: Body) -> None:
    link = attach(make.reported(home), PDF, "a.pdf", home.bob)
    assert [finding.grade for finding in stores.evidence()] == ["ok"]
    store.path_of(link.sha256).unlink()
    look_at(link.sha256[:2])
    (finding,) = stores.evidence()
    assert finding.grade == "fail"
    assert link.sha256 in finding.seen
