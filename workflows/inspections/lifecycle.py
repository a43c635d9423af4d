"""How an inspection moves from plan to closure, and how a measure it orders is settled (ISO/IEC 17020:2012, 7).

Whoever is in the team never issues the report nor closes the mission. The checklist opens when all have declared.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.lifecycle.table import CLOCK, Lifecycle, Step
from qms.people.roles import Role
from workflows.inspections import rules


class State(TextChoices):
    PLANNED = "planned", pgettext_lazy("inspection", "planned")
    PREPARED = "prepared", pgettext_lazy("inspection", "prepared")
    IN_PROGRESS = "in_progress", pgettext_lazy("inspection", "in progress")
    SUSPENDED = "suspended", pgettext_lazy("inspection", "suspended")
    REPORT_DRAFT = "report_draft", pgettext_lazy("inspection", "report draft")
    UNDER_REVIEW = "under_review", pgettext_lazy("inspection", "under review")
    ISSUED = "issued", pgettext_lazy("inspection", "issued")
    MEASURES_OPEN = "measures_open", pgettext_lazy("inspection", "measures open")
    CLOSED = "closed", pgettext_lazy("inspection", "closed")
    CANCELLED = "cancelled", pgettext_lazy("inspection", "cancelled")
    VOID = "void", pgettext_lazy("inspection", "void")


S = State
LEADER, TEAM = "leader", "team"
COORDINATOR, QM = Role.COORDINATOR, Role.QUALITY_MANAGER

# fmt: off
STEPS = (
    #    verb              from              to                by
    Step("prepare",        S.PLANNED,        S.PREPARED,       LEADER,
         when=(rules.order_is_given, rules.team_is_set, rules.checklist_is_in_force, rules.object_of_check_is_chosen),
         label=_("Prepare"), order=_("Prepare {reference}: order, team and checklist")),
    Step("return_to_planning", S.PREPARED,   S.PLANNED,        (LEADER, COORDINATOR), give=("reason",),
         label=_("Return to planning")),
    Step("declare",        S.PREPARED,       S.PREPARED,       TEAM, when=(rules.has_not_declared,),
         meaning="no_conflict", label=_("Declare no conflict of interest"),
         order=_("Declare for {reference} that there is no conflict of interest")),
    Step("declare_conflict", S.PREPARED,     S.PREPARED,       TEAM, when=(rules.has_not_declared,), give=("reason",),
         label=_("Declare a conflict of interest")),
    Step("begin",          S.PREPARED,       S.IN_PROGRESS,    LEADER,
         when=(rules.everybody_has_declared, rules.nobody_has_a_conflict, rules.checklist_is_in_force),
         label=_("Begin"), order=_("Begin {reference}")),
    Step("draw_up_report", S.IN_PROGRESS,    S.REPORT_DRAFT,   LEADER,
         when=(rules.every_item_is_answered, rules.every_required_comment_is_given),
         label=_("Draw up the report"), order=_("Answer the checklist of {reference} and draw up the report")),
    Step("suspend",        S.IN_PROGRESS,    S.SUSPENDED,      LEADER, give=("reason",), label=_("Suspend")),
    Step("resume",         S.SUSPENDED,      S.IN_PROGRESS,    LEADER, give=("reason",),
         label=_("Resume"), order=_("Resume {reference}")),
    Step("return_to_site", S.REPORT_DRAFT,   S.IN_PROGRESS,    LEADER, give=("reason",),
         label=_("Return to the checklist")),
    Step("submit_report",  S.REPORT_DRAFT,   S.UNDER_REVIEW,   LEADER, may_give=("conclusions",),
         after=(rules.conclusions_are_written,),
         label=_("Submit the report"), order=_("Write the conclusions of {reference} and submit the report")),
    Step("sign_report",    S.UNDER_REVIEW,   S.UNDER_REVIEW,   TEAM, when=(rules.has_not_signed,), meaning="author",
         label=_("Sign the report"), order=_("Sign the report of {reference}")),
    Step("issue",          S.UNDER_REVIEW,   S.ISSUED,         COORDINATOR,
         when=(rules.everybody_has_signed, rules.decider_is_not_in_the_team), meaning="issue",
         not_who_did=("draw_up_report", "submit_report"),
         label=_("Issue the report"), order=_("Review and issue the report of {reference}")),
    Step("return_report",  S.UNDER_REVIEW,   S.REPORT_DRAFT,   COORDINATOR, give=("reason",),
         when=(rules.decider_is_not_in_the_team,), label=_("Return the report")),
    Step("record_receipt", S.ISSUED,         S.ISSUED,         (LEADER, COORDINATOR),
         when=(rules.receipt_is_not_recorded,), give=("received_on", "received_by"),
         label=_("Record the receipt"), order=_("Record when the report of {reference} was received")),
    Step("open_measures",  S.ISSUED,         S.MEASURES_OPEN,  CLOCK, when=(rules.report_is_received,),
         label=_("Open the measures")),
    Step("close_without_measures", S.ISSUED, S.CLOSED,         COORDINATOR,
         when=(rules.report_is_received, rules.there_are_no_measures, rules.decider_is_not_in_the_team),
         label=pgettext_lazy("inspection", "Close"), order=_("Close {reference}")),
    Step("close",          S.MEASURES_OPEN,  S.CLOSED,         COORDINATOR,
         when=(rules.every_measure_is_settled, rules.decider_is_not_in_the_team), meaning="close",
         label=pgettext_lazy("inspection", "Close"), order=_("Settle the measures of {reference} and close it")),
    Step("reopen",         S.CLOSED,         S.MEASURES_OPEN,  COORDINATOR, give=("reason",),
         when=(rules.decider_is_not_in_the_team,), label=_("Reopen")),
    Step("cancel", (S.PLANNED, S.PREPARED, S.IN_PROGRESS, S.SUSPENDED, S.REPORT_DRAFT, S.UNDER_REVIEW),
         S.CANCELLED, COORDINATOR, give=("reason",), label=_("Cancel the mission")),
    Step("void", (S.PLANNED, S.PREPARED, S.IN_PROGRESS, S.SUSPENDED, S.REPORT_DRAFT, S.UNDER_REVIEW, S.ISSUED,
                  S.MEASURES_OPEN), S.VOID, QM, give=("reason",), label=_("Void with reason")),
)
# fmt: on

LIFECYCLE = Lifecycle(
    name="inspection",
    states=State,
    steps=STEPS,
    create_by=(COORDINATOR, Role.INSPECTION_LEAD),
    edit_by={
        S.PLANNED: (LEADER, COORDINATOR),
        S.REPORT_DRAFT: (LEADER, TEAM),
    },
    finals=(S.CANCELLED, S.VOID, S.CLOSED),
    line=(
        S.PLANNED, S.PREPARED, S.IN_PROGRESS, S.REPORT_DRAFT, S.UNDER_REVIEW, S.ISSUED, S.MEASURES_OPEN, S.CLOSED,
    ),
    looks={
        S.PLANNED: ("dotted", "still"),
        S.PREPARED: ("half", "info"),
        S.IN_PROGRESS: ("disc", "info"),
        S.SUSPENDED: ("diamond", "warn"),
        S.REPORT_DRAFT: ("half", "info"),
        S.UNDER_REVIEW: ("diamond", "warn"),
        S.ISSUED: ("tick", "ok"),
        S.MEASURES_OPEN: ("disc", "warn"),
        S.CLOSED: ("tick", "ok"),
        S.CANCELLED: ("dotted", "still"),
        S.VOID: ("dotted", "still"),
    },
    rounds=("return_to_planning", "return_report", "return_to_site"),
)  # fmt: skip


class MeasureState(TextChoices):
    ORDERED = "ordered", pgettext_lazy("measure", "ordered")
    RUNNING = "running", pgettext_lazy("measure", "term running")
    REPORTED = "reported", pgettext_lazy("measure", "reported as fulfilled")
    EXTENSION_REQUESTED = "extension_requested", pgettext_lazy("measure", "extension requested")
    FULFILLED = "fulfilled", pgettext_lazy("measure", "fulfilled")
    TRANSFERRED = "transferred", pgettext_lazy("measure", "transferred")
    VOID = "void", pgettext_lazy("measure", "void")


M = MeasureState

# fmt: off
MEASURE_STEPS = (
    #    verb                from                   to                     by
    Step("start_term",       M.ORDERED,             M.RUNNING,             CLOCK, when=(rules.term_can_run,),
         label=_("Start the term")),
    Step("report_fulfilled", M.RUNNING,             M.REPORTED,            (TEAM, LEADER), give=("fulfilment",),
         label=_("Report as fulfilled"), order=_("Follow up the measure {reference}")),
    Step("verify",           M.REPORTED,            M.FULFILLED,           (COORDINATOR, TEAM, LEADER),
         not_who_did=("report_fulfilled",), when=(rules.verifier_did_not_report,),
         label=_("Verify"), order=_("Verify that the measure {reference} is fulfilled")),
    Step("find_unfulfilled", M.REPORTED,            M.RUNNING,             (COORDINATOR, TEAM, LEADER),
         give=("reason",), not_who_did=("report_fulfilled",), label=_("Not fulfilled")),
    Step("request_extension", M.RUNNING,            M.EXTENSION_REQUESTED, (TEAM, LEADER),
         give=("requested_due_on", "reason"), label=_("Request an extension")),
    Step("grant_extension",  M.EXTENSION_REQUESTED, M.RUNNING,             COORDINATOR, give=("reason",),
         not_who_did=("request_extension",),
         label=_("Extend the deadline"), order=_("Decide on the extension of {reference}")),
    Step("refuse_extension", M.EXTENSION_REQUESTED, M.RUNNING,             COORDINATOR, give=("reason",),
         not_who_did=("request_extension",), label=_("Refuse the extension")),
    Step("transfer",         M.RUNNING,             M.TRANSFERRED,         COORDINATOR, give=("reason",),
         label=_("Transfer with reason")),
    Step("reopen",           (M.FULFILLED, M.TRANSFERRED), M.RUNNING,      COORDINATOR, give=("reason",),
         label=_("Reopen")),
    Step("void", (M.ORDERED, M.RUNNING, M.REPORTED, M.EXTENSION_REQUESTED), M.VOID, (COORDINATOR, QM), give=("reason",),
         label=_("Void with reason")),
)
# fmt: on

MEASURE = Lifecycle(
    name="measure",
    states=MeasureState,
    steps=MEASURE_STEPS,
    create_by=(LEADER, TEAM),
    edit_by={M.ORDERED: (LEADER, TEAM)},
    finals=(M.FULFILLED, M.TRANSFERRED, M.VOID),
    line=(M.ORDERED, M.RUNNING, M.REPORTED, M.FULFILLED),
    looks={
        M.ORDERED: ("dotted", "still"),
        M.RUNNING: ("disc", "info"),
        M.REPORTED: ("half", "info"),
        M.EXTENSION_REQUESTED: ("diamond", "warn"),
        M.FULFILLED: ("tick", "ok"),
        M.TRANSFERRED: ("half", "still"),
        M.VOID: ("dotted", "still"),
    },
    rounds=("find_unfulfilled", "reopen"),
)
