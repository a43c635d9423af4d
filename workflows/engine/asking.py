"""Who is asked what about a record as it stands: a pure question to the record, its flow and its trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from workflows.engine.history import Entry, History, history_of
from workflows.engine.models import bucket_of_person, bucket_of_role

if TYPE_CHECKING:
    from workflows.engine.flow import FollowFlow
    from workflows.engine.nodes import Asks


@dataclass(frozen=True)
class Asked:
    """One question: the node of the flow it belongs to, of whom, as what, by when. `at` is set where a clock waits."""

    node: str
    key: str
    asked_as: str
    owner_id: int | None
    verbs: tuple[str, ...]
    sentence: str
    due_on: date | None = None
    due_why: dict[str, Any] | None = None
    at: datetime | None = None
    occurrence: int = 0
    asked_by: int | None = None
    is_clock: bool = False

    @property
    def verb(self) -> str:
        """The step on the button: the first of those it waits for."""
        return self.verbs[0]

    def columns(self, record: Any) -> dict[str, Any]:
        """What its row says, as the record stands now."""
        bucket = bucket_of_role(record.organisation_id, self.asked_as)
        return {
            "owner_id": self.owner_id,
            "asked_by_id": self.asked_by,
            "unit_id": record.unit_id,
            "reference": record.reference,
            "title": record.title,
            "key": self.key,
            "asked_as": self.asked_as,
            "bucket": bucket_of_person(self.owner_id) if self.owner_id else bucket,
            "verb": self.verb,
            "verbs": list(self.verbs),
            "sentence": self.sentence,
            "due_on": self.due_on,
            "sort_on": self.due_on or date.max,
            "due_why": self.due_why,
            "scheduled": self.at,
            "search_text": record.search_text,
        }


def expected(record: Any, flow: type[FollowFlow], history: History | None = None) -> dict[str, Asked]:
    """Everything that is asked about the record now, by key. Reads the record and its trail, never a task.

    In: the class of the flow its process runs under. Both `follow` and `rebuild_tasks` ask here, and nowhere else.
    """
    told = history or history_of(record)
    found: dict[str, Asked] = {}
    for node in flow.asking():
        if record.state in node.states:
            found.update({asked.key: asked for asked in node.asked(record, told)})
    return found


def answered(node: Asks, record: Any, owner_id: int | None, history: History, entry: Entry) -> bool:
    """Whether the person asked, or anybody where a role is asked, has answered since the record came here."""
    if node.until is not None:
        return bool(node.until(record, owner_id))
    people = history.answered(node.verbs, entry)
    return owner_id in people if owner_id else bool(people)


def english(text: Any) -> str:
    """The sentence before translation: what is stored, and translated when it is read."""
    with override(None):
        return str(text)


def distinct(people: Iterable[int | None]) -> tuple[int, ...]:
    """Each person once, in the order given, without the empty places."""
    return tuple(dict.fromkeys(pk for pk in people if pk is not None))
