"""A mission in any state, brought there through the doors, with a checklist of three items."""

from __future__ import annotations

from datetime import date
from typing import Any

from procedures.checklists.structure import Answer as Printed
from procedures.checklists.structure import Checklist, Item, Section
from procedures.documents import commands as documents
from procedures.documents.models import Revision
from qms.lifecycle.perform import amend, create, perform
from qms.trail import clock
from tests.people import Body, signing
from workflows.inspections.commands import save_answer
from workflows.inspections.lifecycle import S
from workflows.inspections.models import Inspection, Measure

YES_NO_NA = (Printed("yes", {"en": "Yes"}), Printed("no", {"en": "No"}), Printed("na", {"en": "Not applicable"}))


def item(number: int, required_on: tuple[str, ...] = ("no",)) -> Item:
    return Item(
        key=f"i{number}", number=f"1.{number}", label={"en": f"Is condition {number} met?"}, answers=YES_NO_NA,
        comment_required_on=required_on, legal_basis="Law 1/2020, art. 5",
    )  # fmt: skip


def a_checklist(items: int = 3) -> Checklist:
    section = Section("s1", {"en": "Conditions"}, "1", tuple(item(n) for n in range(1, items + 1)))
    return Checklist("en", {"en": "Checklist of conditions"}, (section,))


def checklist_in_force(body: Body, code: str = "LV-01", items: int = 3) -> Revision:
    """Ann writes it, Rita reviews it, Petra approves it, today it is in force."""
    revision = documents.import_revision(
        body.organisation, code, "Checklist of conditions", "en", a_checklist(items), body.ann
    )
    amend(revision, body.ann, owner=body.ann, reviewers=[body.rita.pk], reason_for_change="first issue")
    perform(revision, "submit", body.ann)
    perform(revision, "agree", body.rita)
    today = clock.today(body.organisation.time_zone)
    perform(revision, "approve", body.petra, proof=signing(), effective_from=today)
    return documents.put_into_force(revision)


def planned(body: Body, checklist: Revision | None = None, **more: Any) -> Inspection:
    given = {
        "title": "Thematic inspection",
        "object_name": "Home for adults “Marea Calmă”",
        "object_address": "Constanța",
        "planned_on": date(2026, 12, 1),
        "leader": body.lena,
        "unit": body.unit,
    }
    mission = create(Inspection, body.cora, organisation=body.organisation, **{**given, **more})
    checklist = checklist or checklist_in_force(body)
    order: dict[str, Any] = {"order_number": "14/2026", "order_on": date(2026, 11, 12), "period_from": date(2026, 1, 1)}
    return amend(mission, body.lena, team=[body.ines.pk], checklist=checklist, **order)


def in_progress(body: Body, checklist: Revision | None = None) -> Inspection:
    mission = perform(planned(body, checklist), "prepare", body.lena)
    for inspector in (body.lena, body.ines):
        perform(mission, "declare", inspector, proof=signing())
    return perform(mission, "begin", body.lena)


def answered(mission: Inspection, body: Body, failing: tuple[str, ...] = ("i2",)) -> Inspection:
    for each in mission.items:
        value = "no" if each.key in failing else "yes"
        save_answer(mission, each.key, body.ines, value=value, comment="Seen on site." if value == "no" else "")
    mission.__dict__.pop("answers_by_item", None)
    return mission


def under_review(body: Body, measures: int = 1, checklist: Revision | None = None) -> Inspection:
    mission = answered(in_progress(body, checklist), body)
    perform(mission, "draw_up_report", body.lena)
    for n in range(measures):
        ordered(mission, body, f"Measure {n + 1}")
    return perform(mission, "submit_report", body.lena, conclusions="One condition is not met.")


def ordered(mission: Inspection, body: Body, title: str) -> Measure:
    rule = "RO_CALENDAR" if body.organisation.country == "RO" else "BG_GPK60"
    return create(
        Measure, body.lena, organisation=body.organisation, inspection=mission, title=title,
        description="Show the evacuation plan.", rule=rule, span="10", unit=body.unit,
    )  # fmt: skip


def issued(body: Body, measures: int = 1) -> Inspection:
    mission = under_review(body, measures)
    for inspector in (body.lena, body.ines):
        perform(mission, "sign_report", inspector, proof=signing())
    return perform(mission, "issue", body.cora, proof=signing())


def received(body: Body, measures: int = 1) -> Inspection:
    today = clock.today(body.organisation.time_zone)
    return perform(issued(body, measures), "record_receipt", body.lena, received_on=today, received_by="The director")


def closed(body: Body) -> Inspection:
    mission = received(body)
    measure = Measure.objects.of(body.organisation.pk).get(inspection=mission)
    perform(measure, "report_fulfilled", body.ines, fulfilment="The plan hangs at the door.")
    perform(measure, "verify", body.cora)
    assert mission.state == S.MEASURES_OPEN
    return perform(mission, "close", body.cora, proof=signing())
