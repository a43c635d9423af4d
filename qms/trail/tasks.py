"""Background work of the trail: sealing, poked by the scheduler every 10 seconds, and an hourly look at all events."""

from __future__ import annotations

from celery import shared_task

from qms.trail.seal import seal


@shared_task  # type: ignore[untyped-decorator]
def seal_trail() -> None:
    """Seal what came since the last time."""
    seal()


@shared_task  # type: ignore[untyped-decorator]
def sweep_trail() -> None:
    """Seal also what was committed so late that the watermark had passed it."""
    seal(sweep=True)
