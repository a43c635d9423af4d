"""How a note is routed. Not called flow.py: only the tests that register the type load it."""

from viewflow import this

from qms.people.roles import Role
from tests.engine.toyapp.lifecycle import State as S
from workflows.engine.due import working_days
from workflows.engine.flow import FollowFlow
from workflows.engine.nodes import Ask, AskAll, Begin, Clock, End


class ToyFlow(FollowFlow):
    """A note from draft to effect"""

    start = Begin().Next(this.write)

    # the owner
    write = Ask(S.DRAFT, "submit", to="owner", otherwise=Role.AUTHOR, sentence="Submit {reference}").Next(this.review)

    # every reviewer
    review = AskAll(
        S.IN_REVIEW, ("agree", "return"), to="reviewers", due=working_days(5), sentence="Review {reference}"
    ).Next(this.approve)

    # the approver
    approve = Ask(
        S.IN_APPROVAL, ("approve", "return"), to=Role.APPROVER, due=working_days(3), sentence="Approve {reference}"
    ).Next(this.take_effect)

    # the clock
    take_effect = Clock(S.APPROVED, "take_effect", at=lambda note: note.effective_on).Next(this.end)

    end = End()
