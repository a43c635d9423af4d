"""What follows from a step of a nonconformity, in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qms.lifecycle.perform import perform
from qms.people.actors import SYSTEM, Actor
from qms.trail.models import TrailEvent
from workflows.nonconformities.models import Nonconformity


def begin_where_nothing_is_open(nc: Nonconformity, event: TrailEvent, actor: Actor, given: Mapping[str, Any]) -> None:
    """A plan without actions has nothing to wait for: the effectiveness check begins at once."""
    if not nc.live_actions().exists():
        perform(nc, "begin_verification", SYSTEM)
