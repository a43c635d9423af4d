"""A lifecycle is a table: verb · from · to · by whom · when · what must be given · who may not. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices

from qms.lifecycle.rules import Rule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text

CLOCK = "clock"
CREATE = "create"
EDIT = "edit"


class UnknownStep(LookupError):
    """No row of the table has this verb."""


@dataclass(frozen=True)
class Step:
    """One row. `by` names roles, parts of the record, or the clock; any of them may take it.

    `when` are rules judged on the record as it is, `after` those judged once what the step is given stands on it;
    `give` are inputs without which it is refused (fields of the record, or `reason`), `may_give` those it also takes;
    `not_who_did` the verbs whose takers may not take this one in the same round (`create` and `edit` count always);
    `meaning` the meaning of the signature it asks for, from the closed list of qms.signatures.
    A step from a state to itself is a decision that moves nothing yet.
    """

    verb: str
    from_: TextChoices | tuple[TextChoices, ...]
    to: TextChoices
    by: str | tuple[str, ...]
    when: tuple[Rule, ...] = ()
    after: tuple[Rule, ...] = ()
    give: tuple[str, ...] = ()
    may_give: tuple[str, ...] = ()
    not_who_did: tuple[str, ...] = ()
    meaning: str = ""
    label: Text = ""
    order: Text = ""

    @property
    def sources(self) -> tuple[TextChoices, ...]:
        return self.from_ if isinstance(self.from_, tuple) else (self.from_,)

    @property
    def takers(self) -> tuple[str, ...]:
        return self.by if isinstance(self.by, tuple) else (self.by,)

    @property
    def is_decision(self) -> bool:
        return self.sources == (self.to,)


@dataclass(frozen=True)
class Lifecycle:
    """The law of one record type. `rounds` are the verbs that begin a new round of decisions.

    `create_by` and `edit_by` are the rights of creating and editing; `edit_by` says who per state, no line: nobody.
    `line` is the way a record normally goes, for the stepper; `looks` gives each state its badge (shape, tone).
    """

    name: str
    states: type[TextChoices]
    steps: tuple[Step, ...]
    create_by: tuple[str, ...]
    edit_by: Mapping[Any, tuple[str, ...]]
    finals: tuple[Any, ...]
    line: tuple[Any, ...]
    looks: Mapping[Any, tuple[str, str]] = field(default_factory=dict)
    rounds: tuple[str, ...] = ()
    edition: str = "1"

    @property
    def initial(self) -> str:
        return str(self.line[0].value)

    @property
    def judged_under(self) -> str:
        """Name and edition of the table, as the trail prints it with every step."""
        return f"{self.name}/{self.edition}"

    @cached_property
    def by_state(self) -> dict[str, tuple[Step, ...]]:
        return {state.value: tuple(step for step in self.steps if state in step.sources) for state in self.states}

    @cached_property
    def verbs(self) -> tuple[str, ...]:
        """Every verb once, in the order of the table."""
        return tuple(dict.fromkeys(step.verb for step in self.steps))

    def step(self, verb: str, state: str) -> Step:
        """The row of this verb from this state; from another state, its first row, so that a refusal can explain.

        Raises UnknownStep where no row has the verb.
        """
        rows = [step for step in self.steps if step.verb == verb]
        if not rows:
            raise UnknownStep(verb)
        return next((step for step in rows if state in {s.value for s in step.sources}), rows[0])

    def label(self, state: str) -> str:
        return str(self.states(state).label)

    def faults(self) -> list[str]:
        """What is wrong with the table itself: unreachable states, dead ends, one verb twice from one state."""
        found = []
        reached, front = {self.initial}, [self.initial]
        while front:
            for step in self.by_state[front.pop()]:
                if step.to.value not in reached:
                    reached.add(step.to.value)
                    front.append(step.to.value)
        finals = {state.value for state in self.finals}
        for state, steps in self.by_state.items():
            verbs = [step.verb for step in steps]
            if state not in reached:
                found.append(f"{self.name}: {state} is never reached")
            if state not in finals and not any(not step.is_decision for step in steps):
                found.append(f"{self.name}: {state} is a dead end")
            found += [f"{self.name}: {verb} twice from {state}" for verb in set(verbs) if verbs.count(verb) > 1]
        return found + list(self._unknown_verbs())

    def _unknown_verbs(self) -> Iterable[str]:
        known = {*self.verbs, CREATE, EDIT}
        for step in self.steps:
            for verb in step.not_who_did:
                if verb not in known:
                    yield f"{self.name}: {step.verb} excludes who did {verb}, which nobody can do"
