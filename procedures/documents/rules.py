"""What must hold before a document or a revision moves on (ISO 9001:2015, 7.5.2 and 7.5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.rules import rule
from qms.trail import clock

if TYPE_CHECKING:
    from procedures.documents.models import Document, Revision
    from qms.people.actors import Actor

SEPARATION = _("separation of duties")


@rule(
    otherwise=_("A revision of this document is already under way; finish or cancel it first."),
    clause="ISO 9001 7.5.3.2 c",
    mend="revisions",
)
def no_revision_is_open(document: Document) -> bool:
    return document.open_revision is None


@rule(otherwise=_("No revision of the document is in force."), clause="ISO 9001 7.5.3", mend="revisions")
def a_revision_is_effective(document: Document) -> bool:
    return document.effective().exists()


@rule(otherwise=_("It was in force once, so it is withdrawn, not voided."), clause="ISO 9001 7.5.3.2")
def was_never_in_force(document: Document) -> bool:
    return document.current_id is None


@rule(
    otherwise=_("The document is not written to its end: a part has no text, or the file is missing."),
    clause="ISO 9001 7.5.2 b",
    mend="content",
    who=("author", "owner"),
)
def content_is_complete(revision: Revision) -> bool:
    return revision.is_complete


@rule(otherwise=_("The process owner is not named."), clause="ISO 9001 5.3", mend="facts", who=("author", "owner"))
def owner_is_named(revision: Revision) -> bool:
    return revision.owner_id is not None


@rule(
    otherwise=_("No reviewer is named."), clause="ISO 9001 7.5.2 c", mend="route-of-approval", who=("author", "owner")
)
def reviewers_are_named(revision: Revision) -> bool:
    return bool(revision.reviewers)


@rule(
    otherwise=_("A reviewer is the author too; name someone else."),
    clause=SEPARATION,
    mend="route-of-approval",
    who="author",
)
def no_reviewer_wrote_it(revision: Revision) -> bool:
    return revision.author_id not in revision.reviewers


@rule(otherwise=_("Your agreement to this version is already recorded."), clause="ISO 9001 7.5.2 c")
def not_agreed_yet(revision: Revision, actor: Actor) -> bool:
    stands_for = {actor.person_id, *(held.for_id for held in actor.held if held.everything)}
    asked = stands_for.intersection(revision.reviewers)
    return not asked or bool(asked.intersection(revision.waited_for))


@rule(
    otherwise=_("Not every reviewer has agreed yet."),
    clause="ISO 9001 7.5.2 c",
    mend="route-of-approval",
    who="reviewers",
)
def all_reviewers_agreed(revision: Revision) -> bool:
    return not revision.waited_for


@rule(
    otherwise=_("The content is not the one the reviewers agreed to, so it is reviewed again first."),
    clause="ISO 9001 7.5.3.2 c",
    mend="route-of-approval",
)
def content_is_as_reviewed(revision: Revision) -> bool:
    return not revision.waited_for


@rule(otherwise=_("You are the author, so someone else approves it."), clause=SEPARATION, who="approver")
def approver_is_not_author(revision: Revision, actor: Actor) -> bool:
    return actor.person_id is None or actor.person_id != revision.author_id


@rule(otherwise=_("The day it comes into force has not come yet."), clause="ISO 9001 7.5.3")
def its_day_has_come(revision: Revision) -> bool:
    day = revision.effective_from
    return day is not None and day <= clock.today(revision.organisation.time_zone)


@rule(
    otherwise=_("The day it comes into force has passed; choose a later one, or say why it applies from then."),
    clause="ISO 9001 7.5.3",
)
def a_past_day_is_explained(revision: Revision) -> bool:
    day = revision.effective_from
    today = clock.today(revision.organisation.time_zone)
    return day is None or day >= today or bool(revision.past_date_reason.strip())


@rule(otherwise=_("The revision in force began later than that day."), clause="ISO 9001 7.5.3")
def it_begins_after_its_predecessor(revision: Revision) -> bool:
    before, day = revision.document.effective().first(), revision.effective_from
    return before is None or before.effective_from is None or day is None or day >= before.effective_from


@rule(otherwise=_("No approved revision has reached its day, so this one stays in force."), clause="ISO 9001 7.5.3")
def successor_is_due(revision: Revision) -> bool:
    successor = revision.document.open_revision
    return successor is not None and successor.is_due


@rule(otherwise=_("The document itself is not withdrawn."), clause="ISO 9001 7.5.3")
def document_is_withdrawn(revision: Revision) -> bool:
    return revision.document.is_withdrawn
