"""Whoever is newly asked, reminded, or handed a task is told; the ledger of notices keeps who was told what and when.

A step only queues one job in its transaction; whom it concerns is found out in the background.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from qms.notices.mailing import tell
from qms.notices.models import Channel, Notice
from qms.notices.outbox import enqueue, handles
from qms.people.actors import holders
from qms.people.models import Person
from qms.trail import clock
from workflows.engine.models import ASKED, Task

if TYPE_CHECKING:
    from qms.people.actors import Actor

ASK, REMIND = "task.asked", "task.reminder"


def tell_of(tasks: Iterable[Task], event: Any, actor: Actor) -> None:
    """Queue the news of tasks just opened or handed over, in the transaction of the step."""
    news = [task for task in tasks if task.status in ASKED]
    if news:
        payload = {"tasks": [str(task.uid) for task in news], "actor": actor.person_id}
        enqueue(ASK, f"{event.stream}:{event.seq}", payload)


@handles(ASK)
def told_of(payload: dict[str, Any]) -> None:
    """Tell the people asked, except whoever asked himself. A task answered meanwhile is no news any more."""
    rows = Task.objects.filter(uid__in=payload["tasks"], status__in=ASKED).select_related("organisation", "unit")
    for task in rows:
        for person in people_of(task):
            if person.pk != payload["actor"]:
                _tell(person, ASK, f"{task.uid}:{person.pk}", task)


def remind(task: Task, today: date) -> None:
    """Tell whoever is asked that it is due, or late; one line of the ledger a day at most."""
    for person in people_of(task):
        _tell(person, REMIND, f"{task.uid}:{today}", task)


def people_of(task: Task) -> Iterable[Person]:
    """Who is asked: one person, or everybody who holds the role at that place."""
    if task.owner is not None:
        return [task.owner] if task.owner.is_active else []
    line = task.unit.line if task.unit else ()
    return holders(task.organisation_id, task.asked_as, line)


def _tell(person: Person, kind: str, key: str, task: Task) -> None:
    """One line of the ledger."""
    words = {"sentence": task.sentence, "reference": task.reference, "title": task.title}
    if task.due_on:
        words["due"] = task.due_on.isoformat()
    line = Notice(
        organisation_id=task.organisation_id,
        person=person,
        kind=kind,
        key=f"{kind}:{key}",
        record_type=task.record_type,
        stream=task.record_uid,
        reference=task.reference,
        words=words,
        channel=Channel.IN_APP,
        told_at=clock.now(),
    )
    tell(line)
