"""What routing asks the trail about a record: since when it stands where it stands, and who has answered since."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from qms.trail.models import TrailEvent

ASSIGN = "reassign"


@dataclass(frozen=True)
class Happening:
    """One event of the record, as far as routing needs it. `people` are the actor and whom he acted for."""

    seq: int
    verb: str
    from_state: str | None
    to_state: str | None
    at: datetime
    by: int | None
    people: frozenset[int]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """When the record came to where it stands, as which version, and by whose act (nobody's: the clock's)."""

    seq: int
    at: datetime
    by: int | None


class History:
    """The events of one stream, read once and only when a question needs them."""

    def __init__(self, stream: UUID) -> None:
        self.stream = stream

    @cached_property
    def happenings(self) -> tuple[Happening, ...]:
        """Every event, oldest first. One query."""
        rows = TrailEvent.objects.filter(stream=self.stream).order_by("seq")
        return tuple(_happening(event) for event in rows)

    def since(self, states: Collection[str]) -> Entry:
        """The event by which the record last came into one of these states from outside them."""
        entered = [h for h in self.happenings if h.to_state in states and h.from_state not in states]
        found = entered[-1] if entered else self.happenings[0]
        return Entry(found.seq, found.at, found.by)

    def answered(self, verbs: Collection[str], after: Entry) -> frozenset[int]:
        """Who has taken one of these verbs since, delegators included. The clock answers for nobody."""
        found = (h.people for h in self.happenings if h.verb in verbs and h.seq > after.seq)
        return frozenset().union(*found)

    def assigned(self, key: str, after: Entry) -> int | None:
        """To whom the question was handed over since, if it was."""
        found = [h for h in self.happenings if h.verb == ASSIGN and h.seq > after.seq and h.facts.get("task") == key]
        return int(found[-1].facts["to"]) or None if found else None


class JustEntered(History):
    """The history of a record that came into its state this moment: nobody has answered, nothing is read."""

    def __init__(self, stream: UUID, event: TrailEvent) -> None:
        super().__init__(stream)
        self.event = event

    def since(self, states: Collection[str]) -> Entry:
        if self.event.from_state in states:
            return super().since(states)
        return Entry(self.event.seq, self.event.at, self.event.actor_id)

    def answered(self, verbs: Collection[str], after: Entry) -> frozenset[int]:
        return frozenset() if after.seq == self.event.seq else super().answered(verbs, after)

    def assigned(self, key: str, after: Entry) -> int | None:
        return None if after.seq == self.event.seq else super().assigned(key, after)


def history_of(record: Any, event: TrailEvent | None = None) -> History:
    """The record's history; when `event` has just moved it to where it stands, one that need not be read."""
    moved = event is not None and event.from_state != event.to_state
    if event is not None and moved and event.to_state == record.state:
        return JustEntered(record.uid, event)
    return History(record.uid)


def _happening(event: TrailEvent) -> Happening:
    people: tuple[int | None, ...] = (event.actor_id, event.on_behalf_of_id)
    return Happening(
        event.seq,
        event.verb,
        event.from_state,
        event.to_state,
        event.at,
        event.actor_id,
        frozenset(pk for pk in people if pk is not None),
        json.loads(event.body).get("facts", {}) if event.verb == ASSIGN else {},
    )
