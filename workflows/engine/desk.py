"""The tasks of one record under way: what is open is closed, what is missing is opened, all rows written together.

A step costs one SELECT, at most one UPDATE for what closed, one for what changed, one INSERT for what opened and one
for its links, however many people are asked; a process beginning or ending costs one more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from viewflow.workflow.status import PROCESS, STATUS

from qms.records import registry
from qms.trail import clock
from workflows.engine.asking import Asked
from workflows.engine.flow import FollowFlow, flow_for
from workflows.engine.models import Process, Task, Timer
from workflows.engine.reminding import first_reminder


@dataclass
class Desk:
    """One record and the process it is under. `tasks` are all of that process, in the order they were made."""

    record: Any
    flow: type[FollowFlow]
    process: Process | None
    tasks: list[Task]
    opened: list[Task] = field(default_factory=list)
    closed: list[Task] = field(default_factory=list)
    changed: list[Task] = field(default_factory=list)
    ended: list[Process] = field(default_factory=list)
    handed: list[Task] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether everything asked is open and nothing else is."""
        return not (self.opened or self.closed or self.changed or self.ended)

    @property
    def open(self) -> dict[str, Task]:
        return {task.key: task for task in self.tasks if task.is_open}

    def close(self, task: Task, by: int | None = None, *, answered: bool) -> None:
        """Answered: DONE, by that person. Not asked any more: CANCELED."""
        activation = _activation(task)
        if not answered:
            activation.cancel()
        else:
            if task.status == STATUS.NEW:
                activation.assign(by)
            activation.start()
            activation.complete()
        self.closed.append(task)

    def settle(self, wanted: Mapping[str, Asked]) -> None:
        """What is still asked shows the record as it is; what is missing is opened; at an end, the process ends."""
        for key, task in self.open.items():
            self.keep(task, wanted[key])
        self.ask(asked for key, asked in wanted.items() if key not in self.open)
        finals = {state.value for state in registry.type_of(self.record).lifecycle.finals}
        if self.record.state in finals and not wanted:
            self.finish()

    def keep(self, task: Task, asked: Asked) -> None:
        """Still asked: what it shows follows the record."""
        columns = asked.columns(self.record)
        owner, task_owner = columns.pop("owner_id"), task.owner_id
        different = {name: value for name, value in columns.items() if getattr(task, name) != value}
        if owner != task_owner:
            _hand(task, owner)
        if different or owner != task_owner:
            for name, value in different.items():
                setattr(task, name, value)
            if "due_on" in different:
                task.remind_on = first_reminder(task.due_on, clock.today(self.record.organisation.time_zone))
            if owner != task_owner:
                self.handed.append(task)
            self.changed.append(task)

    def ask(self, questions: Iterable[Asked]) -> None:
        """Open what is missing: further along the drawing in the same process, or at its node in a new one."""
        missing = tuple((self.flow.node_named(asked.node), asked) for asked in questions)
        if not missing:
            return
        before = self._leading(missing) or self._begin()
        before.leads_to = missing
        for activation in before.create_next():
            task = activation.task
            for name, value in task.asked.columns(self.record).items():
                setattr(task, name, value)
            self._stamp(task)

    def finish(self) -> None:
        """At an end: so is the process if an answer led there; if what was asked fell away, it is cancelled."""
        if self.process is None:
            return
        leading = self._last_done()
        fell_away = self.closed and not any(task.status == STATUS.DONE for task in self.closed)
        if leading is not None and not fell_away and _reaches(leading.flow_task, self.flow.end):
            before = _activation(leading)
            before.came_from = (leading,)
            end = self.flow.end._create(before, leading.token)
            end.complete()
            self._stamp(end.task)
            self.ended.append(end.process)
        else:
            self._cancel_process()

    def _leading(self, missing: tuple[tuple[Any, Asked], ...]) -> Any:
        """The activation of the last finished task, if the drawing leads from there to every node asked.

        Questions of one state stand side by side, and while one is open in the process nothing begins anew.
        """
        last = self._last_done()
        if self.process is None or last is None:
            return None
        beside = self.open or self.record.state in getattr(last.flow_task, "states", ())
        if not beside and not all(_reaches(last.flow_task, node) for node, _asked in missing):
            return None
        activation = _activation(last)
        activation.came_from = self._beside(last)
        return activation

    def _begin(self) -> Any:
        """A new process; what was under way ends with it."""
        self._cancel_process()
        begin = self.flow.start.activation_class.create(self.flow.start, None, None)
        self.process = begin.process
        self.process.organisation_id = self.record.organisation_id
        self.process.record_type, self.process.record_id = self.record.stream_name(), self.record.pk
        self.process.created = clock.now()
        begin.task.flow_task_type = begin.flow_task.task_type
        begin.complete()
        begin.came_from = (begin.task,)
        self._stamp(begin.task)
        return begin

    def _cancel_process(self) -> None:
        if self.process is not None:
            self.process.status, self.process.finished = PROCESS.CANCELED, clock.now()
            self.ended.append(self.process)
            self.process = None

    def _last_done(self) -> Task | None:
        """The task finished last in this process: where the record has come to on the drawing."""
        done = [task for task in self.tasks if task.status == STATUS.DONE]
        return max(done, key=lambda task: (task.finished, task.pk or 0), default=None)

    def _beside(self, last: Task) -> tuple[Task, ...]:
        """Every finished task of the same node: together they lead on, as at a join."""
        return tuple(t for t in self.tasks if t.status == STATUS.DONE and t.flow_task is last.flow_task)

    def _stamp(self, task: Task) -> None:
        """What every row of this record carries, question or not."""
        task.organisation_id = self.record.organisation_id
        task.record_type, task.record_id = self.record.stream_name(), self.record.pk
        task.record_uid, task.created = self.record.uid, clock.now()
        task.remind_on = first_reminder(task.due_on, clock.today(self.record.organisation.time_zone))
        self.tasks.append(task)
        self.opened.append(task)

    def write(self) -> None:
        """All rows of this step."""
        for process in self.ended:
            process.save(update_fields=("status", "finished"))
        for task in self.closed:
            if task.status == STATUS.DONE:
                task.save(update_fields=CLOSED)
        cancelled = [task.pk for task in self.closed if task.status == STATUS.CANCELED]
        if cancelled:
            Task.objects.filter(pk__in=cancelled).update(status=STATUS.CANCELED.value, finished=clock.now())
        if self.changed:
            Task.objects.bulk_update(self.changed, KEPT)
        if self.opened:
            if self.process is not None and self.process.pk is None:
                self.process.save(force_insert=True)
            Task.objects.bulk_create(self.opened)
            links = [(task, came) for task in self.opened for came in getattr(task, "came_from", ()) if came != task]
            link = Task.previous.through
            link.objects.bulk_create([link(from_task=task, to_task=came) for task, came in links])
        self._write_timers()

    def _write_timers(self) -> None:
        """A timer for every clock that now waits; those of clocks that wait no more are over."""
        over = [task for task in self.closed if task.scheduled]
        moved = [task for task in self.changed if task.scheduled]
        waiting = [task for task in self.opened if task.scheduled]
        for task in over:
            dropped = task.status != STATUS.DONE
            timers_of(task).update(done_at=clock.now(), dropped=dropped)
        for task in moved:
            timers_of(task).update(due_at=task.scheduled)
        if waiting:
            Timer.objects.bulk_create(
                [_timer(task) for task in waiting],
                update_conflicts=True,
                unique_fields=("record_type", "record_id", "name", "occurrence"),
                update_fields=("due_at", "done_at", "dropped"),
            )


