"""People who act at the same moment, and clocks that beat at the same moment, have one effect each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from qms.lifecycle.perform import perform
from qms.lifecycle.refused import Refused, Stale
from qms.trail import clock
from qms.trail.models import TrailEvent
from tests.engine.conftest import NOON, make_cast
from tests.engine.toyapp.models import ToyNote
from tests.fixtures.databases import RealDatabase
from workflows.engine.inbox import counts, pigeonholes, shelf
from workflows.engine.models import OPEN, Process, Task
from workflows.engine.rebuild import rebuild
from workflows.engine.timers import fire_due


def at_noon(job: Callable[[], Any], **later: float) -> Callable[[], Any]:
    """The job under a clock set in its own thread."""

    def run() -> Any:
        with clock.at(NOON + timedelta(**later)):
            return job()

    return run


def open_keys(note: ToyNote) -> list[str]:
    return sorted(Task.objects.filter(record_id=note.pk, status__in=OPEN).values_list("key", flat=True))


def test_the_last_two_reviewers_who_agree_at_once_ask_the_approver_once(toy: None, real_db: RealDatabase) -> None:
    with clock.at(NOON):
        cast = make_cast()
        for _round in range(4):
            note = perform(cast.note(), "submit", cast.ann)
            agree = [
                lambda who=who, pk=note.pk: perform(ToyNote.unscoped.get(pk=pk), "agree", who)
                for who in (cast.rob, cast.rita)
            ]
            results = real_db.together(*(at_noon(job) for job in agree))
            assert not [result for result in results if isinstance(result, Exception)]
            note.refresh_from_db()
            assert note.state == "in_approval"
            assert open_keys(note) == ["approve:approver"]
            assert Process.objects.filter(record_id=note.pk).count() == 1
            assert rebuild(note, write=False) == []


def test_eight_submits_of_one_approval_have_one_effect(toy: None, real_db: RealDatabase) -> None:
    with clock.at(NOON):
        cast = make_cast()
        note = cast.in_approval()

        def approve() -> Any:
            return perform(ToyNote.unscoped.get(pk=note.pk), "approve", cast.alan)

        results = real_db.together(*[at_noon(approve)] * 8)
        assert sum(not isinstance(result, Exception) for result in results) == 1
        assert all(isinstance(result, ToyNote | Refused | Stale) for result in results)
        assert TrailEvent.objects.filter(stream=note.uid, verb="approve").count() == 1
        assert Task.objects.filter(record_id=note.pk, key="approve:approver").count() == 1


def test_two_beats_at_once_take_the_step_once(toy: None, real_db: RealDatabase) -> None:
    with clock.at(NOON):
        cast = make_cast()
        notes = [cast.approved() for _number in range(3)]
        results = real_db.together(*[at_noon(fire_due, days=60)] * 4)
        assert not [result for result in results if isinstance(result, Exception)]
        for note in notes:
            assert TrailEvent.objects.filter(stream=note.uid, verb="take_effect").count() == 1
            assert open_keys(note) == []


def test_inbox_reads_the_same_on_every_database(toy: None, real_db: RealDatabase) -> None:
    from qms.people.actors import Actor

    with clock.at(NOON):
        cast = make_cast()
        cast.note(title="100% șef")
        cast.in_approval()
        holes = pigeonholes(Actor(cast.ann))
        assert [task.title for task in shelf(holes, words="sef 100%").tasks] == ["100% șef"]
        assert counts(pigeonholes(Actor(cast.alan))).total == 1
        (task,) = shelf(pigeonholes(Actor(cast.alan))).tasks
        assert task.key == "approve:approver"
