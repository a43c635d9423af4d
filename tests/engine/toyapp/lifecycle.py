from django.db.models import TextChoices

from qms.lifecycle.rules import rule
from qms.lifecycle.table import Lifecycle, Step
from qms.people.roles import Role


class State(TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    IN_APPROVAL = "in_approval", "in approval"
    APPROVED = "approved", "approved"
    EFFECTIVE = "effective", "effective"
    CANCELLED = "cancelled", "cancelled"


S = State


@rule(otherwise="not every reviewer has agreed")
def all_agreed(note: object) -> bool:
    from tests.engine.toyapp.models import agreed

    return set(note.reviewers) <= agreed(note)  # type: ignore[attr-defined]


LIFECYCLE = Lifecycle(
    name="toynote",
    states=State,
    steps=(
        Step("submit", S.DRAFT, S.IN_REVIEW, "owner"),
        Step("agree", S.IN_REVIEW, S.IN_REVIEW, "reviewers"),
        Step("endorse", S.IN_REVIEW, S.IN_APPROVAL, "clock", (all_agreed,)),
        Step("return", (S.IN_REVIEW, S.IN_APPROVAL), S.DRAFT, ("reviewers", Role.APPROVER), give=("reason",)),
        Step("approve", S.IN_APPROVAL, S.APPROVED, Role.APPROVER, may_give=("effective_on",), not_who_did=("submit",)),
        Step("take_effect", S.APPROVED, S.EFFECTIVE, ("clock", Role.QUALITY_MANAGER)),
        Step("reopen", (S.APPROVED, S.EFFECTIVE), S.DRAFT, Role.QUALITY_MANAGER, give=("reason",)),
        Step("cancel", (S.DRAFT, S.IN_REVIEW, S.IN_APPROVAL), S.CANCELLED, Role.QUALITY_MANAGER, give=("reason",)),
    ),
    create_by=(Role.AUTHOR,),
    edit_by={S.DRAFT: ("owner",), S.IN_REVIEW: (Role.QUALITY_MANAGER,), S.APPROVED: (Role.QUALITY_MANAGER,)},
    finals=(S.EFFECTIVE, S.CANCELLED),
    line=(S.DRAFT, S.IN_REVIEW, S.IN_APPROVAL, S.APPROVED, S.EFFECTIVE),
    rounds=("return", "reopen"),
)
