"""A record of every registered type in every state of its table, brought there through the doors.

A new type adds one line to MAKERS; without it the contract tests fail and say so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from procedures.documents import commands
from procedures.documents.content import TextSection
from procedures.documents.lifecycle import DocumentState
from procedures.documents.lifecycle import State as RevisionState
from procedures.documents.models import Document, Revision
from qms.lifecycle.perform import amend, perform
from qms.trail import clock
from tests.inspections import make as missions
from tests.nonconformities import make as nonconformities
from tests.people import Body, signing
from workflows.actions.lifecycle import State as ActionState
from workflows.actions.models import CorrectiveAction
from workflows.inspections.lifecycle import M
from workflows.inspections.lifecycle import S as MissionState
from workflows.inspections.models import Inspection, Measure
from workflows.nonconformities.lifecycle import State as NcState

SECTIONS = (TextSection("s1", "Purpose", "<p>What it is for.</p>"),)


def revision(body: Body, state: str, code: str = "PS-01") -> Revision:
    """Ann writes, Rita and Rado review, Petra approves."""
    document = commands.create_document(body.organisation, code, "Control of documents", body.ann, owner=body.ann)
    draft = commands.open_new_revision(document, body.ann, kind_of_change="new", reason_for_change="first issue")
    commands.write(draft, body.ann, SECTIONS)
    amend(draft, body.ann, reviewers=[body.rita.pk, body.rado.pk], owner=body.ann)
    return _revision_to(draft, body, state)


def _revision_to(draft: Revision, body: Body, state: str) -> Revision:
    today = clock.today(body.organisation.time_zone)
    if state == RevisionState.CANCELLED:
        return perform(draft, "cancel", body.bob, reason="Not needed.")
    way: list[Callable[[], Any]] = [
        lambda: perform(draft, "submit", body.ann),
        lambda: [perform(draft, "agree", who) for who in (body.rita, body.rado) if who.pk in draft.reviewers],
        lambda: perform(draft, "approve", body.petra, proof=signing(), effective_from=today),
        lambda: commands.put_into_force(draft),
    ]
    order = [RevisionState.IN_REVIEW, RevisionState.IN_APPROVAL, RevisionState.APPROVED, RevisionState.EFFECTIVE]
    for step, reached in zip(way, order, strict=True):
        if draft.state == state:
            break
        step()
        draft.refresh_from_db()
        assert draft.state == reached
    if state == RevisionState.SUPERSEDED:
        _next_revision(draft, body)
    if state == RevisionState.WITHDRAWN:
        document = Document.unscoped.get(pk=draft.document_id)
        perform(document, "withdraw", body.petra, proof=signing(), reason="The task ended.")
    draft.refresh_from_db()
    return draft


def _next_revision(effective: Revision, body: Body) -> None:
    document = Document.unscoped.get(pk=effective.document_id)
    draft = commands.open_new_revision(
        document, body.ann, kind_of_change="substantive", reason_for_change="a step was missing"
    )
    commands.write(draft, body.ann, (*SECTIONS, TextSection("s2", "Records", "<p>Kept.</p>")))
    amend(draft, body.ann, reviewers=[body.rita.pk], owner=body.ann)
    tomorrow = clock.now() + timedelta(days=1)
    with clock.at(tomorrow):
        _revision_to(draft, body, RevisionState.EFFECTIVE)


def document(body: Body, state: str, code: str = "PS-01") -> Document:
    if state == DocumentState.PREPARED:
        return commands.create_document(body.organisation, code, "Control of documents", body.ann, owner=body.ann)
    if state == DocumentState.VOID:
        made: Document = perform(
            document(body, DocumentState.PREPARED, code), "void", body.bob, reason="Entered twice."
        )
        return made
    wanted = RevisionState.WITHDRAWN if state == DocumentState.WITHDRAWN else RevisionState.EFFECTIVE
    found: Document = Document.unscoped.get(pk=revision(body, wanted, code).document_id)
    assert found.state == state
    return found


def nonconformity(body: Body, state: str) -> Any:
    return nonconformities.in_state(body, NcState(state))


def action(body: Body, state: str) -> CorrectiveAction:
    """Stan carries it out, Bob decides."""
    if state == ActionState.PLANNED:
        return nonconformities.in_state(body, NcState.ACTION_PLANNED).actions.get()
    if state == ActionState.CANCELLED:
        return perform(action(body, ActionState.PLANNED), "withdraw", body.stan, reason="Another way was found.")
    found = nonconformities.in_state(body, NcState.IMPLEMENTING).actions.get()
    if state == ActionState.VOID:
        return perform(found, "void", body.bob, reason="Entered twice.")
    later = clock.now() + timedelta(days=365)
    way: list[Callable[[], Any]] = [
        lambda: perform(found, "approve", body.bob),
        lambda: perform(found, "begin", body.stan),
    ]
    asks = {
        ActionState.EXTENSION_REQUESTED: lambda: perform(
            found, "request_extension", body.stan, requested_due_on=later.date(), reason="The supplier is late."
        ),
        ActionState.CANCEL_REQUESTED: lambda: perform(found, "request_cancelling", body.stan, reason="No need."),
    }
    if state in asks:
        way.append(asks[ActionState(state)])
    else:
        way += _to_decision(found, body, state, later)
    for step in way:
        if found.state == state:
            break
        step()
    found.refresh_from_db()
    return found


def _to_decision(found: CorrectiveAction, body: Body, state: str, later: Any) -> list[Callable[[], Any]]:
    def decided() -> None:
        with clock.at(later):
            if state == ActionState.NOT_EFFECTIVE:
                perform(found, "find_not_effective", body.bob, result="3 of 12", reason="It came back.")
            else:
                perform(found, "find_effective", body.bob, result="0 of 12", proof=signing())

    return [
        lambda: perform(found, "report_implemented", body.stan, implementation="Done."),
        lambda: perform(found, "confirm", body.bob),
        decided,
    ]


def inspection(body: Body, state: str) -> Inspection:
    """Lena leads, Ines inspects, Cora issues."""
    made: dict[str, Callable[[], Inspection]] = {
        MissionState.PLANNED: lambda: missions.planned(body),
        MissionState.PREPARED: lambda: perform(missions.planned(body), "prepare", body.lena),
        MissionState.IN_PROGRESS: lambda: missions.in_progress(body),
        MissionState.SUSPENDED: lambda: perform(missions.in_progress(body), "suspend", body.lena, reason="No access."),
        MissionState.REPORT_DRAFT: lambda: perform(
            missions.answered(missions.in_progress(body), body), "draw_up_report", body.lena
        ),
        MissionState.UNDER_REVIEW: lambda: missions.under_review(body),
        MissionState.ISSUED: lambda: missions.issued(body),
        MissionState.MEASURES_OPEN: lambda: missions.received(body),
        MissionState.CLOSED: lambda: missions.closed(body),
        MissionState.CANCELLED: lambda: perform(missions.planned(body), "cancel", body.cora, reason="Postponed."),
        MissionState.VOID: lambda: perform(missions.planned(body), "void", body.bob, reason="Entered twice."),
    }
    return made[state]()


def measure(body: Body, state: str) -> Measure:
    """Ines follows it up, Cora decides."""
    mission = missions.under_review(body) if state == M.ORDERED else missions.received(body)
    found: Measure = Measure.objects.of(body.organisation.pk).get(inspection=mission)
    reason: dict[str, Any] = {"reason": "As agreed."}
    if state in (M.REPORTED, M.FULFILLED):
        perform(found, "report_fulfilled", body.ines, fulfilment="The plan hangs at the door.")
    if state == M.FULFILLED:
        perform(found, "verify", body.cora)
    if state == M.EXTENSION_REQUESTED:
        later = found.due_on + timedelta(days=10) if found.due_on else None
        perform(found, "request_extension", body.lena, requested_due_on=later, **reason)
    if state == M.TRANSFERRED:
        perform(found, "transfer", body.cora, **reason)
    if state == M.VOID:
        perform(found, "void", body.cora, **reason)
    return found


MAKERS: dict[str, Callable[[Body, str], Any]] = {
    "document": document,
    "revision": revision,
    "nonconformity": nonconformity,
    "correctiveaction": action,
    "inspection": inspection,
    "measure": measure,
}
