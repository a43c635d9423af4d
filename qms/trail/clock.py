"""The one source of time. Everything stored is UTC; a set clock serves tests and the demo, and the trail says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_set_to: ContextVar[tuple[datetime, datetime] | None] = ContextVar("clock_set_to", default=None)


def real_now() -> datetime:
    """The machine's time, in UTC, also while the clock is set. For checkpoints, which must not lie about theirs."""
    return datetime.now(UTC)


def now() -> datetime:
    """The present moment in UTC. Under a set clock: the moment set, plus the time that has run since."""
    set_to = _set_to.get()
    if set_to is None:
        return real_now()
    start, began = set_to
    return start + max(real_now() - began, timedelta())


def is_set() -> bool:
    """Whether somebody has set the clock; the trail marks every event made then."""
    return _set_to.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now()` start at `moment` and run on from there. Raises ValueError for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _set_to.set((moment.astimezone(UTC), real_now()))
    try:
        yield
    finally:
        _set_to.reset(token)


def today(time_zone: str = "UTC") -> date:
    """The calendar day in that time zone: terms and reference years follow the body's wall clock."""
    return now().astimezone(ZoneInfo(time_zone)).date()
