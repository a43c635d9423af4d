"""After every change of a record, in its transaction: its open tasks become equal to what it now asks.

Called by the doors. It reads the record and its trail, closes what is answered or not asked any more, opens what is
missing, and never changes a state.
"""

from __future__ import annotations

from typing import Any

from qms.people.actors import Actor
from workflows.engine.asking import Asked, expected
from workflows.engine.desk import Desk, desk_of
from workflows.engine.history import History, history_of
from workflows.engine.models import Task
from workflows.engine.telling import tell_of


def follow(record: Any, verb: str, event: Any, actor: Actor) -> None:
    """Make the tasks of the record follow it. In: the record after the change, the verb, its event, who acted.

    Where a consequence has already taken the record further, that later step was followed and this one is history.
    """
    if record.version > event.seq:
        return
    desk = desk_of(record)
    if desk is None:
        return
    wanted = expected(record, desk.flow, history_of(record, event))
    _close(desk, wanted, verb, event, actor)
    desk.settle(wanted)
    desk.write()
    tell_of((*desk.opened, *desk.handed), event, actor)


def _close(desk: Desk, wanted: dict[str, Asked], verb: str, event: Any, actor: Actor) -> None:
    """Answered tasks are done by whoever answered them; the others that are not asked any more are cancelled.

    Cancelled ones go first, so that the task finished last is the one that led on.
    """
    over = [task for key, task in desk.open.items() if key not in wanted]
    answers = {task.key: _answer(desk, task, verb, event, actor) for task in over}
    for task in sorted(over, key=lambda task: answers[task.key] is not None):
        answer = answers[task.key]
        desk.close(task, answer or None, answered=answer is not None)


def _answer(desk: Desk, task: Task, verb: str, event: Any, actor: Actor) -> int | None:
    """Who answered the task (0: the clock), or None when it is simply not asked any more."""
    if task.scheduled:
        return 0 if verb in task.verbs else None
    if verb in task.verbs:
        acted = {actor.person_id, event.on_behalf_of_id}
        if task.owner_id is None or task.owner_id in acted:
            return actor.person_id or 0
    if actor.is_clock and task.owner_id:
        return _answered_before(desk, task)
    return None


def _answered_before(desk: Desk, task: Task) -> int | None:
    """The clock moved the record on because everybody had answered: then those answers count."""
    told = History(desk.record.uid)
    after = [h for h in told.happenings if h.at >= task.created]
    return next((task.owner_id for h in after if h.verb in task.verbs and task.owner_id in h.people), None)
