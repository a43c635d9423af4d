"""Who is asked during an inspection, and about a measure it ordered."""

from django.utils.translation import gettext_noop as _
from viewflow import this

from qms.people.roles import Role
from workflows.engine.due import date_of, working_days
from workflows.engine.flow import FollowFlow
from workflows.engine.nodes import Ask, AskAll, Begin, End
from workflows.inspections.lifecycle import LEADER, TEAM, M, S


class InspectionFlow(FollowFlow):
    """Inspection"""

    routes = "inspection"

    start = Begin().Next(this.prepare)

    # the leader
    prepare = Ask(
        S.PLANNED, "prepare", to=LEADER, due=date_of("planned_on"), otherwise=Role.COORDINATOR,
        sentence=_("Prepare {reference}: order, team and checklist"),
    ).Next(this.declare).Next(this.begin)  # fmt: skip

    # everybody in the team, each for himself
    declare = AskAll(
        S.PREPARED, ("declare", "declare_conflict"), to=TEAM, due=date_of("planned_on"),
        sentence=_("Declare for {reference} whether there is a conflict of interest"),
    ).Next(this.draw_up)  # fmt: skip

    # the leader, once all have declared
    begin = Ask(
        S.PREPARED, "begin", to=LEADER, due=date_of("planned_on"), sentence=_("Begin {reference}"),
        until=lambda inspection, _person: not inspection.everybody <= inspection.declared,
    ).Next(this.draw_up)  # fmt: skip

    # the leader
    draw_up = Ask(
        S.IN_PROGRESS, "draw_up_report", to=LEADER, due=working_days(10),
        sentence=_("Answer the checklist of {reference} and draw up the report"),
    ).Next(this.submit).Next(this.resume)  # fmt: skip

    # the leader
    resume = Ask(S.SUSPENDED, "resume", to=LEADER, sentence=_("Resume {reference}")).Next(this.draw_up)

    # the leader
    submit = Ask(
        S.REPORT_DRAFT, "submit_report", to=LEADER, due=working_days(5),
        sentence=_("Write the conclusions of {reference} and submit the report"),
    ).Next(this.sign).Next(this.issue)  # fmt: skip

    # everybody in the team, each for himself
    sign = AskAll(
        S.UNDER_REVIEW, "sign_report", to=TEAM, due=working_days(3), sentence=_("Sign the report of {reference}")
    ).Next(this.receipt)  # fmt: skip

    # the coordinator, once all have signed
    issue = Ask(
        S.UNDER_REVIEW, ("issue", "return_report"), to=Role.COORDINATOR, due=working_days(5),
        sentence=_("Review and issue the report of {reference}"),
        until=lambda inspection, _person: not inspection.everybody <= inspection.signed,
    ).Next(this.receipt)  # fmt: skip

    # the leader
    receipt = Ask(
        S.ISSUED, "record_receipt", to=LEADER, due=working_days(5),
        sentence=_("Record when the report of {reference} was received"),
        until=lambda inspection, _person: inspection.received_on is not None,
    ).Next(this.close).Next(this.close_at_once)  # fmt: skip

    # the coordinator, where nothing was ordered
    close_at_once = Ask(
        S.ISSUED, "close_without_measures", to=Role.COORDINATOR, due=working_days(3), sentence=_("Close {reference}"),
        until=lambda inspection, _person: inspection.received_on is None,
    ).Next(this.end)  # fmt: skip

    # the coordinator
    close = Ask(
        S.MEASURES_OPEN, "close", to=Role.COORDINATOR, sentence=_("Settle the measures of {reference} and close it")
    ).Next(this.end)  # fmt: skip

    end = End()


class MeasureFlow(FollowFlow):
    """Measure"""

    routes = "measure"

    start = Begin().Next(this.follow_up)

    # the leader of the mission that ordered it
    follow_up = Ask(
        M.RUNNING, "report_fulfilled", to=LEADER, due=date_of(), sentence=_("Follow up the measure {reference}")
    ).Next(this.verify).Next(this.extend)  # fmt: skip

    # the coordinator
    extend = Ask(
        M.EXTENSION_REQUESTED, ("grant_extension", "refuse_extension"), to=Role.COORDINATOR, due=working_days(2),
        sentence=_("Decide on the extension of {reference}"),
    ).Next(this.follow_up)  # fmt: skip

    # the coordinator
    verify = Ask(
        M.REPORTED, ("verify", "find_unfulfilled"), to=Role.COORDINATOR, due=working_days(5),
        sentence=_("Verify that the measure {reference} is fulfilled"),
    ).Next(this.end)  # fmt: skip

    end = End()
