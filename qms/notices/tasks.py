"""Background work: the outbox is swept every 20 seconds, and at once when somebody wakes the worker."""

from __future__ import annotations

from celery import shared_task

from qms.notices import outbox


@shared_task  # type: ignore[untyped-decorator]
def run_outbox() -> None:
    """Carry out what is due, until nothing is."""
    while outbox.run_due():
        pass


def wake_the_worker() -> None:
    """A message to the worker; without a broker the sweep finds the work."""
    run_outbox.apply_async(ignore_result=True, retry=False)
