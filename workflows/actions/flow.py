"""Who is asked while a corrective action is open."""

from django.utils.translation import gettext_noop as _
from viewflow import this

from qms.people.roles import Role
from workflows.actions.lifecycle import OWNER, S
from workflows.engine.due import date_of, working_days
from workflows.engine.flow import FollowFlow
from workflows.engine.nodes import Ask, Begin, End


class CorrectiveActionFlow(FollowFlow):
    """Corrective action"""

    routes = "correctiveaction"

    start = Begin().Next(this.approve)

    # the quality manager
    approve = Ask(
        S.PLANNED, "approve", to=Role.QUALITY_MANAGER, due=working_days(5), sentence=_("Decide on {reference}")
    ).Next(this.begin)

    # the owner
    begin = Ask(S.APPROVED, "begin", to=OWNER, due=date_of(), sentence=_("Begin {reference}")).Next(this.implement)

    # the owner
    implement = Ask(
        S.IN_PROGRESS, "report_implemented", to=OWNER, due=date_of(), sentence=_("Carry out {reference} and report it")
    ).Next(this.confirm).Next(this.extend).Next(this.extend_again).Next(this.cancel)  # fmt: skip

    # the quality manager, the second time top management
    extend = Ask(
        S.EXTENSION_REQUESTED, ("grant_extension", "refuse_extension"), to=Role.QUALITY_MANAGER, due=working_days(2),
        sentence=_("Decide on the extension of {reference}"), until=lambda action, _person: action.extensions > 0,
    ).Next(this.implement)  # fmt: skip

    # top management
    extend_again = Ask(
        S.EXTENSION_REQUESTED, ("grant_further_extension", "refuse_extension"), to=Role.TOP_MANAGEMENT,
        due=working_days(2), sentence=_("Decide on the further extension of {reference}"),
        until=lambda action, _person: action.extensions == 0,
    ).Next(this.implement)  # fmt: skip

    # the quality manager
    cancel = Ask(
        S.CANCEL_REQUESTED, ("cancel", "refuse_cancelling"), to=Role.QUALITY_MANAGER, due=working_days(2),
        sentence=_("Decide on the cancellation of {reference}"),
    ).Next(this.implement).Next(this.end)  # fmt: skip

    # the quality manager
    confirm = Ask(
        S.IMPLEMENTED, "confirm", to=Role.QUALITY_MANAGER, due=working_days(3),
        sentence=_("Confirm that {reference} was implemented"),
    ).Next(this.decide)  # fmt: skip

    # the quality manager, on the day set beforehand
    decide = Ask(
        S.EFFECTIVENESS_PENDING, ("find_effective", "find_not_effective"), to=Role.QUALITY_MANAGER,
        due=date_of("check_on"), sentence=_("Decide whether {reference} was effective"),
    ).Next(this.end)  # fmt: skip

    end = End()
