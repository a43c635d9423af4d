"""A nonconformity in any state, brought there through the doors."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from qms.lifecycle.perform import amend, create, perform
from qms.trail import clock
from tests.people import Body, signing
from workflows.actions.models import CorrectiveAction
from workflows.nonconformities.lifecycle import State
from workflows.nonconformities.models import Nonconformity


def reported(body: Body, **more: Any) -> Nonconformity:
    """Stan found that an obsolete checklist was used."""
    given = {
        "title": "Report drawn up on an obsolete checklist",
        "found_on": date(2026, 5, 14),
        "requirement": "ISO 9001, 7.5.3",
        "evidence": "Report RI-011 names version 2.",
        "place": "Inspection",
        "unit": body.unit,
    }
    return create(Nonconformity, body.stan, organisation=body.organisation, **{**given, **more})


def planned_action(nc: Nonconformity, body: Body, **more: Any) -> CorrectiveAction:
    given = {
        "title": "Checklists open only in the application",
        "description": "Recall and destroy the copies.",
        "owner": body.stan,
        "first_due_on": date(2026, 6, 15),
        "criterion": "0 of 12 reports on an old version",
        "check_on": date(2026, 8, 13),
    }
    return create(CorrectiveAction, body.ann, organisation=body.organisation, nonconformity=nc, **{**given, **more})


def in_state(body: Body, state: State, grade: str = "minor") -> Nonconformity:
    """Ann owns it, Bob decides; every state on the usual way, and the ways out."""
    nc = reported(body)
    if state == State.REJECTED:
        return perform(nc, "reject", body.bob, reason="Not ours.")
    if state == State.VOID:
        return perform(nc, "void", body.bob, reason="Entered twice.")
    if state == State.DUPLICATE:
        return perform(nc, "mark_duplicate", body.bob, duplicate_of=reported(body), reason="The same.")
    for target, step in _way(nc, body, grade):
        if nc.state == state:
            break
        step()
        nc.refresh_from_db()
        assert nc.state == target, (nc.state, target)
    assert nc.state == state
    return nc


def _way(nc: Nonconformity, body: Body, grade: str) -> list[tuple[str, Any]]:
    given: dict[str, Any] = {"grade": grade, "owner": body.ann, "route": "capa", "rationale": "x"}
    return [
        (State.TRIAGED, lambda: perform(nc, "triage", body.bob, **given)),
        (State.CONTAINED, lambda: perform(nc, "contain", body.ann, correction="Two items were checked again.")),
        (State.ANALYSING, lambda: perform(nc, "analyse", body.ann, method="five_whys")),
        (State.ACTION_PLANNED, lambda: _plan(nc, body)),
        (State.IMPLEMENTING, lambda: _approve(nc, body)),
        (State.VERIFYING, lambda: _implement(nc, body)),
        (State.CLOSED, lambda: _close(nc, body)),
    ]  # fmt: skip


def _plan(nc: Nonconformity, body: Body) -> None:
    amend(nc, body.ann, cause="Local copies stayed on laptops.", similar_cases="11 devices looked at, 3 held it.")
    planned_action(nc, body)
    perform(nc, "plan", body.ann)


def _approve(nc: Nonconformity, body: Body) -> None:
    if nc.grade == "major":
        perform(nc, "agree_to_plan", body.vera)
    perform(nc, "approve_plan", body.bob)


def _implement(nc: Nonconformity, body: Body) -> None:
    action = nc.actions.get()
    perform(action, "approve", body.bob)
    perform(action, "begin", body.stan)
    perform(action, "report_implemented", body.stan, implementation="Done, 3 recall forms signed.")


def _close(nc: Nonconformity, body: Body) -> None:
    action = nc.actions.get()
    perform(action, "confirm", body.bob)
    with clock.at(max(clock.now(), clock.now().replace(year=2026, month=8, day=14)) + timedelta(days=1)):
        perform(action, "find_effective", body.bob, result="0 of 12", proof=signing())
        amend(nc, body.bob, risks_considered="R-07 watched", changes_considered="none needed")
        perform(nc, "close", body.bob, proof=signing())
