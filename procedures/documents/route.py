"""The route of approval of a revision: who is asked, who has answered what, and what is to come."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.documents.lifecycle import State
from procedures.documents.models import Decision, Revision, Verdict
from qms.face.parts import Badge, Opinion, Route, RouteGroup, Shape, Stage, Tone
from qms.lifecycle.case import Case
from qms.people.models import Person
from qms.people.roles import Role
from qms.trail.models import TrailDetail

LOOKS = {
    Verdict.SUBMITTED: (Shape.TICK, Tone.OK),
    Verdict.AGREED: (Shape.TICK, Tone.OK),
    Verdict.APPROVED: (Shape.TICK, Tone.OK),
    Verdict.RETURNED: (Shape.TRIANGLE, Tone.LATE),
    Verdict.REJECTED: (Shape.TRIANGLE, Tone.LATE),
    Verdict.TAKEN_BACK: (Shape.DOTTED, Tone.STILL),
    Verdict.REVOKED: (Shape.TRIANGLE, Tone.LATE),
}
REFUSING = (Verdict.RETURNED, Verdict.REJECTED, Verdict.REVOKED)


def route_of(revision: Revision, case: Case) -> Route:
    """The present round: author, reviewers in parallel, approver; and why the round before it ended."""
    decisions = revision.round()
    said = _sentences(revision, decisions)
    present = revision.content_hash
    reviewers = _reviewers(revision, decisions, said, present)
    groups = [
        RouteGroup([_author(revision, decisions)]),
        RouteGroup(reviewers, note=_("Reviewers, in parallel") if len(reviewers) > 1 else ""),
        RouteGroup([_approver(revision, case, decisions, said, present)]),
    ]
    answered = sum(opinion.stage in (Stage.DONE, Stage.REFUSED) for opinion in reviewers)
    note = ngettext("%(n)d reviewer, %(answered)d answered", "%(n)d reviewers, %(answered)d answered", len(reviewers))
    return Route(groups, note % {"n": len(reviewers), "answered": answered} if reviewers else "")


def _author(revision: Revision, decisions: list[Decision]) -> Opinion:
    submitted = next((one for one in decisions if one.verdict == Verdict.SUBMITTED), None)
    name, office = (revision.author.name, revision.author.job_title) if revision.author else ("", "")
    if submitted is None or revision.state == State.DRAFT:
        badge = Badge(Shape.DOTTED, Tone.STILL, _("draft"), plain=True)
        return Opinion(_("Prepared by"), name, Stage.NOW, office, badge)
    return _given(_("Prepared by"), submitted, "")


def _reviewers(revision: Revision, decisions: list[Decision], said: dict[int, str], present: str) -> list[Opinion]:
    answers = {one.person_id: one for one in decisions if one.verdict in (Verdict.AGREED, Verdict.RETURNED)}
    people = {person.pk: person for person in Person.objects.filter(pk__in=revision.reviewers)}
    found = []
    for pk in revision.reviewers:
        answer = answers.get(pk)
        if answer is not None:
            found.append(_given(_("Reviewed by"), answer, said.get(answer.seq, ""), answer.content_hash == present))
        elif pk in people:
            found.append(_awaited(_("Reviewed by"), people[pk].name, people[pk].job_title,
                                  revision.state == State.IN_REVIEW))  # fmt: skip
    return found


def _approver(revision: Revision, case: Case, decisions: list[Decision], said: dict[int, str], present: str) -> Opinion:
    verdicts = (Verdict.APPROVED, Verdict.REJECTED, Verdict.REVOKED)
    answer = next((one for one in reversed(decisions) if one.verdict in verdicts), None)
    if answer is not None:
        return _given(_("Approved by"), answer, said.get(answer.seq, ""), answer.content_hash == present)
    names = ", ".join(case.names_of(Role.APPROVER)) or _("nobody yet")
    return _awaited(_("Approved by"), names, str(Role.APPROVER.label), revision.state == State.IN_APPROVAL)


def _given(task: str, decision: Decision, sentence: str, same: bool = True) -> Opinion:
    verdict = Verdict(decision.verdict)
    shape, tone = LOOKS[verdict]
    word = str(verdict.label) if same else _("signed another version")
    badge = Badge(shape if same else Shape.TRIANGLE, tone if same else Tone.LATE, word, plain=True)
    stage = Stage.REFUSED if verdict in REFUSING or not same else Stage.DONE
    return Opinion(task, decision.who, stage, decision.office, badge, decision.at, sentence=sentence)


def _awaited(task: str, name: str, office: str, now: bool) -> Opinion:
    if now:
        return Opinion(task, name, Stage.NOW, office, Badge(Shape.DIAMOND, Tone.WARN, _("awaited"), plain=True))
    return Opinion(task, name, Stage.TO_COME, office, Badge(Shape.DOTTED, Tone.STILL, _("to come"), plain=True))


def _sentences(revision: Revision, decisions: list[Decision]) -> dict[int, str]:
    """What people wrote with a refusal, from the trail: event number → sentence. One query where there is one."""
    wanted = [one.seq for one in decisions if one.verdict in REFUSING]
    if not wanted:
        return {}
    details = TrailDetail.objects.filter(event__stream=revision.uid, event__seq__in=wanted)
    rows = details.values_list("event__seq", "clear")
    return {seq: _reason(json.loads(clear)) for seq, clear in rows}


def _reason(clear: dict[str, Any]) -> str:
    return str(clear.get("reason", {}).get("value") or "")
