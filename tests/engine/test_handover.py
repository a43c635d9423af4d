"""A task changes hands through the doors: the trail says so, the tasks follow, and nobody hands out what is not his."""

from uuid import uuid4

import pytest

from qms.lifecycle.perform import perform
from qms.lifecycle.refused import Refused
from qms.people import leaving
from qms.people.actors import Actor
from qms.people.roles import Role
from qms.trail.models import TrailEvent
from tests.engine.conftest import Cast, hold
from workflows.engine.handover import hand_over, open_tasks_of
from workflows.engine.models import Task
from workflows.engine.rebuild import rebuild


def the(key: str) -> Task:
    found: Task = Task.objects.get(key=key, finished=None)
    return found


def test_a_holder_takes_what_his_role_is_asked(cast: Cast) -> None:
    note = cast.in_approval()
    hand_over(the("approve:approver"), cast.alan, cast.alan)
    task = the("approve:approver")
    assert (task.owner, task.status, task.bucket) == (cast.alan, "ASSIGNED", f"p:{cast.alan.pk}")
    assert TrailEvent.objects.filter(stream=note.uid).latest("seq").verb == "reassign"


def test_a_task_taken_can_be_given_back_to_the_role(cast: Cast) -> None:
    cast.in_approval()
    hand_over(the("approve:approver"), cast.alan, cast.alan)
    hand_over(the("approve:approver"), None, cast.alan)
    task = the("approve:approver")
    assert (task.owner, task.status, task.bucket) == (None, "NEW", f"r:{cast.body.pk}:approver")


def test_a_task_handed_over_survives_a_rebuild_from_nothing(cast: Cast) -> None:
    note = cast.in_approval()
    hand_over(the("approve:approver"), cast.alan, cast.alan)
    Task.objects.all().delete()
    rebuild(note)
    assert the("approve:approver").owner == cast.alan


def test_the_next_round_asks_the_role_again(cast: Cast) -> None:
    note = cast.in_approval()
    hand_over(the("approve:approver"), cast.alan, cast.alan)
    perform(note, "return", cast.alan, reason="unclear")
    perform(note, "submit", cast.ann)
    for reviewer in (cast.rob, cast.rita):
        perform(note, "agree", reviewer)
    assert the("approve:approver").owner is None


def test_who_was_handed_the_task_does_it(cast: Cast) -> None:
    note = cast.in_approval()
    hand_over(the("approve:approver"), cast.alan, cast.alan)
    perform(note, "approve", cast.alan)
    assert Task.objects.get(key="approve:approver").status == "DONE"


def test_a_part_changes_hands_on_the_record(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    hand_over(the(f"review:p{cast.rob.pk}"), cast.olga, cast.quinn, reason="Rob is ill")
    note.refresh_from_db()
    assert note.reviewers == [cast.olga.pk, cast.rita.pk]
    assert the(f"review:p{cast.olga.pk}").owner == cast.olga
    assert not Task.objects.filter(owner=cast.rob, finished=None).exists()


@pytest.mark.parametrize(("to", "by"), [("olga", "alan"), ("alan", "olga"), ("ann", "quinn"), ("rob", "rita")])
def test_nobody_hands_out_what_is_not_his_or_to_somebody_who_may_not_answer(cast: Cast, to: str, by: str) -> None:
    note = cast.in_approval()
    version = note.version
    with pytest.raises(Refused):
        hand_over(the("approve:approver"), getattr(cast, to), getattr(cast, by))
    note.refresh_from_db()
    assert note.version == version


def test_a_task_is_not_given_to_whom_separation_of_duties_rules_out(cast: Cast) -> None:
    hold(cast.ann, Role.APPROVER)
    cast.in_approval()
    with pytest.raises(Refused, match="someone else"):
        hand_over(the("approve:approver"), cast.ann, cast.quinn)


def test_a_task_that_is_over_is_not_handed_over(cast: Cast) -> None:
    note = cast.in_approval()
    task = the("approve:approver")
    perform(note, "approve", cast.alan)
    with pytest.raises(Refused, match="not asked any more"):
        hand_over(task, cast.alan, cast.alan)


def test_the_same_form_sent_twice_hands_over_once(cast: Cast) -> None:
    note = cast.in_approval()
    key, task = uuid4(), the("approve:approver")
    for _time in range(2):
        hand_over(task, cast.alan, cast.alan, key=key)
    assert TrailEvent.objects.filter(stream=note.uid, verb="reassign").count() == 1


def test_a_leavers_tasks_go_to_another_and_what_may_not_is_named(cast: Cast) -> None:
    perform(cast.note(), "submit", cast.ann)
    cast.in_approval()
    hand_over(the("approve:approver"), cast.alan, cast.alan)
    for leaver in (cast.rob, cast.alan):
        which = [address for address, one in leaving.obligations(leaver) if address.startswith("tasks/")]
        assert len(which) == 1
        kept = leaving.hand_over(leaver, cast.olga, Actor(cast.quinn), which, "leaves")
        assert [reason.code for reason in kept] == ([] if leaver == cast.rob else ["kept"])
    assert open_tasks_of(cast.rob) == []
    assert [task.key for task in open_tasks_of(cast.alan)] == ["approve:approver"]


def test_who_has_a_part_may_give_it_away_himself_and_others_may_not(cast: Cast) -> None:
    perform(cast.note(), "submit", cast.ann)
    with pytest.raises(Refused):
        hand_over(the(f"review:p{cast.rob.pk}"), cast.olga, cast.alan)
    hand_over(the(f"review:p{cast.rob.pk}"), cast.olga, cast.rob, reason="away")
    assert the(f"review:p{cast.olga.pk}").owner == cast.olga
