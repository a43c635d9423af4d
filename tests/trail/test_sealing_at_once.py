"""Several sealers beside several writers, on real databases: dense places, one line of checkpoints, no gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.people.models import Organisation
from qms.trail import keys
from qms.trail.checkpoints import kept
from qms.trail.models import Checkpoint, Leaf, TrailEvent
from qms.trail.seal import seal
from qms.trail.verify import verify
from tests.trail.conftest import make_unit

if TYPE_CHECKING:
    from tests.fixtures.databases import RealDatabase


def test_sealers_and_writers_do_not_disturb_each_other(real_db: RealDatabase, body: Organisation) -> None:
    def writing(number: int) -> None:
        for part in range(4):
            make_unit(body, f"U{number}-{part}", edits=3)

    def sealing() -> None:
        for _ in range(8):
            seal()

    seal()
    outcomes = real_db.together(*(lambda n=n: writing(n) for n in range(3)), sealing, sealing)
    assert outcomes == [None] * 5
    last = seal()
    assert last is not None and last.size == TrailEvent.objects.count() == Leaf.objects.count() == 3 * 4 * 4 + 1
    assert len(list(kept())) == Checkpoint.objects.count()
    assert verify().findings == []


def test_two_first_sealers_make_one_key(real_db: RealDatabase, body: Organisation) -> None:
    assert not any(isinstance(outcome, Exception) for outcome in real_db.together(seal, seal, seal))
    assert len(keys.trusted()) == 1 and verify().findings == []
