"""Whatever steps are taken in whatever order, the open tasks are what the record and its trail ask."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.lifecycle.perform import amend, perform
from qms.lifecycle.refused import Refused
from qms.lifecycle.table import CLOCK
from qms.people.actors import SYSTEM, holders
from qms.people.models import Person
from tests.engine.conftest import Cast
from tests.engine.toyapp.lifecycle import LIFECYCLE
from tests.engine.toyapp.routing import ToyFlow
from tests.engine.toyapp.type import TOY
from workflows.engine.asking import expected
from workflows.engine.handover import hand_over
from workflows.engine.models import OPEN, Process, Task
from workflows.engine.rebuild import rebuild

PEOPLE = ("ann", "rob", "rita", "alan", "quinn", "olga")
NAMES = st.sampled_from(PEOPLE)
STEPS = st.tuples(st.just("step"), st.integers(0, 30))
CHANGES = st.tuples(st.just("edit"), st.sampled_from(("title", "owner", "reviewers", "effective_on")), NAMES)
HANDOVERS = st.tuples(st.just("hand over"), NAMES, NAMES)
# Steps of the table are drawn four times as often as the rest, so that walks come far.
ACTS = st.lists(STEPS | STEPS | STEPS | STEPS | CHANGES | HANDOVERS, min_size=6, max_size=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_after_every_change_the_open_tasks_equal_what_is_asked(cast: Cast, acts: Sequence[Any]) -> None:
    note = cast.note(cast.rob)
    holds(note)
    for act in acts:
        with suppress(Refused):
            do(note, cast, *act)
        note.refresh_from_db()
        holds(note)


def do(note: Any, cast: Cast, kind: str, what: Any, who: str = "") -> None:
    if kind == "step":
        possible = [(verb, actor) for verb, actor in steps_from(note) if verb != "cancel" or what == 30]
        if possible:
            verb, actor = possible[what % len(possible)]
            given: dict[str, Any] = {"effective_on": date(2026, 5, 4)} if verb == "approve" else {}
            perform(note, verb, actor, reason="because", **given)
    elif kind == "edit":
        person = getattr(cast, who)
        values = {"title": who, "owner": person, "reviewers": [person.pk], "effective_on": date(2026, 5, len(who))}
        amend(note, note.owner if note.state == "draft" else cast.quinn, **{what: values[what]})
    else:
        task = Task.objects.filter(record_id=note.pk, status__in=OPEN).order_by("pk").first()
        if task is not None:
            hand_over(task, getattr(cast, what), getattr(cast, who))


def steps_from(note: Any) -> Any:
    """Every step of the table from here with everybody who may take it."""
    for step in LIFECYCLE.by_state[note.state]:
        for taker in step.takers:
            if taker == CLOCK:
                yield step.verb, SYSTEM
            elif taker in TOY.parts:
                yield from ((step.verb, person) for person in Person.objects.filter(pk__in=TOY.part_of(note, taker)))
            else:
                yield from ((step.verb, person) for person in holders(note.organisation_id, taker))


def holds(note: Any) -> None:
    """Open rows equal what is asked, a rebuild has nothing to do, and every open task is in the one open process."""
    tasks = Task.objects.filter(record_id=note.pk, status__in=OPEN).select_related("process")
    rows = {task.key: task for task in tasks}
    asked = expected(note, ToyFlow)
    assert set(rows) == set(asked)
    for key, question in asked.items():
        shown = question.columns(note)
        assert {name: getattr(rows[key], name) for name in shown} == shown
    assert rebuild(note, write=False) == []
    under_way = Process.objects.filter(record_id=note.pk, status="NEW")
    assert {task.process for task in rows.values()} == set(under_way) or not rows
    assert len(under_way) <= 1
