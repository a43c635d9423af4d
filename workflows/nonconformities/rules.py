"""What must hold before a nonconformity moves on (ISO 9001:2015, 8.7 and 10.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.rules import rule

if TYPE_CHECKING:
    from qms.people.actors import Actor
    from workflows.nonconformities.models import Nonconformity

CAPA, CORRECTION_ONLY = "capa", "correction_only"
MAJOR = "major"


@rule(otherwise=_("The requirement that was breached is not named."), clause="ISO 9001 10.2", mend="finding")
def requirement_is_named(nc: Nonconformity) -> bool:
    return bool(nc.requirement.strip())


@rule(
    otherwise=_("The correction is not described, nor why none is needed."),
    clause="ISO 9001 10.2.1 a",
    mend="correction",
    who="owner",
)
def correction_is_described(nc: Nonconformity) -> bool:
    return bool(nc.correction.strip() or nc.no_correction_because.strip())


@rule(
    otherwise=_("It was triaged to be corrected only, without a corrective action."),
    clause="ISO 9001 10.2.1",
    mend="facts",
)
def needs_corrective_action(nc: Nonconformity) -> bool:
    return nc.route == CAPA


@rule(
    otherwise=_("It was triaged to have a corrective action, so its cause is analysed first."),
    clause="ISO 9001 10.2.1 b",
)
def needs_correction_only(nc: Nonconformity) -> bool:
    return nc.route == CORRECTION_ONLY


@rule(otherwise=_("The cause is not determined yet."), clause="ISO 9001 10.2.1 b 2", mend="cause", who="owner")
def cause_is_determined(nc: Nonconformity) -> bool:
    return bool(nc.cause.strip())


@rule(
    otherwise=_("It is not answered whether similar cases exist or could occur."),
    clause="ISO 9001 10.2.1 b 3",
    mend="cause",
    who="owner",
)
def similar_cases_are_answered(nc: Nonconformity) -> bool:
    return bool(nc.similar_cases.strip())


@rule(
    otherwise=_("The cause names a person's mistake only; say why the mistake was possible."),
    clause="ISO 9001 10.2.1 b 2",
    mend="cause",
    who="owner",
)
def weak_cause_is_explained(nc: Nonconformity) -> bool:
    return not nc.cause_is_weak or bool(nc.why_possible.strip())


@rule(
    otherwise=_("No corrective action is planned, nor is it justified that none is needed."),
    clause="ISO 9001 10.2.1 c",
    mend="actions",
    who="owner",
)
def an_action_is_planned(nc: Nonconformity) -> bool:
    return bool(nc.no_action_because.strip()) or nc.live_actions().exists()


@rule(
    otherwise=_("It is a major nonconformity; top management has not agreed to the plan yet."),
    clause="ISO 9001 10.2.1",
    who="top_management",
)
def top_management_agreed(nc: Nonconformity) -> bool:
    return nc.grade != MAJOR or nc.plan_agreed_in_this_round()


@rule(
    otherwise=_("Not all corrective actions are implemented."), clause="ISO 9001 10.2.1 c", mend="actions", who="owner"
)
def actions_are_implemented(nc: Nonconformity) -> bool:
    return all(action.is_implemented for action in nc.live_actions())


@rule(
    otherwise=_("Not all corrective actions are found effective."),
    clause="ISO 9001 10.2.1 d",
    mend="actions",
    who="quality_manager",
)
def actions_are_effective(nc: Nonconformity) -> bool:
    return all(action.is_effective for action in nc.live_actions())


@rule(
    otherwise=_("Risks and changes to the quality system are not considered yet."),
    clause="ISO 9001 10.2.1 e, f",
    mend="effectiveness",
    who="quality_manager",
)
def consequences_are_considered(nc: Nonconformity) -> bool:
    return bool(nc.risks_considered.strip() and nc.changes_considered.strip())


@rule(
    otherwise=_("You own this nonconformity, so someone else verifies and closes it."),
    clause=_("separation of duties"),
    who="quality_manager",
)
def verifier_is_not_owner(nc: Nonconformity, actor: Actor) -> bool:
    return nc.owner_id is None or actor.person_id != nc.owner_id
