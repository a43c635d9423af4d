"""Viewflow's activations for our nodes: its statuses and transitions, with rows written together by the desk.

What differs from viewflow: time comes from the one clock, nothing is saved inside a transition (`Desk.write` writes all
rows of a step at once), and the next nodes are those the record's state asks for. Pinned to viewflow 2.4.0; only
documented transitions are overridden, none of its private functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from viewflow.workflow.activation import Activation
from viewflow.workflow.nodes.end import EndActivation as ViewflowEnd
from viewflow.workflow.nodes.start import StartHandleActivation
from viewflow.workflow.nodes.timer import TimerActivation
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.signals import flow_finished, flow_started, task_finished, task_started
from viewflow.workflow.status import PROCESS, STATUS
from viewflow.workflow.token import Token

from qms.trail import clock

if TYPE_CHECKING:
    from workflows.engine.asking import Asked
    from workflows.engine.models import Task
    from workflows.engine.nodes import Asks

START = Token("start")


class Unsaved:
    """An activation whose task may not have a row yet.

    `leads_to` are the questions it opens, each at its node; `came_from` the finished tasks they follow from.
    """

    task: Any
    flow_class: Any
    process: Any
    leads_to: tuple[tuple[Asks, Asked], ...] = ()
    came_from: tuple[Task, ...] = ()

    def __hash__(self) -> int:
        return id(self.task)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unsaved) and other.task is self.task

    @Activation.status.transition(source=STATUS.DONE)  # type: ignore[untyped-decorator]
    def create_next(self) -> Iterable[Any]:
        """One activation for each question; several at once get a token each, as after a split."""
        tokens = Token.split_token_source(self.task.token, self.leads_to[0][1].occurrence) if self.leads_to else None
        for node, asked in self.leads_to:
            token = next(tokens) if tokens and len(self.leads_to) > 1 else START
            yield node._create(self, token, data=asked)

    def finished(self) -> None:
        """The task is over now."""
        self.task.finished = clock.now()
        task_finished.send(sender=self.flow_class, process=self.process, task=self.task)


def new_task(node: Any, before: Any, token: Token, asked: Asked | None) -> Task:
    """A row in memory, with what viewflow's own save would have set."""
    task: Task = node.flow_class.task_class(
        process=before.process, flow_task=node, flow_task_type=node.task_type, token=token, created=clock.now()
    )
    task.asked, task.came_from = asked, before.came_from
    return task


class AskActivation(Unsaved, ViewActivation):  # type: ignore[misc]
    """NEW: a role is asked. ASSIGNED: a person is. STARTED, DONE: he answered. CANCELED: not asked any more."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        task = new_task(flow_task, prev_activation, token, data)
        activation = cls(task)
        if data.owner_id:
            activation.assign(data.owner_id)
        return activation

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.ASSIGNED)  # type: ignore[untyped-decorator]
    def assign(self, person_id: int) -> None:
        self.task.owner_id = person_id
        self.task.assigned = clock.now()

    @Activation.status.transition(source=STATUS.ASSIGNED)  # type: ignore[untyped-decorator]
    def reassign(self, person_id: int) -> None:
        self.task.owner_id = person_id
        self.task.assigned = clock.now()

    @Activation.status.transition(source=STATUS.ASSIGNED, target=STATUS.NEW)  # type: ignore[untyped-decorator]
    def unassign(self) -> None:
        self.task.owner_id = self.task.assigned = None

    @Activation.status.transition(source=STATUS.ASSIGNED, target=STATUS.STARTED)  # type: ignore[untyped-decorator]
    def start(self) -> None:
        self.task.started = clock.now()
        task_started.send(sender=self.flow_class, process=self.process, task=self.task)

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE)  # type: ignore[untyped-decorator]
    def complete(self) -> None:
        self.finished()

    @Activation.status.transition(source=[STATUS.NEW, STATUS.ASSIGNED], target=STATUS.CANCELED)  # type: ignore[untyped-decorator]
    def cancel(self) -> None:
        self.task.finished = clock.now()


class ClockActivation(Unsaved, TimerActivation):  # type: ignore[misc]
    """SCHEDULED until its moment comes."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        activation = cls(new_task(flow_task, prev_activation, token, data))
        activation.activate()
        return activation

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.SCHEDULED)  # type: ignore[untyped-decorator]
    def activate(self) -> None:
        self.task.scheduled = self.task.asked.at

    @Activation.status.transition(source=STATUS.SCHEDULED, target=STATUS.STARTED)  # type: ignore[untyped-decorator]
    def start(self) -> None:
        self.task.started = clock.now()

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE)  # type: ignore[untyped-decorator]
    def complete(self) -> None:
        self.finished()

    @Activation.status.transition(source=[STATUS.NEW, STATUS.SCHEDULED], target=STATUS.CANCELED)  # type: ignore[untyped-decorator]
    def cancel(self) -> None:
        self.task.finished = clock.now()


class BeginActivation(Unsaved, StartHandleActivation):  # type: ignore[misc]
    """The start of a process, at whichever node the record stands."""

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)  # type: ignore[untyped-decorator]
    def complete(self) -> None:
        self.finished()
        flow_started.send(sender=self.flow_class, process=self.process, task=self.task)


class EndActivation(Unsaved, ViewflowEnd):  # type: ignore[misc]
    """The end of a process: nothing is asked any more."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        return cls(new_task(flow_task, prev_activation, token, None))

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)  # type: ignore[untyped-decorator]
    def complete(self) -> None:
        self.process.status = PROCESS.DONE
        self.process.finished = self.task.started = clock.now()
        self.finished()
        flow_finished.send(sender=self.flow_class, process=self.process, task=self.task)
