"""What follows from a step, in its transaction: decisions written down, the clock's next step, the document told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.documents import content as contents
from procedures.documents.models import Decision, Document, KindOfChange, Revision, Verdict
from qms.lifecycle.perform import create, perform
from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.people.actors import SYSTEM, Actor
from qms.people.models import Organisation, Person
from qms.trail import clock
from qms.trail.models import TrailEvent

VERDICTS = {
    "submit": Verdict.SUBMITTED,
    "agree": Verdict.AGREED,
    "return_to_author": Verdict.RETURNED,
    "approve": Verdict.APPROVED,
    "reject": Verdict.REJECTED,
    "take_back": Verdict.TAKEN_BACK,
    "revoke_approval": Verdict.REVOKED,
}


def begin_revision(document: Document, _event: TrailEvent, actor: Actor, given: dict[str, Any]) -> None:
    """The draft somebody opened: numbered after the last one, its content that of the revision in force."""
    if given["kind_of_change"] not in KindOfChange.values:
        raise Refused([Reason(_("There is no such kind of change."), "shape", field="kind_of_change")])
    base: Revision | None = document.effective().first()
    edition, number = _next_number(document, bool(given.get("new_edition")))
    body = base.body if base else contents.body_for(document.kind)
    create(
        Revision,
        actor,
        organisation=document.organisation,
        document=document,
        reference=f"{document.reference}/{edition}.{number}",
        title=document.title,
        unit=document.unit,
        owner=document.owner,
        edition=edition,
        number=number,
        base=base,
        kind_of_change=given["kind_of_change"],
        reason_for_change=given["reason_for_change"],
        language=base.language if base else document.language,
        author=actor.person,
        reviewers=base.reviewers if base else [],
        body=body,
        content=base.content if base else contents.begun(body, document.language),
        file_sha256=base.file_sha256 if base else "",
        file_name=base.file_name if base else "",
    )


def _next_number(document: Document, new_edition: bool) -> tuple[int, int]:
    """Every number is given once; that of a cancelled draft stays with it."""
    last = document.revisions.order_by("edition", "number").values_list("edition", "number").last()
    if last is None:
        return 1, 0
    edition, number = last
    return (edition + 1, 0) if new_edition else (edition, number + 1)


def record_decision(revision: Revision, event: TrailEvent, actor: Actor, _given: dict[str, Any]) -> None:
    """Write down who decided what about which content."""
    assert actor.person is not None
    answers = _answering(revision, event, actor.person)
    Decision.unscoped.create(
        organisation_id=revision.organisation_id,
        revision=revision,
        seq=event.seq,
        verdict=VERDICTS[event.verb],
        person=answers,
        by=actor.person,
        name=answers.name,
        office=answers.job_title,
        content_hash=revision.content_hash,
        at=event.at,
    )


def _answering(revision: Revision, event: TrailEvent, person: Person) -> Person:
    if event.on_behalf_of_id is None:
        return person
    return Person.objects.get(pk=event.on_behalf_of_id)


def pass_when_all_agreed(revision: Revision, _event: TrailEvent, _actor: Actor, _given: dict[str, Any]) -> None:
    """The last agreement passes the revision on to its approver, by the clock through the same door."""
    if not revision.waited_for:
        perform(revision, "pass_to_approval", SYSTEM)


def supersede_predecessor(revision: Revision, _actor: Actor) -> None:
    """Before it comes into force, what is in force leaves it: never two at once, never none between."""
    before = revision.document.effective().first()
    if before is not None:
        perform(before, "supersede", SYSTEM)


def tell_document(revision: Revision, _event: TrailEvent, _actor: Actor, _given: dict[str, Any]) -> None:
    """The document points to the revision that is now in force."""
    perform(revision.document, "put_in_force", SYSTEM)


def withdraw_revision(document: Document, _event: TrailEvent, _actor: Actor, _given: dict[str, Any]) -> None:
    """What is in force goes with its document."""
    revision = document.effective().first()
    if revision is not None:
        perform(revision, "withdraw", SYSTEM)


def coded(document: Document, _given: Mapping[str, Any], _actor: Actor) -> dict[str, Any]:
    """The code is the reference. Under the body's lock, so that of two documents made at once one hears it is taken."""
    Organisation.objects.select_for_update(no_key=True).get(pk=document.organisation_id)
    code = " ".join(document.code.split())
    return {"code": code, "reference": code}


def in_force_now(document: Document, _given: Mapping[str, Any], _actor: Actor) -> dict[str, Any]:
    return {"current": document.effective().first()}


def ends_with_successor(revision: Revision, _given: Mapping[str, Any], _actor: Actor) -> dict[str, Any]:
    """It is in force until the day its successor is."""
    successor = revision.document.open_revision
    return {"effective_to": successor.effective_from if successor else None}


def ends_today(revision: Revision, _given: Mapping[str, Any], _actor: Actor) -> dict[str, Any]:
    today = clock.today(revision.organisation.time_zone)
    return {"effective_to": max(today, revision.effective_from or today)}
