"""The open tasks of a record are what its state asks, after every step, forward and back."""

from datetime import date

import pytest
from viewflow.workflow.status import PROCESS, STATUS

from qms.lifecycle.perform import amend, perform
from qms.people.actors import SYSTEM
from tests.engine.conftest import Cast
from workflows.engine.models import OPEN, Process, Task


def open_tasks(note: object) -> dict[str, Task]:
    rows = Task.objects.filter(record_id=note.pk, status__in=OPEN)  # type: ignore[attr-defined]
    return {task.key: task for task in rows}


def statuses(note: object, node: str) -> list[str]:
    rows = Task.objects.filter(record_id=note.pk).order_by("pk")  # type: ignore[attr-defined]
    return [task.status for task in rows if task.flow_task.name == node]


def test_a_new_record_asks_its_owner(cast: Cast) -> None:
    note = cast.note()
    task = open_tasks(note)[f"write:p{cast.ann.pk}"]
    assert (task.owner, task.status, task.verb) == (cast.ann, STATUS.ASSIGNED, "submit")
    assert (task.reference, task.title, task.unit, task.sentence) == (
        note.reference,
        "A note",
        cast.unit,
        "Submit {reference}",
    )


def test_each_reviewer_is_asked_for_himself_and_the_owner_is_done(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    assert set(open_tasks(note)) == {f"review:p{cast.rob.pk}", f"review:p{cast.rita.pk}"}
    assert statuses(note, "write") == [STATUS.DONE]
    assert {task.due_on for task in open_tasks(note).values()} == {date(2026, 4, 8)}
    assert {task.asked_by for task in open_tasks(note).values()} == {cast.ann}


def test_one_reviewer_who_agrees_closes_only_his_own_task(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    perform(note, "agree", cast.rob)
    assert set(open_tasks(note)) == {f"review:p{cast.rita.pk}"}
    assert statuses(note, "review") == [STATUS.DONE, STATUS.ASSIGNED]


def test_the_last_agreement_asks_the_approver_in_the_same_process(cast: Cast) -> None:
    note = cast.in_approval()
    (task,) = open_tasks(note).values()
    assert (task.key, task.owner, task.status, task.bucket) == (
        "approve:approver",
        None,
        STATUS.NEW,
        f"r:{cast.body.pk}:approver",
    )
    assert statuses(note, "review") == [STATUS.DONE, STATUS.DONE]
    assert Process.objects.filter(record_id=note.pk).count() == 1
    assert {came.key for came in task.previous.all()} == {f"review:p{cast.rob.pk}", f"review:p{cast.rita.pk}"}


def test_a_return_cancels_the_other_reviewers_and_begins_a_new_process_at_the_owner(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    perform(note, "return", cast.rob, reason="unclear")
    assert set(open_tasks(note)) == {f"write:p{cast.ann.pk}"}
    assert statuses(note, "review") == [STATUS.DONE, STATUS.CANCELED]
    processes = Process.objects.filter(record_id=note.pk).order_by("pk")
    assert [process.status for process in processes] == [PROCESS.CANCELED, PROCESS.NEW]


def test_after_a_return_everybody_is_asked_again(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    perform(note, "agree", cast.rob)
    perform(note, "return", cast.rita, reason="unclear")
    perform(note, "submit", cast.ann)
    assert set(open_tasks(note)) == {f"review:p{cast.rob.pk}", f"review:p{cast.rita.pk}"}


def test_an_approved_note_waits_for_the_clock_and_ends_with_it(cast: Cast) -> None:
    note = cast.approved()
    assert [task.status for task in open_tasks(note).values()] == [STATUS.SCHEDULED]
    assert statuses(note, "approve") == [STATUS.DONE]
    perform(note, "take_effect", SYSTEM)
    assert open_tasks(note) == {}
    assert Process.objects.get(record_id=note.pk).status == PROCESS.DONE
    assert statuses(note, "end") == [STATUS.DONE]


def test_reopening_begins_a_new_process_where_the_record_stands(cast: Cast) -> None:
    note = cast.approved()
    perform(note, "take_effect", SYSTEM)
    perform(note, "reopen", cast.quinn, reason="a mistake")
    assert set(open_tasks(note)) == {f"write:p{cast.ann.pk}"}
    assert Process.objects.filter(record_id=note.pk, status=PROCESS.NEW).count() == 1


def test_cancelling_the_record_cancels_its_process(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    perform(note, "cancel", cast.quinn, reason="not needed")
    assert open_tasks(note) == {}
    assert Process.objects.get(record_id=note.pk).status == PROCESS.CANCELED


def test_a_new_reviewer_is_asked_beside_the_others_and_one_taken_off_is_not_asked_any_more(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    amend(note, cast.quinn, reviewers=[cast.rita.pk, cast.olga.pk])
    assert set(open_tasks(note)) == {f"review:p{cast.rita.pk}", f"review:p{cast.olga.pk}"}
    assert Process.objects.filter(record_id=note.pk).count() == 1


def test_open_tasks_show_the_new_title(cast: Cast) -> None:
    note = amend(cast.note(), cast.ann, title="Renamed")
    assert [task.title for task in open_tasks(note).values()] == ["Renamed"]


@pytest.mark.parametrize("nobody", [None])
def test_where_nobody_has_the_part_a_role_is_asked(cast: Cast, nobody: None) -> None:
    note = cast.note(owner=nobody)
    assert set(open_tasks(note)) == {"write:author"}
