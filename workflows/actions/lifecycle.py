"""How a corrective action moves from plan to a decision on its effect (ISO 9001:2015, 10.2.1 c, d).

Who owns it neither approves it nor decides whether it was effective. Its first date never changes.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.lifecycle.table import Lifecycle, Step
from qms.people.roles import Role
from workflows.actions import rules


class State(TextChoices):
    PLANNED = "planned", pgettext_lazy("corrective action", "planned")
    APPROVED = "approved", pgettext_lazy("corrective action", "approved")
    IN_PROGRESS = "in_progress", pgettext_lazy("corrective action", "in progress")
    EXTENSION_REQUESTED = "extension_requested", pgettext_lazy("corrective action", "extension requested")
    CANCEL_REQUESTED = "cancel_requested", pgettext_lazy("corrective action", "cancellation requested")
    IMPLEMENTED = "implemented", pgettext_lazy("corrective action", "implemented")
    EFFECTIVENESS_PENDING = "effectiveness_pending", pgettext_lazy("corrective action", "effectiveness check pending")
    EFFECTIVE = "effective", pgettext_lazy("corrective action", "effective")
    NOT_EFFECTIVE = "not_effective", pgettext_lazy("corrective action", "not effective")
    CANCELLED = "cancelled", pgettext_lazy("corrective action", "cancelled")
    VOID = "void", pgettext_lazy("corrective action", "void")


S = State
QM = Role.QUALITY_MANAGER
OWNER = "owner"

# fmt: off
STEPS = (
    #    verb                  from                  to                    by
    Step("approve",            S.PLANNED,            S.APPROVED,           QM,
         when=(rules.criterion_is_set, rules.decider_is_not_owner, rules.plan_is_approved),
         label=pgettext_lazy("corrective action", "Approve"), order=_("Approve the corrective action {reference}")),
    Step("return",             S.APPROVED,           S.PLANNED,            QM, give=("reason",),
         label=_("Return with reason")),
    Step("begin",              S.APPROVED,           S.IN_PROGRESS,        OWNER,
         label=_("Begin"), order=_("Begin the corrective action {reference}")),
    Step("report_implemented", S.IN_PROGRESS,        S.IMPLEMENTED,        OWNER,
         give=("implementation",),
         label=_("Report as implemented"), order=_("Carry out {reference} and report what was done")),
    Step("confirm",            S.IMPLEMENTED,        S.EFFECTIVENESS_PENDING, QM,
         when=(rules.decider_is_not_owner,), not_who_did=("report_implemented",),
         label=_("Confirm the implementation"), order=_("Confirm that {reference} was implemented")),
    Step("return_to_owner",    S.IMPLEMENTED,        S.IN_PROGRESS,        QM, give=("reason",),
         when=(rules.decider_is_not_owner,), label=_("Return to the owner")),
    Step("find_effective",     S.EFFECTIVENESS_PENDING, S.EFFECTIVE,       QM,
         give=("result",), when=(rules.decider_is_not_owner, rules.check_day_has_come),
         not_who_did=("report_implemented",), meaning="verify",
         label=_("Effective"), order=_("Decide whether {reference} was effective")),
    Step("find_not_effective", S.EFFECTIVENESS_PENDING, S.NOT_EFFECTIVE,   QM,
         give=("result", "reason"), when=(rules.decider_is_not_owner,), not_who_did=("report_implemented",),
         label=_("Not effective")),
    Step("request_extension",  S.IN_PROGRESS,        S.EXTENSION_REQUESTED, OWNER,
         give=("requested_due_on", "reason"), label=_("Request an extension")),
    Step("grant_extension",    S.EXTENSION_REQUESTED, S.IN_PROGRESS,       QM, give=("reason",),
         when=(rules.is_first_extension, rules.decider_is_not_owner), not_who_did=("request_extension",),
         label=_("Extend the deadline"), order=_("Decide on the extension of {reference}")),
    Step("grant_further_extension", S.EXTENSION_REQUESTED, S.IN_PROGRESS,  Role.TOP_MANAGEMENT,
         give=("reason",), when=(rules.is_further_extension,), not_who_did=("request_extension",),
         label=_("Extend the deadline again"), order=_("Decide on the further extension of {reference}")),
    Step("refuse_extension",   S.EXTENSION_REQUESTED, S.IN_PROGRESS,       (QM, Role.TOP_MANAGEMENT),
         give=("reason",), label=_("Refuse the extension")),
    Step("request_cancelling", (S.APPROVED, S.IN_PROGRESS), S.CANCEL_REQUESTED, OWNER, give=("reason",),
         label=_("Request the cancellation")),
    Step("cancel",             S.CANCEL_REQUESTED,   S.CANCELLED,          QM, give=("reason",),
         not_who_did=("request_cancelling",), label=_("Cancel"),
         order=_("Decide on the cancellation of {reference}")),
    Step("refuse_cancelling",  S.CANCEL_REQUESTED,   S.IN_PROGRESS,        QM, give=("reason",),
         label=_("Refuse the cancellation")),
    Step("withdraw",           S.PLANNED,            S.CANCELLED,          (OWNER, "nc_owner"), give=("reason",),
         label=pgettext_lazy("corrective action", "Withdraw")),
    Step("void", (S.PLANNED, S.APPROVED, S.IN_PROGRESS, S.EXTENSION_REQUESTED, S.CANCEL_REQUESTED, S.IMPLEMENTED,
                  S.EFFECTIVENESS_PENDING), S.VOID, QM, give=("reason",), label=_("Void with reason")),
)
# fmt: on

LIFECYCLE = Lifecycle(
    name="correctiveaction",
    states=State,
    create_by=("nc_owner", QM, Role.PROCESS_OWNER),
    edit_by={S.PLANNED: (OWNER, "nc_owner", QM), S.APPROVED: (OWNER,), S.IN_PROGRESS: (OWNER,)},
    finals=(S.EFFECTIVE, S.NOT_EFFECTIVE, S.CANCELLED, S.VOID),
    line=(S.PLANNED, S.APPROVED, S.IN_PROGRESS, S.IMPLEMENTED, S.EFFECTIVENESS_PENDING, S.EFFECTIVE),
    looks={
        S.PLANNED: ("dotted", "still"),
        S.APPROVED: ("half", "info"),
        S.IN_PROGRESS: ("disc", "info"),
        S.EXTENSION_REQUESTED: ("diamond", "warn"),
        S.CANCEL_REQUESTED: ("diamond", "warn"),
        S.IMPLEMENTED: ("half", "info"),
        S.EFFECTIVENESS_PENDING: ("diamond", "warn"),
        S.EFFECTIVE: ("tick", "ok"),
        S.NOT_EFFECTIVE: ("triangle", "late"),
        S.CANCELLED: ("dotted", "still"),
        S.VOID: ("dotted", "still"),
    },
    rounds=(),
    steps=STEPS,
)
