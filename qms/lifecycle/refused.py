"""What the doors answer when they do not open. Each says why, so that page, API and command use the same words."""

from __future__ import annotations

from collections.abc import Iterable

from qms.lifecycle.rules import Reason


class NotDone(Exception):
    """The change was not made; nothing was written."""


class Refused(NotDone):
    """The law says no; `reasons` say why, who can mend it and where."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(str(reason) for reason in self.reasons))


class Stale(NotDone):
    """Somebody else was first: the record has moved on from the version the caller saw to `version`."""

    def __init__(self, seen: int, version: int) -> None:
        self.seen, self.version = seen, version
        super().__init__(f"seen version {seen}, now {version}")


class KeyReused(NotDone):
    """The idempotency key was used before, for another request."""
