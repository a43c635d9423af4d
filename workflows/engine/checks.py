"""System checks: a flow and its lifecycle's table must agree, and whatever is stored of flows must still resolve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from viewflow.workflow.fields import import_task_by_ref
from viewflow.workflow.lock import SelectForUpdateLock

from qms.lifecycle.table import CLOCK, Lifecycle
from qms.people.roles import Role
from qms.records import registry
from qms.records.registry import RecordType
from workflows.engine.flow import FollowFlow, all_flows, flow_for
from workflows.engine.models import OPEN, Task
from workflows.engine.nodes import Ask, Asks, Clock

PINNED = "2.4.0"


@register()
def flows_agree_with_their_tables(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001–E009: every flow of every registered type."""
    found: list[CheckMessage] = []
    if version("django-viewflow") != PINNED:
        found.append(_error(f"viewflow must be {PINNED}, which the activations were tested with", "E001"))
    types = {record_type.name: record_type for record_type in registry.all_types()}
    lost = (flow for flow in all_flows() if flow.routes and flow.routes not in types)
    found += [_error(f"{flow.__name__} routes {flow.routes}, which is no record type", "E002") for flow in lost]
    for record_type in types.values():
        for flow in flows_of(record_type):
            found += [_error(f"{flow.__name__}: {text}", code) for code, text in faults(flow, record_type)]
    return found


@register(Tags.database)
def stored_references_resolve(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E010: no open task stands at a node that is gone. Run by `check --database default` and by `migrate`."""
    from django.db import connections

    if (
        "default" not in (databases or ())
        or Task._meta.db_table not in connections["default"].introspection.table_names()
    ):
        return []
    return [
        _error(f"open tasks stand at {reference}, which no flow has: keep its class until they are done", "E010")
        for reference in unresolved()
    ]


def unresolved() -> list[str]:
    """References of open tasks to nodes that no longer exist."""
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(OPEN))
        cursor.execute(f"SELECT DISTINCT flow_task FROM {Task._meta.db_table} WHERE status IN ({places})", OPEN)  # noqa: S608
        return [reference for (reference,) in cursor.fetchall() if not _resolves(reference)]


def _resolves(reference: str) -> bool:
    try:
        node = import_task_by_ref(reference)
    except (ImportError, LookupError, AttributeError):
        return False
    return isinstance(node, Asks)


def flows_of(record_type: RecordType) -> list[type[FollowFlow]]:
    """Every edition that routes this type."""
    current = flow_for(record_type.name)
    flows = [flow for flow in all_flows() if flow.routes == record_type.name]
    return flows or ([current] if current else [])


def faults(flow: type[FollowFlow], record_type: RecordType) -> Iterator[tuple[str, str]]:
    """What is wrong with one flow, as (code, sentence). Pure: reads the drawing and the table."""
    lock = flow.lock_impl
    if not isinstance(lock, SelectForUpdateLock) or lock.nowait or lock.attempts != 1:
        yield "E003", "its lock must be SelectForUpdateLock(nowait=False, attempts=1)"
    for node in flow.asking():
        yield from _node_faults(node, record_type)
        if not flow.start.reaches(node):
            yield "E007", f"{node.name} is not reached from the start"
        if not node.reaches(flow.end):
            yield "E007", f"{node.name} does not lead to the end"
        yield from _edge_faults(node, record_type.lifecycle)
    yield from _silent_states(flow, record_type.lifecycle)


def _node_faults(node: Asks, record_type: RecordType) -> Iterator[tuple[str, str]]:
    """Every asked step is legal from every state of the node, for whom it asks."""
    taker = node.to if isinstance(node, Ask) else CLOCK
    if isinstance(node, Ask) and taker not in record_type.parts and taker not in Role.values:
        yield "E004", f"{node.name} asks {taker}, which is neither a role nor a part of the record"
    for state in node.states:
        legal = {step.verb: step for step in record_type.lifecycle.by_state.get(state, ())}
        for verb in node.verbs:
            if verb not in legal:
                yield "E005", f"{node.name} asks for {verb}, which the table does not have from {state}"
            elif taker not in legal[verb].takers:
                yield "E006", f"{node.name} asks {taker} for {verb}, which the table gives to others"


def _edge_faults(node: Asks, lifecycle: Lifecycle) -> Iterator[tuple[str, str]]:
    """A line of the drawing must be a way through the table."""
    reached = _reached(lifecycle, node.states)
    for target in node.targets:
        if isinstance(target, Asks) and not reached & set(target.states):
            yield "E008", f"{node.name} leads to {target.name}, but no steps lead from its states there"


def _silent_states(flow: type[FollowFlow], lifecycle: Lifecycle) -> Iterator[tuple[str, str]]:
    """Every state that is not final and has a step for people must ask somebody, or be left by the clock."""
    finals = {state.value for state in lifecycle.finals}
    asking = {state for node in flow.asking() if isinstance(node, Ask | Clock) for state in node.states}
    for state, steps in lifecycle.by_state.items():
        if state not in finals | asking and steps and not any(step.takers == (CLOCK,) for step in steps):
            yield "E009", f"in {state} nobody is asked, though there are steps for people"


def _reached(lifecycle: Lifecycle, states: Sequence[str]) -> set[str]:
    reached, front = set(states), list(states)
    while front:
        for step in lifecycle.by_state.get(front.pop(), ()):
            if step.to.value not in reached:
                reached.add(step.to.value)
                front.append(step.to.value)
    return reached


def _error(text: str, code: str) -> Error:
    return Error(text, id=f"engine.{code}")
