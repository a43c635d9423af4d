"""Whoever is newly asked is told: one notice each, queued in the transaction of the step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workflows.engine.models import Task

if TYPE_CHECKING:
    from qms.people.actors import Actor


def tell_of(tasks: Iterable[Task], actor: Actor) -> None:
    """Tell the people newly asked, except the one who asked himself."""
