"""Background work of the engine, poked by the scheduler every minute."""

from __future__ import annotations

from celery import shared_task

from workflows.engine import timers


@shared_task  # type: ignore[untyped-decorator]
def fire_due() -> None:
    """Take the clock's steps and give the reminders that are due."""
    timers.fire_due()
