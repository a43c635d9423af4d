"""Exhaustive search over the tables: every state reached, no dead end, no way round a guard or a signature."""

from __future__ import annotations

import pytest

from qms.records import registry
from qms.records.registry import RecordType
from tests.walks import charter
from tests.walks.charter import breaches
from tests.walks.law import mutants, reached

TYPES = registry.all_types()
MUTANTS = [(kind, name, copy) for kind in TYPES for name, copy in mutants(kind.lifecycle)]


def named(value: object) -> str:
    return value.name if isinstance(value, RecordType) else str(value)


@pytest.mark.parametrize("record_type", TYPES, ids=named)
def test_the_table_keeps_the_charter(record_type: RecordType) -> None:
    assert list(breaches(record_type.lifecycle)) == []


@pytest.mark.parametrize("record_type", TYPES, ids=named)
def test_every_state_is_reached_and_has_a_way_to_an_end(record_type: RecordType) -> None:
    table = record_type.lifecycle
    ends = {state.value for state in table.finals}
    assert reached(table, table.initial) == {state.value for state in table.states}
    for state in table.states:
        assert reached(table, state.value) & ends, f"{state} never ends"


@pytest.mark.parametrize("part", [charter.PASSED, charter.ENTERED, charter.TAKEN, charter.NEVER_ALONE])
def test_the_charter_speaks_of_every_type_and_of_nothing_else(part: dict[str, object]) -> None:
    assert set(part) == {kind.name for kind in TYPES}


@pytest.mark.parametrize(("record_type", "name", "copy"), MUTANTS, ids=[f"{k.name}: {n}" for k, n, _c in MUTANTS])
def test_a_guard_left_out_is_noticed(record_type: RecordType, name: str, copy: object) -> None:
    assert list(breaches(copy)), f"{record_type.name}: {name} goes unnoticed"  # type: ignore[arg-type]
