"""Every step of every registered type: who may, who may not, from where, with what, and what is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from qms.lifecycle.case import Case
from qms.lifecycle.perform import amend, perform
from qms.lifecycle.refused import Refused
from qms.lifecycle.table import CLOCK, Step
from qms.people.actors import SYSTEM, Actor
from qms.people.roles import Role
from qms.records import registry
from qms.records.registry import RecordType
from qms.trail.models import TrailEvent
from tests.contract.makers import MAKERS
from tests.people import Body, make_person

TYPES = registry.all_types()
STATES = [(t, state.value) for t in TYPES for state in t.lifecycle.states]


def name(value: Any) -> str:
    return value.name if isinstance(value, RecordType) else str(value)


def events(record: Any) -> int:
    return TrailEvent.objects.filter(stream=record.uid).count()


def refused(record: Any, verb: str, by: Any, **given: Any) -> set[str]:
    """The codes of the refusal, and nothing written with it."""
    before, version = events(record), record.version
    with pytest.raises(Refused) as answer, transaction.atomic():
        perform(record, verb, by, **given)
    record.refresh_from_db()
    assert (events(record), record.version) == (before, version)
    assert all(str(reason).strip() for reason in answer.value.reasons)
    return {reason.code for reason in answer.value.reasons}


def steps_from(record_type: RecordType, state: str) -> list[Step]:
    return [step for step in record_type.lifecycle.by_state[state] if step.takers != (CLOCK,)]


def test_every_type_has_a_maker() -> None:
    assert {t.name for t in TYPES} == set(MAKERS)


@pytest.mark.parametrize("record_type", TYPES, ids=name)
def test_no_table_has_a_fault(record_type: RecordType) -> None:
    assert record_type.lifecycle.faults() == []
    known = {*Role.values, *record_type.parts, CLOCK}
    named = {taker for step in record_type.lifecycle.steps for taker in step.takers}
    named |= {*record_type.lifecycle.create_by, *(t for who in record_type.lifecycle.edit_by.values() for t in who)}
    assert named <= known


@pytest.mark.parametrize(("record_type", "state"), STATES, ids=name)
def test_every_state_before_everybody(record_type: RecordType, state: str, home: Body) -> None:
    """The right people pass, others are refused with names; wrong states, missing inputs and proofs are refused."""
    record = MAKERS[record_type.name](home, state)
    assert record.state == state
    outsider = make_person(home.organisation, "olga")
    for step in steps_from(record_type, state):
        _somebody_stands(record, step, home)
        assert "role" in refused(record, step.verb, outsider)
        _inputs_are_asked_for(record, step, home)
    for verb in record_type.lifecycle.verbs:
        if verb not in {step.verb for step in record_type.lifecycle.by_state[state]}:
            assert refused(record, verb, home.bob) == {"wrong_state"}
    _editing_follows_the_table(record, record_type, outsider)
    _the_trail_is_whole(record)


def _somebody_stands(record: Any, step: Step, body: Body) -> None:
    standing = [who for who in body.people.values() if Case(record, Actor(who)).standing(step.takers)]
    assert standing, f"nobody of the cast can take {step.verb}"


def _inputs_are_asked_for(record: Any, step: Step, body: Body) -> None:
    """Without its inputs and its proof no step is taken, not even by the right person."""
    who = next(who for who in body.people.values() if Case(record, Actor(who)).standing(step.takers))
    if step.give:
        assert "missing" in refused(record, step.verb, who)
    if step.meaning:
        assert "signature" in refused(record, step.verb, who)
        assert "signature_by_person" in refused(record, step.verb, Actor(who, via="api"))
    if CLOCK not in step.takers:
        assert "role" in refused(record, step.verb, SYSTEM)


def _editing_follows_the_table(record: Any, record_type: RecordType, outsider: Any) -> None:
    before = events(record)
    with pytest.raises(Refused), transaction.atomic():
        amend(record, outsider, title="Changed by somebody who may not")
    assert events(record) == before
    record.refresh_from_db()


def _the_trail_is_whole(record: Any) -> None:
    numbers = TrailEvent.objects.filter(stream=record.uid).order_by("seq").values_list("seq", flat=True)
    assert list(numbers) == list(range(1, record.version + 1))
    last = TrailEvent.objects.filter(stream=record.uid).latest("seq")
    assert (last.leaf_hash, last.to_state) == (record.head, record.state)
