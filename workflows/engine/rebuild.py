"""The same tasks from the records alone: what `follow` keeps up step by step, computed afresh.

Only when a task was opened and which process it belongs to are the engine's own memory; whom it asks, as what, by when
and in which words comes from the record and its trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from viewflow.workflow.status import STATUS

from qms.lifecycle.perform import lock
from qms.records import registry
from workflows.engine.asking import expected
from workflows.engine.desk import Desk, desk_of
from workflows.engine.flow import flow_for
from workflows.engine.history import History
from workflows.engine.models import OPEN, Task


def rebuild(record: Any, *, write: bool = True) -> list[str]:
    """Make the record's tasks what they should be; return what was wrong, in words. Without `write` only look."""
    with transaction.atomic():
        locked = lock(record)
        desk = desk_of(locked)
        if desk is None:
            return []
        history = History(locked.uid)
        wanted = expected(locked, desk.flow, history)
        for key, task in desk.open.items():
            if key not in wanted:
                done = _has_answered(task, history)
                desk.close(task, task.owner_id, answered=done)
        desk.settle(wanted)
        if write:
            desk.write()
    return list(_wrong(desk))


def records_with_tasks() -> Iterator[Any]:
    """Every record that asks somebody something, or has a task that says so, one after the other."""
    for record_type in registry.all_types():
        if flow_for(record_type.name) is None:
            continue
        finals = [state.value for state in record_type.lifecycle.finals]
        asked = Task.objects.filter(record_type=record_type.name, status__in=OPEN).values("record_id")
        rows = record_type.model.unscoped.filter(~Q(state__in=finals) | Q(pk__in=asked))
        yield from rows.order_by("pk").iterator(chunk_size=500)


def _has_answered(task: Task, history: History) -> bool:
    after = (h for h in history.happenings if h.at >= task.created and h.verb in task.verbs)
    return any(task.owner_id in h.people for h in after)


def _wrong(desk: Desk) -> Iterator[str]:
    """What did not agree, one line each."""
    name = desk.record.reference
    yield from (f"{name}: {task.key} was open and is not asked" for task in desk.closed)
    yield from (f"{name}: {task.key} showed something else than the record" for task in desk.changed)
    yield from (f"{name}: {task.key} was missing" for task in desk.opened if task.status in OPEN)
    if desk.ended and not desk.closed and any(process.status != STATUS.DONE for process in desk.ended):
        yield f"{name}: its process had not ended"