CLOSED = ("status", "owner", "assigned", "started", "finished")
KEPT = (
    *("status", "owner", "assigned", "unit", "reference", "title", "asked_as", "bucket", "verb", "verbs"),
    *("sentence", "due_on", "sort_on", "due_why", "remind_on", "scheduled", "search_text", "asked_by"),
)


def desk_of(record: Any) -> Desk | None:
    """The record's desk, or None where no flow asks anything about its type. One query."""
    of_record = {"process__record_type": record.stream_name(), "process__record_id": record.pk}
    rows = Task.objects.filter(**of_record, process__status=PROCESS.NEW.value).select_related("process").order_by("pk")
    tasks = list(rows)
    process = tasks[0].process if tasks else None
    for task in tasks:
        task.process = process
    flow = process.flow_class if process else flow_for(record.stream_name())
    return Desk(record, flow, process, tasks) if flow else None


def timers_of(task: Task) -> Any:
    """The timer that a clock of the flow waits with."""
    waiting = Timer.objects.filter(record_type=task.record_type, record_id=task.record_id, done_at=None)
    return waiting.filter(name=task.flow_task.name)


def _timer(task: Any) -> Timer:
    return Timer(
        organisation_id=task.organisation_id,
        record_type=task.record_type,
        record_id=task.record_id,
        name=task.flow_task.name,
        occurrence=task.asked.occurrence,
        verb=task.verb,
        due_at=task.scheduled,
    )


def _activation(task: Task) -> Any:
    return task.flow_task.activation_class(task)


def _hand(task: Task, owner_id: int | None) -> None:
    """To another person, or back to everybody who holds the role."""
    activation = _activation(task)
    if owner_id is None:
        activation.unassign()
    else:
        (activation.reassign if task.owner_id else activation.assign)(owner_id)


def _reaches(node: Any, other: Any) -> bool:
    return node is other or (hasattr(node, "reaches") and node.reaches(other))
