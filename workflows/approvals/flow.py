"""Who is asked about a revision: its author, its reviewers in parallel, its approver; then its day is waited for.

Each reviewer has a task of his own; when the last of them has agreed, the revision moves on by itself. Whoever is asked
to approve holds the role at the unit of the document. A return or a rejection asks the author again.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from viewflow import this

from procedures.documents.lifecycle import State
from procedures.documents.models import Revision
from qms.people.roles import Role
from workflows.engine.due import working_days
from workflows.engine.flow import FollowFlow
from workflows.engine.nodes import Ask, AskAll, Begin, Clock, End

S = State
REVIEW_TERM = working_days(5)
APPROVAL_TERM = working_days(3)


def day_in_force(revision: Revision) -> date | None:
    return revision.effective_from


class RevisionFlow(FollowFlow):
    routes = "revision"

    start = Begin().Next(this.write)

    # the author
    write = Ask(
        S.DRAFT, "submit", to="author", sentence=_("Finish {reference} and submit it for review"),
    ).Next(this.review)  # fmt: skip

    # every reviewer, for himself
    review = AskAll(
        S.IN_REVIEW, ("agree", "return_to_author"), to="reviewers", due=REVIEW_TERM,
        sentence=_("Review {reference}: agree, or return it with your reason"),
    ).Next(this.approve)  # fmt: skip

    # the approver at the document's unit
    approve = Ask(
        S.IN_APPROVAL, ("approve", "reject"), to=Role.APPROVER, due=APPROVAL_TERM,
        sentence=_("Approve {reference}, with the date it comes into force"),
    ).Next(this.put_into_force)  # fmt: skip

    # the clock
    put_into_force = Clock(S.APPROVED, "make_effective", at=day_in_force).Next(this.end)

    end = End()
