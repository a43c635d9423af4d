"""One record before one actor: which steps he may take now, and why not the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.rules import Reason, sentence
from qms.lifecycle.table import CLOCK, CREATE, EDIT, Step
from qms.people.actors import Actor, Held, everybody, role_label, roster
from qms.records import registry
from qms.trail.models import TrailEvent

WRONG_STATE = "wrong_state"


@dataclass(frozen=True)
class Possible:
    """A step of the table before this actor: allowed when there are no reasons against it."""

    step: Step
    reasons: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        return not self.reasons


class Case:
    """Answers questions about one record and one actor; what it reads, it reads once."""

    def __init__(self, record: Any, actor: Actor) -> None:
        self.record = record
        self.actor = actor
        self.type = registry.type_of(record)
        self.lifecycle = self.type.lifecycle

    @cached_property
    def _events(self) -> tuple[tuple[Any, ...], ...]:
        """What the record's stream says of who did what. One query."""
        events = TrailEvent.objects.filter(stream=self.record.uid).order_by("seq")
        wanted = ("seq", "verb", "actor_id", "on_behalf_of_id", "from_state", "to_state", "at", "actor__name")
        return tuple(events.values_list(*wanted))

    @property
    def done(self) -> tuple[tuple[int, str, int | None, int | None], ...]:
        """(seq, verb, actor, on behalf of) of every event of the record's stream."""
        return tuple(event[:4] for event in self._events)

    @property
    def entries(self) -> tuple[tuple[str, Any, str], ...]:
        """(state, when it was entered, by whom) in order."""
        return tuple((to, at, name or "") for *_rest, before, to, at, name in self._events if before != to)

    @cached_property
    def unit_line(self) -> tuple[int, ...]:
        if self.record.unit_id is None:
            return ()
        return tuple(self.record.unit.line)

    def standing(self, takers: Iterable[str]) -> Held | None:
        """The first role or part by which the actor may take it; own before delegated; None when there is none."""
        if self.actor.is_clock:
            return self._as(CLOCK) if CLOCK in takers else None
        wanted = tuple(takers)
        found = [standing for taker in wanted for standing in self._standings(taker)]
        return min(found, key=lambda standing: standing.for_id is not None, default=None)

    def _standings(self, taker: str) -> Iterable[Held]:
        if taker in self.type.parts:
            people = self.type.part_of(self.record, taker)
            if self.actor.person_id in people:
                yield self._as(taker)
            for held in self.actor.held:
                if held.everything and held.for_id in people:
                    yield self._as(taker, held)
            return
        for held in self.actor.held:
            if held.role == taker and self._is_at_hand(held.organisation_id, held.unit_id):
                yield self._as(taker, held)

    def _as(self, taker: str, held: Held | None = None) -> Held:
        """The standing the trail prints: the role or part, and for whom."""
        behalf = (held.for_id, held.for_name) if held else (None, "")
        return Held(taker, self.record.organisation_id, None, *behalf)

    def _is_at_hand(self, organisation_id: int, unit_id: int | None) -> bool:
        if organisation_id != self.record.organisation_id:
            return False
        return unit_id is None or unit_id in self.unit_line

    def who_did(self, verbs: Iterable[str]) -> dict[int, str]:
        """Person → verb: creating and editing in all rounds, steps in this one; delegator and delegate alike."""
        begun = max((seq for seq, verb, *_people in self.done if verb in self.lifecycle.rounds), default=0)
        wanted, found = set(verbs), {}
        for seq, verb, actor, behalf in self.done:
            if verb in wanted and (verb in (CREATE, EDIT) or seq > begun):
                found.update({pk: verb for pk in (actor, behalf) if pk is not None})
        return found

    def against(self, step: Step) -> tuple[Reason, ...]:
        """Every reason why the actor cannot take the step now, apart from what he still has to give."""
        wrong_state = self._wrong_state(step)
        if wrong_state:
            return (wrong_state,)
        reasons = [self._not_his(step.takers), self._not_twice(step)]
        reasons += [rule.reason(self.record, self.actor) for rule in step.when]
        return tuple(reason for reason in reasons if reason)

    def against_given(self, step: Step) -> tuple[Reason, ...]:
        """Reasons against the step once what it was given stands on the record."""
        reasons = (rule.reason(self.record, self.actor) for rule in step.after)
        return tuple(reason for reason in reasons if reason)

    def _wrong_state(self, step: Step) -> Reason | None:
        if self.record.state in {state.value for state in step.sources}:
            return None
        now = self.lifecycle.states(self.record.state).label
        text = sentence(_("In the state “{state}” this step is not taken."), state=now)
        return Reason(text, WRONG_STATE, _("lifecycle"))

    def _not_his(self, takers: tuple[str, ...]) -> Reason | None:
        if self.standing(takers):
            return None
        who = tuple(taker for taker in takers if taker != CLOCK)
        if not who:
            return Reason(_("The application takes this step by itself."), "role", _("lifecycle"))
        text = sentence(_("It is for the {who}."), who=self.taker_label(who[0]))
        return Reason(text, "role", _("who may do what"), who)

    def _not_twice(self, step: Step) -> Reason | None:
        if not step.not_who_did or self.actor.person is None:
            return None
        standing = self.standing(step.takers)
        mine = {self.actor.person_id, standing.for_id if standing else None} - {None}
        did = self.who_did(step.not_who_did)
        verb = next((did[pk] for pk in mine if pk in did), None)
        if verb is None:
            return None
        text = sentence(_("You took the step “{verb}”, so someone else takes this one."), verb=self.verb_label(verb))
        return Reason(text, "separation", _("separation of duties"), step.takers)

    def verb_label(self, verb: str) -> Any:
        if verb == CREATE:
            return _("creation")
        if verb == EDIT:
            return _("editing")
        return next((step.label or verb for step in self.lifecycle.steps if step.verb == verb), verb)

    def taker_label(self, taker: str) -> Any:
        return self.type.part_labels.get(taker) or role_label(taker)

    def against_editing(self) -> tuple[Reason, ...]:
        """Why the actor cannot edit the record in its state."""
        takers = self.lifecycle.edit_by.get(self.lifecycle.states(self.record.state), ())
        if not takers:
            now = self.lifecycle.states(self.record.state).label
            text = sentence(_("In the state “{state}” it is not edited any more."), state=now)
            return (Reason(text, WRONG_STATE, _("lifecycle")),)
        reason = self._not_his(takers)
        return (reason,) if reason else ()

    def against_creating(self) -> tuple[Reason, ...]:
        """Why the actor cannot create such a record where it stands."""
        reason = self._not_his(self.lifecycle.create_by)
        return (reason,) if reason else ()

    @cached_property
    def possible(self) -> tuple[Possible, ...]:
        """Every step of the table from the present state that a person may take, with the reasons against it."""
        rows = self.lifecycle.by_state[self.record.state]
        return tuple(Possible(step, self.against(step)) for step in rows if step.takers != (CLOCK,))

    def with_names(self, reasons: Iterable[Reason]) -> list[Reason]:
        """The reasons with the people who can mend them."""
        return [reason.named(self.names_of(*reason.who)) for reason in reasons]

    def names_of(self, *takers: str) -> tuple[str, ...]:
        """Names of those who hold one of the roles at the record's place, or have one of the parts in it."""
        names: dict[str, None] = {}
        for taker in takers:
            names.update(
                dict.fromkeys(self._part_names(taker) if taker in self.type.parts else self._role_names(taker))
            )
        return tuple(names)

    def _role_names(self, role: str) -> list[str]:
        line = self.unit_line
        return [name for held, unit, name in self._roster if held == role and (unit is None or unit in line)]

    def _part_names(self, part: str) -> list[str]:
        return [self.people[pk][0] for pk in self.type.part_of(self.record, part) if pk in self.people]

    @cached_property
    def _roster(self) -> list[tuple[str, int | None, str]]:
        """(role, unit, name) of everybody who holds a role in the record's body today. One query."""
        return roster(self.record.organisation_id)

    @cached_property
    def people(self) -> dict[int, tuple[str, bool]]:
        """Name and whether the account is active, of everybody in the record's body, by name. One query."""
        return everybody(self.record.organisation_id)
