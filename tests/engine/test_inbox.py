"""Whose inbox a task lies in, in which order, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qms.lifecycle.perform import amend, perform
from qms.people.actors import Actor
from qms.people.models import Person, Unit
from qms.people.roles import Role
from tests.engine.conftest import NOON, Cast, delegate, hold
from workflows.engine.inbox import DELEGATED, MINE, UNIT, Position, counts, pigeonholes, shelf, waited_for
from workflows.engine.models import Task, bucket_of_person


def keys(person: Person, *whose: str, **narrowed: object) -> list[str]:
    holes = [hole for hole in pigeonholes(Actor(person)) if not whose or hole.whose in whose]
    return [task.key for task in shelf(holes, **narrowed).tasks]  # type: ignore[arg-type]


def test_ones_own_tasks_are_mine(cast: Cast) -> None:
    perform(cast.note(), "submit", cast.ann)
    assert keys(cast.rob, MINE) == [f"review:p{cast.rob.pk}"]
    assert keys(cast.olga) == []


def test_a_task_of_a_role_is_seen_by_its_holders_only(cast: Cast) -> None:
    cast.in_approval()
    assert keys(cast.alan, UNIT) == ["approve:approver"]
    assert keys(cast.alan, MINE) == []
    assert keys(cast.quinn) == keys(cast.olga) == []


def test_a_role_at_a_unit_sees_that_unit_and_those_below(cast: Cast) -> None:
    below = Unit.unscoped.create(organisation=cast.body, code="U11", name_en="Below", parent=cast.unit, created_at=NOON)
    beside = Unit.unscoped.create(organisation=cast.body, code="U2", name_en="Beside", created_at=NOON)
    hold(cast.olga, Role.APPROVER, cast.unit)
    for unit in (cast.unit, below, beside):
        cast.in_approval(unit=unit, title=unit.name_en)
    titles = {task.title for task in shelf(pigeonholes(Actor(cast.olga))).tasks}
    assert titles == {"Unit one", "Below"}
    assert len(keys(cast.alan)) == 3


def test_a_delegate_sees_what_is_asked_of_the_delegator(cast: Cast) -> None:
    perform(cast.note(), "submit", cast.ann)
    cast.in_approval()
    delegate(cast.rob, cast.olga)
    delegate(cast.alan, cast.olga, Role.APPROVER)
    assert keys(cast.olga, MINE) == []
    assert keys(cast.olga, DELEGATED) == ["approve:approver", f"review:p{cast.rob.pk}"]


def test_a_delegate_who_answers_does_the_delegators_task(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    delegate(cast.rob, cast.olga)
    perform(note, "agree", cast.olga)
    assert keys(cast.rob) == keys(cast.olga) == []
    assert keys(cast.rita) == [f"review:p{cast.rita.pk}"]


def test_the_soonest_comes_first_and_what_has_no_term_last(cast: Cast) -> None:
    for day in (9, 2, None, 5):
        cast.note(title=str(day))
    for task in Task.objects.filter(status="ASSIGNED"):
        on = None if task.title == "None" else date(2026, 5, int(task.title))
        Task.objects.filter(pk=task.pk).update(due_on=on, sort_on=on or date.max)
    shown = shelf(pigeonholes(Actor(cast.ann)))
    assert [task.title for task in shown.tasks] == ["2", "5", "9", "None"]


def test_pages_follow_each_other_without_gap_or_repetition(cast: Cast) -> None:
    for number in range(7):
        cast.note(title=f"n{number}")
    holes, seen, after = pigeonholes(Actor(cast.ann)), [], None
    for _page in range(3):
        page = shelf(holes, after=after, size=3)
        seen += [task.title for task in page.tasks]
        after = page.after
    assert sorted(seen) == [f"n{number}" for number in range(7)]
    assert after is None


@pytest.mark.parametrize("text", ["", "x", "2026-05-01", "2026-05-01_", "2026-05-01_x", "2026-13-01_4", "_" * 99])
def test_a_position_that_is_none_is_ignored(text: str) -> None:
    assert Position.parse(text) is None
    assert Position.parse("2026-05-01_4") == Position(date(2026, 5, 1), 4)


def test_search_finds_by_words_of_the_record_without_marks(cast: Cast) -> None:
    cast.note(title="Inspecția școlilor 100%")
    cast.note(title="Another")
    holes = pigeonholes(Actor(cast.ann))
    assert [task.title for task in shelf(holes, words="ȘCOLI 100%").tasks] == ["Inspecția școlilor 100%"]
    assert [task.title for task in shelf(holes, words="ano").tasks] == ["Another"]
    assert not shelf(holes, words="other").tasks
    assert not shelf(holes, words="%").tasks
    assert counts(holes, words="%").total == 0


def test_counts_say_how_many_per_day_and_whose(cast: Cast) -> None:
    perform(cast.note(), "submit", cast.ann)
    cast.in_approval()
    hold(cast.rob, Role.APPROVER)
    found = counts(pigeonholes(Actor(cast.rob)))
    assert (found.by_whose[MINE], found.by_whose[UNIT], found.total) == (1, 1, 2)
    assert found.by_day == {date(2026, 4, 8): 1, date(2026, 4, 6): 1}


def test_one_waits_for_those_whom_ones_act_asked(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    assert {task.owner for task in waited_for(Actor(cast.ann))} == {cast.rob, cast.rita}
    amend(note, cast.quinn, reviewers=[cast.ann.pk])
    assert waited_for(Actor(cast.ann)) == []


@pytest.mark.parametrize("number", [1, 1000])
def test_an_inbox_costs_the_same_statements_with_one_task_as_with_a_thousand(cast: Cast, number: int) -> None:
    note = cast.in_approval()
    one = Task.objects.get(key="approve:approver")
    copies = []
    for place in range(number):
        copy = Task.objects.get(pk=one.pk)
        copy.pk, copy.uid, copy.key = None, None, f"copy:{place}"
        copy.uid = Task._meta.get_field("uid").get_default()
        copy.owner, copy.bucket, copy.status = cast.alan, bucket_of_person(cast.alan.pk), "ASSIGNED"
        copies.append(copy)
    Task.objects.bulk_create(copies)
    actor = Actor(Person.objects.select_related("organisation").get(pk=cast.alan.pk))
    with CaptureQueriesContext(connection) as asked:
        holes = pigeonholes(actor)
        shown = shelf(holes)
        named = [(str(task.owner), str(task.unit), task.organisation.code) for task in shown.tasks]
        found = counts(holes)
    assert len(asked) == 3
    assert named[1] == ("Alan", "Unit one", "TOY")
    assert len(shown.tasks) == min(number + 1, 25)
    assert found.total == min(number, 1000) + 1
    assert note.version == 5


def test_the_inbox_reads_an_index_in_its_own_order(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM engine_task WHERE bucket = %s AND status IN ('NEW', 'ASSIGNED') "
            "ORDER BY sort_on, id LIMIT 26",
            ["p:1"],
        )
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "task_inbox" in plan
    assert "TEMP B-TREE" not in plan
