"""What follows from a step of a corrective action, in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qms.lifecycle.case import Case
from qms.lifecycle.perform import perform
from qms.people.actors import SYSTEM, Actor
from qms.trail.models import TrailEvent
from workflows.actions.models import CorrectiveAction
from workflows.nonconformities.lifecycle import State as NonconformityState


def move_the_nonconformity_on(
    action: CorrectiveAction, event: TrailEvent, actor: Actor, given: Mapping[str, Any]
) -> None:
    """When the last action is implemented, the nonconformity begins its effectiveness check."""
    nonconformity = action.nonconformity
    nonconformity.refresh_from_db()
    step = Case(nonconformity, SYSTEM).lifecycle.step("begin_verification", nonconformity.state)
    if not Case(nonconformity, SYSTEM).against(step):
        perform(nonconformity, "begin_verification", SYSTEM)


def first_date(action: CorrectiveAction, given: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    return {"due_on": action.first_due_on}


def granted_date(action: CorrectiveAction, given: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The date asked for becomes the current one; how often that happened is counted."""
    return {"due_on": action.requested_due_on, "due_why": None, "extensions": action.extensions + 1}


def reopen_the_analysis(action: CorrectiveAction, event: TrailEvent, actor: Actor, given: Mapping[str, Any]) -> None:
    """An action without effect sends its nonconformity back to the analysis of the cause (10.2.1 d)."""
    nonconformity = action.nonconformity
    nonconformity.refresh_from_db()
    if nonconformity.state == NonconformityState.VERIFYING:
        perform(nonconformity, "not_effective", SYSTEM, reason=f"{action.reference}: {action.result}")
