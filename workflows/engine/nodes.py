"""What a flow is drawn with: a beginning, questions to people and roles, clocks that wait, an end.

A question names the states it stands in, the steps it waits for and whom it asks, as the lifecycle's table names them:
a role, or a part of the record. Nodes are viewflow's, so its task history, SVG and BPMN export stay true; several
people asked at the same node are one multi-instance task of BPMN, with a row and a token each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from viewflow import this
from viewflow.workflow import nodes as viewflow
from viewflow.workflow.base import Edge, Node

from qms.lifecycle.table import CLOCK
from qms.people.roles import Role
from qms.records import registry
from workflows.engine import activations
from workflows.engine.asking import Asked, answered, distinct, english
from workflows.engine.due import DueRule, no_date
from workflows.engine.history import Entry, History

if TYPE_CHECKING:
    from django.db.models import TextChoices
    from django_stubs_ext import StrOrPromise as Text

Until = Callable[[Any, int | None], bool]


class Leads:
    """A node with one or more nodes after it; `.Next(this.x)` draws the line."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[Any, ...] = ()
        self.targets: tuple[Any, ...] = ()

    def Next(self, node: Any) -> Any:  # noqa: N802  (viewflow's own word)
        self._drawn = (*self._drawn, node)
        return self

    def _resolve(self, flow: Any) -> None:
        self.targets = tuple(this.resolve(flow, target) for target in self._drawn)

    def _outgoing(self) -> Iterable[Any]:
        for target in self.targets:
            yield Edge(src=self, dst=target, edge_class="next")

    def reaches(self, other: Any) -> bool:
        """Whether the drawing leads from here to that node, in however many lines."""
        seen: set[Any] = set()
        front = list(self.targets)
        while front:
            node = front.pop()
            if node is other:
                return True
            if node not in seen:
                seen.add(node)
                front += getattr(node, "targets", ())
        return False


class Begin(Leads, viewflow.StartHandle):  # type: ignore[misc]
    """Where a record enters the flow: created, returned or reopened."""

    activation_class = activations.BeginActivation


class End(viewflow.End):  # type: ignore[misc]
    """Where nothing is asked any more."""

    activation_class = activations.EndActivation


class Asks(Leads, Node):  # type: ignore[misc]
    """What questions and clocks have in common: the states they stand in and the steps they wait for."""

    until: Until | None = None

    def __init__(self, states: TextChoices | tuple[TextChoices, ...], verbs: str | tuple[str, ...]) -> None:
        super().__init__()
        listed = states if isinstance(states, tuple) else (states,)
        self.states = tuple(state.value for state in listed)
        self.verbs = (verbs,) if isinstance(verbs, str) else verbs

    def asked(self, record: Any, history: History) -> Iterable[Asked]:
        """What is asked here about this record now."""
        raise NotImplementedError


class Ask(Asks):
    """A question to a role at the record's unit, or to the people who have a part in the record.

    In: `to` as in the table; `due` a rule of workflows.engine.due; `sentence` the order in the inbox, with
    `{reference}`; `until(record, person_id)` where an answer is more than having taken one of the verbs. Where nobody
    has the part yet, `otherwise` is asked: a role. `field` is the record's field that holds the part, if it has another
    name: a person, or a list of ids; then the task can be handed over in the inbox.
    """

    activation_class = activations.AskActivation
    task_type = viewflow.View.task_type
    shape = viewflow.View.shape
    bpmn_element = viewflow.View.bpmn_element

    def __init__(
        self,
        states: TextChoices | tuple[TextChoices, ...],
        verbs: str | tuple[str, ...],
        *,
        to: str,
        sentence: Text,
        due: DueRule = no_date,
        until: Until | None = None,
        otherwise: str = Role.QUALITY_MANAGER,
        field: str = "",
    ) -> None:
        super().__init__(states, verbs)
        self.to, self.due, self.until, self.otherwise = to, due, until, otherwise
        self.field = field or to
        self.sentence = english(sentence)

    def asked(self, record: Any, history: History) -> Iterable[Asked]:
        entry = history.since(self.states)
        waiting = [who for who in self._people(record) if not answered(self, record, who[1], history, entry)]
        if waiting:
            due_on, why = self.due(record, entry.at)
            for asked_as, person in waiting:
                key = f"{self.name}:p{person}" if person else f"{self.name}:{asked_as}"
                owner = person or history.assigned(key, entry)
                yield Asked(
                    node=self.name,
                    key=key,
                    asked_as=asked_as,
                    owner_id=owner,
                    verbs=self.verbs,
                    sentence=self.sentence,
                    due_on=due_on,
                    due_why=why,
                    occurrence=entry.seq,
                    asked_by=entry.by,
                )

    def _people(self, record: Any) -> Iterable[tuple[str, int | None]]:
        record_type = registry.type_of(record)
        if self.to not in record_type.parts:
            return [(self.to, None)]
        people = distinct(record_type.part_of(record, self.to))
        return [(self.to, person) for person in people] or [(str(self.otherwise), None)]


class AskAll(Ask):
    """A question to everybody who has the part, each for himself: the record moves on when the table says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._multi_instance = True


class Clock(Asks):
    """A step the clock takes when a moment comes: `at` gives it, as a moment or a day of the body, or nothing yet."""

    activation_class = activations.ClockActivation
    task_type = viewflow.Timer.task_type
    shape = viewflow.Timer.shape
    bpmn_element = viewflow.Timer.bpmn_element

    def __init__(
        self,
        states: TextChoices | tuple[TextChoices, ...],
        verb: str,
        *,
        at: Callable[[Any], datetime | date | None],
    ) -> None:
        super().__init__(states, verb)
        self.at = at

    def bpmn_content(self) -> str:
        return "<bpmn:timerEventDefinition/>"

    def asked(self, record: Any, history: History) -> Iterable[Asked]:
        entry: Entry = history.since(self.states)
        moment = moment_of(self.at(record), record)
        if moment is not None:
            yield Asked(
                node=self.name,
                key=f"{self.name}:{CLOCK}",
                asked_as=CLOCK,
                owner_id=None,
                verbs=self.verbs,
                sentence="",
                at=moment,
                occurrence=entry.seq,
                asked_by=entry.by,
                is_clock=True,
            )


def moment_of(on: datetime | date | None, record: Any) -> datetime | None:
    """A day begins at midnight where the body is."""
    if on is None or isinstance(on, datetime):
        return on
    return datetime.combine(on, time.min, ZoneInfo(record.organisation.time_zone)).astimezone(UTC)
