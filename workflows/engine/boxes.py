"""What a record's page says about its tasks: who is asked now, as what, by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from qms.face.dates import brief
from qms.face.parts import Fact, Facts
from qms.lifecycle.case import Case
from qms.people.models import Person
from workflows.engine.handover import may_hand_over
from workflows.engine.inbox import COUNTED
from workflows.engine.models import ASKED, ASKED_SQL, Task, bucket_of_person
from workflows.engine.page import taker_label

COUNTED_ALREADY = "_asked_of_him"
OWN = f"SELECT COUNT(*) FROM (SELECT id FROM engine_task WHERE bucket = %s AND {ASKED_SQL} LIMIT %s) AS t"  # noqa: S608


def asked_now(record: Any, case: Case) -> Sequence[Facts]:
    """A box in the rail with everybody who is asked, in one query; nothing where nobody is.

    Whoever may hand a task over finds the way there.
    """
    of_record = Task.objects.filter(record_type=record.stream_name(), record_id=record.pk, status__in=ASKED)
    tasks = list(of_record.select_related("owner").order_by("sort_on", "pk"))
    facts = [Fact(taker_label(task), _name(task), _by(task)) for task in tasks]
    facts += [
        Fact(_("Hand over"), _name(task), url=reverse("hand_over", args=(task.uid,)))
        for task in tasks
        if may_hand_over(task, case)
    ]
    return [Facts(facts, _("Asked now"), anchor="asked")] if facts else []


def _name(task: Task) -> str:
    return task.owner.name if task.owner else _("whoever holds the role")


def _by(task: Task) -> str:
    return _("by %(day)s") % {"day": brief(task.due_on)} if task.due_on else ""


def waiting_for(person: Person) -> int:
    """The number beside Tasks in the roof: what is asked of the person himself. The inbox has counted it already."""
    if COUNTED_ALREADY in person.__dict__:
        return int(person.__dict__[COUNTED_ALREADY])
    with connection.cursor() as cursor:
        cursor.execute(OWN, (bucket_of_person(person.pk), COUNTED))
        return int(cursor.fetchone()[0])
