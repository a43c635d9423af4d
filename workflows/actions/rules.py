"""What must hold before a corrective action moves on (ISO 9001:2015, 10.2.1 c, d)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.rules import rule

if TYPE_CHECKING:
    from qms.people.actors import Actor
    from workflows.actions.models import CorrectiveAction


@rule(
    otherwise=_("The criterion of effectiveness is not set; it is set before the action begins."),
    clause="ISO 9001 10.2.1 d",
    mend="criterion",
    who="owner",
)
def criterion_is_set(action: CorrectiveAction) -> bool:
    return bool(action.criterion.strip() and action.check_on)


@rule(
    otherwise=_("You own this action, so someone else decides on it."),
    clause=_("separation of duties"),
    who="quality_manager",
)
def decider_is_not_owner(action: CorrectiveAction, actor: Actor) -> bool:
    return action.owner_id is None or actor.person_id != action.owner_id


@rule(otherwise=_("What was done is not described."), clause="ISO 9001 10.2.2", mend="implementation", who="owner")
def implementation_is_described(action: CorrectiveAction) -> bool:
    return bool(action.implementation.strip())


@rule(
    otherwise=_("The action plan of the nonconformity is not approved yet."),
    clause="ISO 9001 10.2.1 c",
    who="quality_manager",
)
def plan_is_approved(action: CorrectiveAction) -> bool:
    return action.nonconformity.plan_is_approved


@rule(
    otherwise=_("The day set for the check of effectiveness has not come yet."),
    clause="ISO 9001 10.2.1 d",
    mend="criterion",
)
def check_day_has_come(action: CorrectiveAction) -> bool:
    return action.check_day_has_come


@rule(
    otherwise=_("The term was extended before; a further extension is for top management."),
    clause=_("house rule"),
    who="top_management",
)
def is_first_extension(action: CorrectiveAction) -> bool:
    return action.extensions == 0


@rule(otherwise=_("A first extension is for the quality manager."), clause=_("house rule"), who="quality_manager")
def is_further_extension(action: CorrectiveAction) -> bool:
    return action.extensions > 0
