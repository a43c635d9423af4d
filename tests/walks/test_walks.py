"""Random walks of every lifecycle, through the doors, by everybody of the cast, against the table as the model.

A step that is taken moves as the table says; a step that is refused writes nothing; the version is the number of
events; the open tasks are what the record asks for; and at the end the whole trail is as it was written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django.plugin import DjangoDbBlocker

from qms.lifecycle.case import Case
from qms.lifecycle.perform import amend, perform
from qms.lifecycle.refused import NotDone
from qms.lifecycle.table import CLOCK, Step
from qms.people.actors import SYSTEM, Actor
from qms.people.models import Person
from qms.records import registry
from qms.records.registry import RecordType
from qms.trail import clock
from qms.trail.models import TrailEvent
from qms.trail.verify import verify
from tests.contract.makers import MAKERS
from tests.people import ROLES, Body, make_body, signing
from workflows.engine.rebuild import rebuild

PEOPLE = st.sampled_from((*ROLES, CLOCK))
TEXTS = st.sampled_from(("Because it is so.", "One, two.", "Three.", "", "Șă ʼ\N{ZERO WIDTH SPACE} 100%", "x" * 260))
DAYS = st.integers(0, 400) | st.integers(0, 30) | st.integers(-400, 0)
# The same walks every time; in CI, where everything is required, many more of them.
MANY = 60 if os.environ.get("ATESTAT_REQUIRE_ALL") else 12


class Walk(RuleBasedStateMachine):
    """One record from a state of its table onwards. `body` and `record_type` are set by the test."""

    body: Body
    record_type: RecordType

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.record: Any = None

    @initialize(data=st.data())
    def begins(self, data: st.DataObject) -> None:
        states = [state.value for state in self.record_type.lifecycle.states]
        state = data.draw(st.sampled_from(states), "state")
        self.record = MAKERS[self.record_type.name](self.body, state)

    @rule(data=st.data(), who=PEOPLE)
    def takes_a_step_from_here(self, data: st.DataObject, who: str) -> None:
        steps = self.record_type.lifecycle.by_state[self.record.state]
        if steps:
            step = data.draw(st.sampled_from(steps), "step")
            self._take(step, self._somebody(step, who, data), data)

    @rule(data=st.data())
    def takes_a_step_that_is_open(self, data: st.DataObject) -> None:
        """What the page would offer to somebody of the cast."""
        cases = {name: Case(self.record, Actor(getattr(self.body, name))) for name in ROLES}
        offers = [(name, one.step) for name, case in cases.items() for one in case.possible if one.allowed]
        if offers:
            who, step = data.draw(st.sampled_from(offers), "offer")
            self._take(step, who, data)

    @rule(data=st.data(), who=PEOPLE)
    def takes_any_step(self, data: st.DataObject, who: str) -> None:
        step = data.draw(st.sampled_from(self.record_type.lifecycle.steps), "step")
        self._take(step, who, data)

    @rule(data=st.data(), who=PEOPLE, name=st.sampled_from(("title", "unit", "owner")))
    def edits(self, data: st.DataObject, who: str, name: str) -> None:
        values: dict[str, Any] = {"title": "Another title", "unit": self.body.unit, "owner": self._person(data)}
        self._tried(lambda by: amend(self.record, by, **{name: values[name]}), who, None)

    @precondition(lambda self: self.record is not None)
    @invariant()
    def is_what_its_trail_and_its_tasks_say(self) -> None:
        now = type(self.record).unscoped.get(pk=self.record.pk)
        assert TrailEvent.objects.filter(stream=now.uid).count() == now.version
        assert TrailEvent.objects.filter(stream=now.uid).latest("seq").to_state == now.state
        assert rebuild(now, write=False) == []

    def teardown(self) -> None:
        try:
            report = verify()
            assert report.clean, report.findings
        finally:
            transaction.savepoint_rollback(self.point)

    def _somebody(self, step: Step, who: str, data: st.DataObject) -> str:
        """Half of the time somebody the table names, so that walks come far."""
        if data.draw(st.booleans(), "any"):
            return who
        if step.takers == (CLOCK,):
            return CLOCK
        named = [
            name for name, roles in ROLES.items()
            if set(roles) & set(step.takers) or self._has_part(getattr(self.body, name), step)
        ]  # fmt: skip
        return data.draw(st.sampled_from(named), "named") if named else who

    def _has_part(self, person: Person, step: Step) -> bool:
        parts = (taker for taker in step.takers if taker in self.record_type.parts)
        return any(person.pk in self.record_type.part_of(self.record, part) for part in parts)

    def _take(self, step: Step, who: str, data: st.DataObject) -> None:
        given = {name: self._input(name, data) for name in (*step.give, *step.may_give)}
        left_out = data.draw(st.sampled_from((*[""] * 12, *given)), "left out")
        given.pop(left_out, None)
        proof = signing() if step.meaning and who != CLOCK and data.draw(st.integers(0, 5), "proof") else None
        key = uuid4() if who != CLOCK else None
        self._tried(lambda by: perform(self.record, step.verb, by, proof=proof, key=key, **given), who, step)

    def _tried(self, change: Any, who: str, step: Step | None) -> None:
        """Carry it out; taken, it went as the table says, refused, nothing is written anywhere."""
        by = SYSTEM if who == CLOCK else getattr(self.body, who)
        before, events = self.record.state, TrailEvent.objects.count()
        try:
            with transaction.atomic():
                change(by)
        except (NotDone, ValidationError):
            assert TrailEvent.objects.count() == events
            self.record.refresh_from_db()
            assert self.record.state == before
            return
        self.record.refresh_from_db()
        if step is None:
            assert self.record.state == before
            return
        assert any(before in row.sources and row.verb == step.verb for row in self.record_type.lifecycle.steps)
        row = self.record_type.lifecycle.step(step.verb, before)
        verbs = TrailEvent.objects.filter(stream=self.record.uid).order_by("seq")
        moved = next(event for event in verbs.reverse() if event.verb == step.verb)
        assert (moved.from_state, moved.to_state) == (before, row.to.value)
        assert (self.record.state == row.to.value) or moved.seq < self.record.version

    def _person(self, data: st.DataObject) -> Person:
        return getattr(self.body, data.draw(st.sampled_from(tuple(ROLES)), "person"))  # type: ignore[no-any-return]

    def _input(self, name: str, data: st.DataObject) -> Any:
        """A value for what a step is given, by the kind of its field."""
        fields = {field.name: field for field in self.record_type.model._meta.concrete_fields}
        field = fields.get(name)
        if name == "kind_of_change":
            return data.draw(st.sampled_from(("new", "editorial", "substantive", "nonsense")), name)
        if name == "new_edition":
            return data.draw(st.booleans(), name)
        if name == "reviewers":
            return [self._person(data).pk for _each in range(2)]
        if isinstance(field, models.DateField):
            return clock.now().date() + timedelta(days=data.draw(DAYS, name))
        if isinstance(field, models.ForeignKey):
            return self._row(field, data)
        if field is not None and field.choices:
            return data.draw(st.sampled_from([value for value, _label in field.flatchoices]), name)
        return data.draw(TEXTS, name)

    def _row(self, field: Any, data: st.DataObject) -> Any:
        if field.related_model is Person:
            return self._person(data)
        rows = field.related_model.objects.of(self.body.organisation.pk).order_by("pk")
        return data.draw(st.sampled_from([None, *rows[:3]]), field.name)


@pytest.fixture(scope="module")
def body(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Body]:
    """The cast, for all walks of this file; each walk is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_body("HOME", "RO", "ro")
        transaction.set_rollback(True)


@pytest.mark.parametrize("record_type", registry.all_types(), ids=lambda kind: kind.name)
def test_every_walk_keeps_to_the_table(record_type: RecordType, body: Body) -> None:
    walk = type("Walk", (Walk,), {"body": body, "record_type": record_type})
    many = settings(
        max_examples=MANY, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, derandomize=True, phases=(Phase.generate,),
    )  # fmt: skip
    run_state_machine_as_test(walk, settings=many)
