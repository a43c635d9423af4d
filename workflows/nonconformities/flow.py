"""Who is asked while a nonconformity is open."""

from django.utils.translation import gettext_noop as _
from viewflow import this

from qms.people.roles import Role
from workflows.engine.due import date_of, working_days
from workflows.engine.flow import FollowFlow
from workflows.engine.nodes import Ask, Begin, End
from workflows.nonconformities.lifecycle import OWNER, S


class NonconformityFlow(FollowFlow):
    """Nonconformity"""

    routes = "nonconformity"

    start = Begin().Next(this.triage)

    # the quality manager
    triage = Ask(
        S.REPORTED, "triage", to=Role.QUALITY_MANAGER, due=working_days(3), sentence=_("Triage {reference}")
    ).Next(this.correct)

    # the owner
    correct = Ask(
        S.TRIAGED, "contain", to=OWNER, due=working_days(3), sentence=_("Correct {reference}, or say why not")
    ).Next(this.analyse)

    # the owner
    analyse = Ask(
        S.CONTAINED, ("analyse", "check_correction"), to=OWNER, due=working_days(5),
        sentence=_("Begin the analysis of {reference}"),
    ).Next(this.plan).Next(this.close)  # fmt: skip

    # the owner
    plan = Ask(
        S.ANALYSING,
        "plan",
        to=OWNER,
        due=working_days(10),
        sentence=_("Find the cause of {reference} and plan the action"),
    ).Next(this.approve_plan)

    # the quality manager; for a major one top management agrees first
    approve_plan = Ask(
        S.ACTION_PLANNED, "approve_plan", to=Role.QUALITY_MANAGER, due=working_days(5),
        sentence=_("Decide on the action plan of {reference}"),
    ).Next(this.close)  # fmt: skip

    # the quality manager
    close = Ask(
        S.VERIFYING, "close", to=Role.QUALITY_MANAGER, due=date_of(), sentence=_("Verify and close {reference}")
    ).Next(this.end)

    end = End()
