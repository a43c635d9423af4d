"""How a nonconformity moves from report to closure (ISO 9001:2015, 10.2).

The one who owns it never verifies nor closes it. Whoever rejects, reopens or voids says why.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.lifecycle.table import CLOCK, Lifecycle, Step
from qms.people.roles import Role
from workflows.nonconformities import rules


class State(TextChoices):
    REPORTED = "reported", pgettext_lazy("nonconformity", "reported")
    TRIAGED = "triaged", pgettext_lazy("nonconformity", "triaged")
    CONTAINED = "contained", pgettext_lazy("nonconformity", "contained")
    ANALYSING = "analysing", pgettext_lazy("nonconformity", "being analysed")
    ACTION_PLANNED = "action_planned", pgettext_lazy("nonconformity", "action planned")
    IMPLEMENTING = "implementing", pgettext_lazy("nonconformity", "being implemented")
    VERIFYING = "verifying", pgettext_lazy("nonconformity", "effectiveness check")
    CLOSED = "closed", pgettext_lazy("nonconformity", "closed")
    REJECTED = "rejected", pgettext_lazy("nonconformity", "rejected")
    DUPLICATE = "duplicate", pgettext_lazy("nonconformity", "duplicate")
    VOID = "void", pgettext_lazy("nonconformity", "void")


S = State
QM = Role.QUALITY_MANAGER
OWNER = "owner"
REPORTER = "reporter"

# fmt: off
STEPS = (
    #    verb               from                to                 by
    Step("triage",          S.REPORTED,         S.TRIAGED,         QM,
         when=(rules.requirement_is_named,),
         give=("grade", "owner", "route", "rationale"), may_give=("unit",),
         label=_("Triage"), order=_("Triage {reference}: grade, owner and route")),
    Step("reject",          S.REPORTED,         S.REJECTED,        QM, give=("reason",), label=_("Reject")),
    Step("mark_duplicate",  S.REPORTED,         S.DUPLICATE,       QM, give=("duplicate_of", "reason"),
         label=_("Mark as duplicate")),
    Step("return_to_reporter", S.TRIAGED,       S.REPORTED,        (OWNER, QM), give=("reason",),
         label=_("Return with reason")),
    Step("contain",         S.TRIAGED,          S.CONTAINED,       OWNER,
         may_give=("correction", "no_correction_because"),
         after=(rules.correction_is_described,),
         label=_("Record the correction"), order=_("Correct {reference}, or say why nothing is to be corrected")),
    Step("analyse",         S.CONTAINED,        S.ANALYSING,       OWNER, when=(rules.needs_corrective_action,),
         give=("method",), label=_("Begin the analysis"), order=_("Find the cause of {reference}")),
    Step("check_correction", S.CONTAINED,       S.VERIFYING,       OWNER, when=(rules.needs_correction_only,),
         label=_("Submit for verification"), order=_("Submit the correction of {reference} for verification")),
    Step("plan",            S.ANALYSING,        S.ACTION_PLANNED,  OWNER,
         when=(rules.cause_is_determined, rules.similar_cases_are_answered, rules.weak_cause_is_explained,
               rules.an_action_is_planned),
         label=_("Submit the action plan"), order=_("Determine the cause of {reference} and plan the action")),
    Step("approve_plan",    S.ACTION_PLANNED,   S.IMPLEMENTING,    QM, not_who_did=("plan",),
         when=(rules.top_management_agreed,),
         label=_("Approve the action plan"), order=_("Approve the action plan of {reference}")),
    Step("agree_to_plan",   S.ACTION_PLANNED,   S.ACTION_PLANNED,  Role.TOP_MANAGEMENT, not_who_did=("plan",),
         label=_("Agree to the action plan")),
    Step("return_plan",     S.ACTION_PLANNED,   S.ANALYSING,       QM, give=("reason",),
         label=_("Return the action plan")),
    Step("begin_verification", S.IMPLEMENTING,  S.VERIFYING,       CLOCK, when=(rules.actions_are_implemented,),
         label=_("Begin the effectiveness check")),
    Step("close",           S.VERIFYING,        S.CLOSED,          QM,
         not_who_did=("contain", "plan", "create"), meaning="close",
         when=(rules.verifier_is_not_owner, rules.actions_are_effective, rules.consequences_are_considered),
         label=_("Close"), order=_("Verify and close {reference}")),
    Step("not_effective",   S.VERIFYING,        S.ANALYSING,       (QM, CLOCK), not_who_did=("contain", "plan"),
         give=("reason",), label=_("Not effective"), when=(rules.verifier_is_not_owner,)),
    Step("reopen",          S.CLOSED,           S.ANALYSING,       QM, give=("reason",), label=_("Reopen")),
    Step("void", (S.REPORTED, S.TRIAGED, S.CONTAINED, S.ANALYSING, S.ACTION_PLANNED, S.IMPLEMENTING, S.VERIFYING),
         S.VOID, QM, give=("reason",), label=_("Void with reason")),
)
# fmt: on

LIFECYCLE = Lifecycle(
    name="nonconformity",
    states=State,
    create_by=(Role.STAFF, Role.INSPECTOR, Role.INSPECTION_LEAD, QM, Role.PROCESS_OWNER, CLOCK),
    edit_by={
        S.REPORTED: (REPORTER, QM),
        S.TRIAGED: (OWNER, QM),
        S.CONTAINED: (OWNER,),
        S.ANALYSING: (OWNER,),
        S.ACTION_PLANNED: (OWNER,),
        S.IMPLEMENTING: (OWNER,),
        S.VERIFYING: (QM,),
    },
    finals=(S.CLOSED, S.REJECTED, S.DUPLICATE, S.VOID),
    line=(S.REPORTED, S.TRIAGED, S.CONTAINED, S.ANALYSING, S.ACTION_PLANNED, S.IMPLEMENTING, S.VERIFYING, S.CLOSED),
    looks={
        S.REPORTED: ("diamond", "warn"),
        S.TRIAGED: ("half", "info"),
        S.CONTAINED: ("half", "info"),
        S.ANALYSING: ("half", "info"),
        S.ACTION_PLANNED: ("diamond", "warn"),
        S.IMPLEMENTING: ("disc", "info"),
        S.VERIFYING: ("half", "info"),
        S.CLOSED: ("tick", "ok"),
        S.REJECTED: ("triangle", "late"),
        S.DUPLICATE: ("dotted", "still"),
        S.VOID: ("dotted", "still"),
    },
    rounds=("not_effective", "reopen"),
    steps=STEPS,
)
