"""Files attached as evidence: stored by hash, proven by the trail, refused with one sentence when hostile."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image

from qms.evidence import store
from qms.evidence.attaching import attach, void_evidence
from qms.evidence.models import EvidenceFile, EvidenceLink
from qms.evidence.reading import evidence_of, evidence_of_all
from qms.lifecycle.perform import perform
from qms.lifecycle.refused import KeyReused, Refused
from qms.signatures.manifest import content_hash
from qms.trail.models import TrailEvent
from tests.evidence.files import HONEST, HOSTILE, PDF, photo_with_place
from tests.inspections import make as missions
from tests.nonconformities import make
from tests.people import Body
from workflows.nonconformities.lifecycle import State


def stored_files(place: Path) -> list[str]:
    return sorted(file.name for file in place.rglob("*") if file.is_file())


@pytest.mark.parametrize("name", HONEST)
def test_every_kind_is_taken_and_its_hash_stands_in_the_records_trail(home: Body, name: str) -> None:
    nc = make.reported(home)
    link = attach(nc, io.BytesIO(HONEST[name]), name, home.bob, caption="The form", covers_from=date(2026, 5, 14))
    digest = hashlib.sha256(HONEST[name]).hexdigest()
    assert (link.sha256, link.file.sha256, link.name) == (digest, digest, name)
    assert store.read(digest) == HONEST[name]
    event = TrailEvent.objects.get(stream=nc.uid, seq=nc.version)
    assert event.verb == "attach"
    assert f'"sha256":"{digest}"' in event.body
    assert f'"evidence":"{link.uid}"' in event.body
    assert "The form" not in event.body
    assert [each.uid for each in evidence_of(nc)] == [link.uid]


@pytest.mark.parametrize(("name", "data", "code"), HOSTILE, ids=[f"{n[:20]}-{c}" for n, _d, c in HOSTILE])
def test_a_hostile_file_is_refused_with_one_sentence_and_leaves_nothing(
    home: Body, own_store: Path, name: str, data: bytes, code: str
) -> None:
    nc = make.reported(home)
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        attach(nc, data, name, home.bob)
    (complaint,) = refusal.value.error_dict["file"]
    assert complaint.code == code
    assert str(complaint.message).endswith(".")
    assert "\n" not in str(complaint.message)
    nc.refresh_from_db()
    assert (nc.version, EvidenceLink.unscoped.count(), EvidenceFile.unscoped.count()) == (1, 0, 0)
    assert stored_files(own_store) == []


def test_the_hash_it_is_proven_by_and_the_words_it_is_told_in(home: Body) -> None:
    nc = make.reported(home)
    link = attach(nc, PDF, "report.pdf", home.bob, caption="The form", requirement="ISO 9001, 7.5.3")
    assert (link.file.made_by, link.added_by, link.organisation) == (home.bob, home.bob, home.organisation)
    assert [event.verb for event in TrailEvent.objects.filter(stream=link.uid)] == ["create"]
    assert TrailEvent.objects.get(stream=nc.uid, verb="attach").actor == home.bob


def test_a_photos_time_and_place_become_fields_and_leave_the_copy_that_is_shown(home: Body) -> None:
    file = attach(make.reported(home), photo_with_place(), "photo.jpg", home.bob).file
    assert (file.taken, file.latitude, file.longitude) == ("2026-05-14T10:11:12", 44.175, 28.64)
    assert (file.width, file.height) == (80, 40)
    shown = store.read(file.shown_sha256)
    with Image.open(io.BytesIO(shown)) as copy:
        assert (copy.format, copy.size, dict(copy.getexif())) == ("JPEG", (40, 80), {})
    assert store.read(file.sha256) == photo_with_place()


def test_the_same_bytes_are_one_file_in_a_body_and_another_bodys_file_is_its_own(home: Body, away: Body) -> None:
    nc, theirs = make.reported(home), make.reported(away)
    links = [
        attach(nc, PDF, "a.pdf", home.bob),
        attach(nc, PDF, "b.pdf", home.stan),
        attach(theirs, PDF, "c.pdf", away.bob),
    ]
    assert links[0].file == links[1].file != links[2].file
    assert len({link.sha256 for link in links}) == 1
    assert [link.name for link in evidence_of(nc)] == ["a.pdf", "b.pdf"]


def test_a_form_sent_twice_attaches_once_and_its_key_serves_nothing_else(home: Body) -> None:
    nc, key = make.reported(home), uuid4()
    first, again = (attach(nc, PDF, "a.pdf", home.bob, key=key) for _n in range(2))
    assert first.pk == again.pk
    with pytest.raises(KeyReused):
        attach(nc, PDF, "other.pdf", home.bob, key=key)
    nc.refresh_from_db()
    assert (nc.version, len(evidence_of(nc))) == (2, 1)


def test_void_evidence_stays_listed_with_its_reason_and_is_signed_no_more(home: Body) -> None:
    nc = make.reported(home)
    before = content_hash(nc)
    link = attach(nc, PDF, "a.pdf", home.bob)
    with_file = content_hash(nc)
    assert with_file != before
    void_evidence(link, home.bob, "Wrong file.")
    assert void_evidence(link, home.bob, "Again.").void_reason == "Wrong file."
    assert content_hash(nc) == before
    (listed,) = evidence_of(nc)
    assert (listed.is_void, listed.void_reason) == (True, "Wrong file.")
    assert store.read(listed.sha256) == PDF
    assert [e.verb for e in TrailEvent.objects.filter(stream=nc.uid).order_by("seq")] == [
        "create", "attach", "void_evidence"
    ]  # fmt: skip


def test_evidence_is_not_voided_without_a_reason(home: Body) -> None:
    link = attach(make.reported(home), PDF, "a.pdf", home.bob)
    with pytest.raises(Refused) as refusal:
        void_evidence(link, home.bob, "  ")
    assert [reason.code for reason in refusal.value.reasons] == ["missing"]
    link.refresh_from_db()
    assert not link.is_void


@pytest.mark.parametrize("state", [State.CLOSED, State.VOID, State.REJECTED])
def test_nothing_is_attached_to_or_voided_on_a_finished_record(home: Body, state: State) -> None:
    nc = make.reported(home) if state != State.CLOSED else make.in_state(home, State.CLOSED)
    if state == State.VOID:
        link = attach(nc, PDF, "a.pdf", home.bob)
        perform(nc, "void", home.bob, reason="Entered twice.")
        with pytest.raises(Refused):
            void_evidence(link, home.bob, "Late.")
    if state == State.REJECTED:
        perform(nc, "reject", home.bob, reason="Not ours.")
    with translation.override("en"), pytest.raises(Refused) as refusal:
        attach(nc, PDF, "b.pdf", home.bob)
    (reason,) = refusal.value.reasons
    assert reason.code == "wrong_state"
    assert str(reason) == f"In the state “{state.label}” no evidence is added or voided any more."


def test_who_has_no_part_in_it_is_refused_with_the_names_of_those_who_have(home: Body) -> None:
    nc = make.reported(home)
    with pytest.raises(Refused) as refusal:
        attach(nc, PDF, "a.pdf", home.vera)
    (reason,) = refusal.value.reasons
    assert reason.code == "role"
    assert home.bob.name in reason.names


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "no_room"), (errno.EDQUOT, "no_room"), (errno.EIO, "not_stored")]
)
def test_a_full_disk_is_said_and_nothing_half_stays(
    home: Body, own_store: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def full(_handle: int) -> None:
        raise OSError(number, "as if")

    nc = make.reported(home)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ValidationError) as refusal:
        attach(nc, PDF, "a.pdf", home.bob)
    assert [each.code for each in refusal.value.error_dict["file"]] == [code]
    assert (EvidenceFile.unscoped.count(), stored_files(own_store)) == (0, [])
    monkeypatch.undo()
    assert attach(nc, PDF, "a.pdf", home.bob).sha256 in stored_files(own_store)


def test_the_team_attaches_photos_to_an_answer_and_nobody_else(home: Body) -> None:
    mission = missions.answered(missions.in_progress(home), home)
    answer = mission.answers_by_item["i2"]
    link = attach(answer, photo_with_place(), "photo.jpg", home.ines, caption="No plan at the door")
    assert TrailEvent.objects.get(stream=answer.uid, seq=answer.version).verb == "attach"
    assert evidence_of_all([answer, mission]) == {answer.uid: [link], mission.uid: []}
    with pytest.raises(Refused):
        attach(answer, PDF, "a.pdf", home.stan)
    perform(mission, "draw_up_report", home.lena)
    with pytest.raises(Refused) as refusal:
        void_evidence(link, home.ines, "Blurred.")
    assert [reason.code for reason in refusal.value.reasons] == ["wrong_state"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk")
def test_on_a_disk_that_is_really_full_the_sentence_is_said(home: Body, settings: Any, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        settings.STORAGE_DIR = small
        nc = make.reported(home)
        with pytest.raises(ValidationError) as refusal:
            attach(nc, b"x" * 100_000, "a.txt", home.bob)
        assert [each.code for each in refusal.value.error_dict["file"]] == ["no_room"]
        assert (EvidenceFile.unscoped.count(), stored_files(small)) == (0, [])
        assert attach(nc, b"x" * 1_000, "a.txt", home.bob).sha256 in stored_files(small)
    finally:
        subprocess.run(["umount", str(small)], check=True)
