"""Sealing: dense places, signed checkpoints, a file in a second place, and nothing to do when nothing came."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qms.people.models import Organisation, Unit
from qms.trail import checkpoints, clock, keys, triggers
from qms.trail.models import Checkpoint, Leaf, Node, TrailEvent
from qms.trail.note import is_signed_by, read_note
from qms.trail.seal import TrailBroken, first_checkpoint_covering, seal
from qms.trail.verify import verify
from tests.trail.conftest import make_unit


def test_every_event_gets_the_next_place_and_the_checkpoint_covers_all(unit: Unit) -> None:
    checkpoint = seal()
    assert checkpoint is not None and checkpoint.size == TrailEvent.objects.count()
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(checkpoint.size))


def test_the_checkpoint_is_signed_and_names_the_one_before(unit: Unit) -> None:
    first = seal()
    make_unit(unit.organisation, "U2")
    second = seal()
    assert first is not None and second is not None
    note = read_note(second.note)
    assert is_signed_by(note, keys.trusted()[second.key_id])
    assert (note.size, note.root.hex()) == (second.size, second.root)
    assert second.previous and second.previous != first.previous == ""


def test_sealing_again_without_news_makes_no_checkpoint_and_takes_three_statements(unit: Unit) -> None:
    seal()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        seal()
    assert Checkpoint.objects.count() == 1
    assert len(queries) <= 3


def test_sealing_an_empty_trail_makes_no_key(db: None) -> None:
    assert seal() is None
    assert not keys.key_file().exists()


def test_every_256_events_leave_a_node_for_proofs(body: Organisation) -> None:
    make_unit(body, edits=300)
    seal()
    assert list(Node.objects.values_list("level", "index")) == [(8, 0)]


def test_checkpoints_are_kept_outside_at_once_and_each_only_once(unit: Unit) -> None:
    first = seal()
    make_unit(unit.organisation, "U2")
    second = seal()
    assert first is not None and second is not None
    assert [note.full for note in checkpoints.kept()] == [first.note, second.note]
    assert checkpoints.publish() == 0


def test_a_checkpoint_the_file_missed_is_caught_up(unit: Unit, own_files: Path) -> None:
    seal()
    checkpoints.checkpoint_file().unlink()
    make_unit(unit.organisation, "U2")
    seal()
    assert len(list(checkpoints.kept())) == 2


def test_the_key_is_for_its_owner_only_and_is_never_made_twice(unit: Unit) -> None:
    seal()
    assert keys.key_file().stat().st_mode & 0o777 == 0o400
    before = keys.key_file().read_bytes()
    make_unit(unit.organisation, "U2")
    seal()
    assert keys.key_file().read_bytes() == before and len(keys.trusted()) == 1


def test_a_lost_key_stops_sealing_instead_of_being_replaced(unit: Unit) -> None:
    seal()
    keys.key_file().unlink()
    make_unit(unit.organisation, "U2")
    with pytest.raises(keys.NoKey):
        seal()


def test_nothing_is_built_on_a_forged_checkpoint(unit: Unit) -> None:
    seal()
    triggers.uninstall()
    Checkpoint.objects.update(frontier="00" * 32)
    make_unit(unit.organisation, "U2")
    with pytest.raises(TrailBroken):
        seal()


def test_nothing_is_built_on_a_checkpoint_of_another_key(unit: Unit) -> None:
    seal()
    keys.key_file().unlink()
    keys.public_file().unlink()
    keys.signing_key(may_make=True)
    make_unit(unit.organisation, "U2")
    with pytest.raises(TrailBroken):
        seal()


def test_under_a_new_name_the_same_key_goes_on(unit: Unit, settings: Any) -> None:
    seal()
    settings.TRAIL_ORIGIN = "atestat.example.org"
    make_unit(unit.organisation, "U2")
    checkpoint = seal()
    assert checkpoint is not None and checkpoint.note.startswith("atestat.example.org\n") and verify().clean


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb"])
def test_a_name_that_a_note_cannot_carry_is_refused(unit: Unit, settings: Any, name: str) -> None:
    settings.TRAIL_ORIGIN = name
    with pytest.raises(keys.NoKey):
        seal()


def test_the_first_checkpoint_covering_a_version_stays_the_first(unit: Unit) -> None:
    covering = first_checkpoint_covering(unit.uid, unit.version)
    make_unit(unit.organisation, "U2")
    seal()
    assert covering is not None
    assert first_checkpoint_covering(unit.uid, unit.version) == covering
    assert first_checkpoint_covering(unit.uid, unit.version + 1) is None
    assert first_checkpoint_covering(uuid4(), 1) is None


def test_an_event_older_than_the_watermark_is_found_by_the_sweep(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    seal()
    latest = TrailEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]
    monkeypatch.setattr("qms.trail.seal._watermark", lambda: latest + 100)
    make_unit(unit.organisation, "U2")
    seal()
    assert TrailEvent.objects.filter(leaf=None).exists()
    seal(sweep=True)
    assert not TrailEvent.objects.filter(leaf=None).exists()


def test_big_backlogs_are_sealed_in_batches(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qms.trail.seal.BATCH", 2)
    checkpoint = seal()
    assert checkpoint is not None and checkpoint.size == TrailEvent.objects.count()
    assert Checkpoint.objects.count() == -(-checkpoint.size // 2)


def test_a_checkpoint_tells_the_real_time_also_under_a_set_clock(unit: Unit) -> None:
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        checkpoint: Any = seal()
    assert abs((checkpoint.at - clock.real_now()).total_seconds()) < 60
