"""The clock's own steps, and reminders that go on after the due date.

Beat only pokes `fire_due`. Whatever is due is done then: a beat that was missed is caught up by the next, two beats at
once are harmless, since a step is taken under the record's lock and a reminder is claimed before it is given.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from qms.lifecycle.perform import perform
from qms.lifecycle.refused import Refused, Stale
from qms.people.actors import SYSTEM
from qms.records import registry
from qms.trail import clock
from workflows.engine.models import ASKED_SQL, Task, Timer
from workflows.engine.reminding import next_reminder
from workflows.engine.telling import remind

log = logging.getLogger(__name__)

TRY_AGAIN = timedelta(minutes=10)


def fire_due(most: int = 200) -> int:
    """Take every step whose moment has come and give every reminder that is due; return how many there were."""
    return sum(fire(pk) for pk in _due_timers(most)) + sum(remind_of(task) for task in _due_reminders(most))


def _due_timers(most: int) -> list[int]:
    now = clock.now()
    rested = Q(tried_at=None) | Q(tried_at__lt=now - TRY_AGAIN)
    rows = Timer.objects.filter(rested, done_at=None, due_at__lte=now)
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:most])


def fire(pk: int) -> int:
    """Take the step of one timer as the clock. Taken already, or not possible any more: the timer is over.

    A step that a rule refuses is tried again later; the timer says why it was refused.
    """
    timer = Timer.objects.filter(pk=pk, done_at=None).first()
    if timer is None:
        return 0
    record_type = registry.get(timer.record_type)
    record = record_type.model.unscoped.get(pk=timer.record_id)
    step = record_type.lifecycle.step(timer.verb, record.state)
    if record.state not in {state.value for state in step.sources}:
        return Timer.objects.filter(pk=pk, done_at=None).update(done_at=clock.now(), dropped=True)
    try:
        perform(record, timer.verb, SYSTEM)
    except Stale:
        return 0
    except Refused as refused:
        said = "; ".join(str(reason) for reason in refused.reasons)
        Timer.objects.filter(pk=pk, done_at=None).update(tried_at=clock.now(), said=said)
        log.warning("the clock could not %s %s: %s", timer.verb, record.reference, said)
        return 0
    return 1


def _due_reminders(most: int) -> list[Task]:
    """Open tasks to be reminded of today or before, wherever it is today."""
    due = RawSQL(  # noqa: S611  (literals only: the partial index is found by them)
        f"SELECT id FROM engine_task WHERE {ASKED_SQL} AND remind_on <= %s ORDER BY remind_on, id LIMIT %s",  # noqa: S608
        (clock.now().date(), most),
    )
    return list(Task.objects.filter(pk__in=due).select_related("organisation", "unit", "owner").order_by("pk"))


def remind_of(task: Task) -> int:
    """Remind whoever is asked, once, and note when the next reminder is due."""
    today = clock.today(task.organisation.time_zone)
    with transaction.atomic():
        mine = Task.objects.filter(pk=task.pk, remind_on=task.remind_on, finished=None)
        if not mine.update(remind_on=next_reminder(task.due_on, today, task.organisation)):
            return 0
        remind(task, today)
    return 1
