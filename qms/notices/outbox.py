"""The outbox: work written beside the change that wants it, claimed once, done once, sent again until it is done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from qms.notices.models import Job
from qms.trail import clock

log = logging.getLogger(__name__)
Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}
# Called after commit with the numbers of new jobs: the worker's wake-up. Losing one costs a minute, not the work.
wake_ups: list[Callable[[], None]] = []

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 8


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register what carries out jobs of this kind. It must bear being called twice for one job."""

    def registered(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return registered


def enqueue(kind: str, key: str, payload: dict[str, Any], due_at: datetime | None = None) -> None:
    """Write a job in the present transaction; the same kind and key is one job, however often it is asked for."""
    now = clock.now()
    job = Job(kind=kind, key=key, payload=payload, due_at=due_at or now, created_at=now)
    Job.objects.bulk_create([job], ignore_conflicts=True)
    transaction.on_commit(wake)


def wake() -> None:
    """Tell the worker that there is something to do; a broker that is down only makes it wait for the sweep."""
    for wake_up in wake_ups:
        try:
            wake_up()
        except Exception:
            log.warning("the worker could not be woken; the sweep will find the work", exc_info=True)


def run_due(most: int = 100) -> int:
    """Carry out what is due and return how much was done. Any number of workers may call it at once."""
    done = 0
    for pk in _due_ids(most):
        done += _run(pk)
    return done


def _due_ids(most: int) -> list[int]:
    now = clock.real_now()
    waiting = Q(claimed_until=None) | Q(claimed_until__lt=now)
    rows = Job.objects.filter(waiting, done_at=None, due_at__lte=now, attempts__lt=MOST_ATTEMPTS)
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:most])


def _run(pk: int) -> int:
    """Claim by compare-and-set, carry out, mark as done. A failure waits longer each time."""
    now = clock.real_now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    claimed = Job.objects.filter(free, pk=pk, done_at=None).update(
        claimed_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return 0
    job = Job.objects.get(pk=pk)
    try:
        _handlers[job.kind](job.payload)
    except Exception as failure:
        log.exception("job %s failed, attempt %s", job, job.attempts)
        wait = timedelta(seconds=5 * 2**job.attempts)
        Job.objects.filter(pk=pk).update(
            claimed_until=None, due_at=clock.real_now() + wait, failure=type(failure).__name__[:300]
        )
        return 0
    Job.objects.filter(pk=pk).update(done_at=clock.real_now(), claimed_until=None, failure="")
    return 1
