"""Background work: each hour one shelf of the store is hashed again and swept."""

from __future__ import annotations

from celery import shared_task

from qms.evidence.fixity import look_at, shelf_of
from qms.trail import clock


@shared_task  # type: ignore[untyped-decorator]
def look_at_a_shelf() -> None:
    """The shelf whose turn it is."""
    look_at(shelf_of(clock.real_now()))
