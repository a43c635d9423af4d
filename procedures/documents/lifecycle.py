"""How a document and its revisions come into force and leave it (ISO 9001:2015, 7.5; ISO 10013).

A revision is what people write, review and approve; a document is what stays when revisions follow each other.
Whoever wrote a revision neither reviews nor approves it. Dates and the predecessor are the clock's business.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.documents import rules
from qms.lifecycle.table import CLOCK, Lifecycle, Step
from qms.people.roles import Role


class DocumentState(TextChoices):
    PREPARED = "prepared", pgettext_lazy("document", "in preparation")
    IN_USE = "in_use", pgettext_lazy("document", "in force")
    WITHDRAWN = "withdrawn", pgettext_lazy("document", "withdrawn")
    VOID = "void", pgettext_lazy("document", "void")


class State(TextChoices):
    DRAFT = "draft", pgettext_lazy("revision", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("revision", "in review")
    IN_APPROVAL = "in_approval", pgettext_lazy("revision", "in approval")
    APPROVED = "approved", pgettext_lazy("revision", "approved")
    EFFECTIVE = "effective", pgettext_lazy("revision", "in force")
    SUPERSEDED = "superseded", pgettext_lazy("revision", "superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("revision", "withdrawn")
    CANCELLED = "cancelled", pgettext_lazy("revision", "cancelled")


D, S = DocumentState, State
QM, APPROVER = Role.QUALITY_MANAGER, Role.APPROVER
AUTHOR, OWNER, REVIEWERS = "author", "owner", "reviewers"

# States in which a revision is still on its way; a document has at most one there.
OPEN = (S.DRAFT, S.IN_REVIEW, S.IN_APPROVAL, S.APPROVED)
# States of what was or is in force; `effective_from` and `effective_to` say when.
ONCE_IN_FORCE = (S.EFFECTIVE, S.SUPERSEDED, S.WITHDRAWN)

DOCUMENT = Lifecycle(
    name="document",
    states=DocumentState,
    create_by=(Role.AUTHOR, Role.PROCESS_OWNER, QM),
    edit_by={D.PREPARED: (OWNER, Role.AUTHOR, QM), D.IN_USE: (OWNER, QM)},
    finals=(D.WITHDRAWN, D.VOID),
    line=(D.PREPARED, D.IN_USE, D.WITHDRAWN),
    looks={
        D.PREPARED: ("dotted", "still"),
        D.IN_USE: ("tick", "ok"),
        D.WITHDRAWN: ("dotted", "still"),
        D.VOID: ("dotted", "still"),
    },
    steps=(
        #    verb               from            to              by
        Step("open_revision",   D.PREPARED,     D.PREPARED,     (Role.AUTHOR, OWNER, QM),
             when=(rules.no_revision_is_open,), give=("kind_of_change", "reason_for_change"), may_give=("new_edition",),
             label=_("Open a draft"), order=_("Open the first draft of {reference}")),
        Step("open_revision",   D.IN_USE,       D.IN_USE,       (Role.AUTHOR, OWNER, QM),
             when=(rules.no_revision_is_open,), give=("kind_of_change", "reason_for_change"), may_give=("new_edition",),
             label=_("Open a new revision")),
        Step("put_in_force",    D.PREPARED,     D.IN_USE,       CLOCK, when=(rules.a_revision_is_effective,),
             label=_("Put into force")),
        Step("put_in_force",    D.IN_USE,       D.IN_USE,       CLOCK, when=(rules.a_revision_is_effective,),
             label=_("Put into force")),
        Step("withdraw",        D.IN_USE,       D.WITHDRAWN,    (APPROVER, QM), give=("reason",),
             when=(rules.no_revision_is_open,), meaning="approve", label=_("Withdraw")),
        Step("reinstate",       D.WITHDRAWN,    D.PREPARED,     QM, give=("reason",), label=_("Reinstate")),
        Step("void",            D.PREPARED,     D.VOID,         QM, give=("reason",),
             when=(rules.no_revision_is_open, rules.was_never_in_force), label=_("Void with reason")),
    ),
)  # fmt: skip

REVISION = Lifecycle(
    name="revision",
    states=State,
    create_by=(AUTHOR,),  # whoever opens it on the document is its author
    edit_by={S.DRAFT: (AUTHOR, OWNER, QM)},
    finals=(S.SUPERSEDED, S.WITHDRAWN, S.CANCELLED),
    line=(S.DRAFT, S.IN_REVIEW, S.IN_APPROVAL, S.APPROVED, S.EFFECTIVE, S.SUPERSEDED),
    looks={
        S.DRAFT: ("dotted", "still"),
        S.IN_REVIEW: ("half", "info"),
        S.IN_APPROVAL: ("diamond", "warn"),
        S.APPROVED: ("disc", "info"),
        S.EFFECTIVE: ("tick", "ok"),
        S.SUPERSEDED: ("dotted", "still"),
        S.WITHDRAWN: ("dotted", "still"),
        S.CANCELLED: ("dotted", "still"),
    },
    rounds=("return_to_author", "reject", "take_back", "revoke_approval"),
    steps=(
        #    verb                from            to              by
        Step("submit",           S.DRAFT,        S.IN_REVIEW,    AUTHOR,
             when=(rules.content_is_complete, rules.owner_is_named, rules.reviewers_are_named,
                   rules.no_reviewer_wrote_it),
             label=_("Submit for review"), order=_("Finish {reference} and submit it for review")),
        Step("agree",            S.IN_REVIEW,    S.IN_REVIEW,    REVIEWERS,
             when=(rules.not_agreed_yet,), not_who_did=("create", "edit", "submit"),
             label=_("Agree"), order=_("Review {reference}: agree, or return it with your reason")),
        Step("return_to_author", S.IN_REVIEW,    S.DRAFT,        (REVIEWERS, QM), give=("reason",),
             label=_("Return with reason")),
        Step("change_reviewers", S.IN_REVIEW,    S.IN_REVIEW,    (AUTHOR, QM), give=("reviewers", "reason"),
             label=_("Change the reviewers")),
        Step("pass_to_approval", S.IN_REVIEW,    S.IN_APPROVAL,  CLOCK, when=(rules.all_reviewers_agreed,),
             label=_("Pass to approval")),
        Step("approve",          S.IN_APPROVAL,  S.APPROVED,     APPROVER,
             when=(rules.approver_is_not_author, rules.content_is_as_reviewed),
             after=(rules.a_past_day_is_explained, rules.it_begins_after_its_predecessor),
             give=("effective_from",), may_give=("past_date_reason",), not_who_did=("create", "edit", "submit"),
             meaning="approve", label=_("Approve"), order=_("Approve {reference}, with the date it comes into force")),
        Step("reject",           S.IN_APPROVAL,  S.DRAFT,        APPROVER, give=("reason",), label=_("Reject")),
        Step("take_back",        (S.IN_REVIEW, S.IN_APPROVAL), S.DRAFT, AUTHOR, give=("reason",),
             label=_("Take back to draft")),
        Step("revoke_approval",  S.APPROVED,     S.DRAFT,        (APPROVER, QM), give=("reason",),
             label=_("Revoke the approval")),
        Step("make_effective",   S.APPROVED,     S.EFFECTIVE,    CLOCK,
             when=(rules.its_day_has_come,), label=_("Put into force")),
        Step("supersede",        S.EFFECTIVE,    S.SUPERSEDED,   CLOCK, when=(rules.successor_is_due,),
             label=_("Supersede")),
        Step("withdraw",         S.EFFECTIVE,    S.WITHDRAWN,    CLOCK, when=(rules.document_is_withdrawn,),
             label=_("Withdraw")),
        Step("cancel",           OPEN,           S.CANCELLED,    (AUTHOR, QM), give=("reason",),
             label=_("Cancel with reason")),
    ),
)  # fmt: skip
