"""The product's main job, on a real government form: approved, stepped through, corrected, verified, on paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings

from procedures.checklists.commands import import_checklist
from procedures.checklists.importing import read_form
from procedures.documents import commands as documents
from procedures.documents.lifecycle import State as RevisionState
from procedures.documents.models import Revision
from qms.evidence import store
from qms.lifecycle.perform import amend, create, perform, why_not
from qms.notices import outbox
from qms.people.actors import actor_of
from qms.records import registry
from qms.reports.jobs import request_report
from qms.reports.models import ReportFile
from qms.trail import clock
from qms.trail.seal import seal
from qms.trail.verify import verify
from tests.people import Body, signing
from workflows.actions.models import CorrectiveAction
from workflows.engine.rebuild import rebuild
from workflows.inspections.commands import save_answer
from workflows.inspections.lifecycle import S
from workflows.inspections.models import Inspection, Measure
from workflows.nonconformities.models import Nonconformity

FORMS = Path(settings.BASE_DIR).parent / "shared/data/docx/bg-is-napoo/CIPOApplicationPK"
PROTOCOL = FORMS / "Приложение 2 - Констативен протокол - ПК - ЦИПО.docx"

pytestmark = pytest.mark.skipif(not FORMS.exists(), reason="the real forms are not on this machine")


class Story:
    """Given, when, then in the words of the people who live it; `away` is the Bulgarian body."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def the_protocol_is_imported(self) -> Revision:
        """Ann imports the ministry's Word form as a draft checklist."""
        checklist = read_form(PROTOCOL.read_bytes(), PROTOCOL.name, "bg")
        revision = import_checklist(self.body.organisation, "LV-01", checklist, PROTOCOL.name, self.body.ann)
        assert revision.state == RevisionState.DRAFT
        return amend(revision, self.body.ann, reviewers=[self.body.rita.pk, self.body.rado.pk], owner=self.body.ann)

    def it_is_approved_and_in_force(self, revision: Revision) -> Revision:
        body, today = self.body, clock.today(self.body.organisation.time_zone)
        perform(revision, "submit", body.ann)
        assert {r.code for r in why_not(revision, "agree", body.ann)} >= {"role"}
        perform(revision, "agree", body.rita)
        perform(revision, "agree", body.rado)
        perform(revision, "approve", body.petra, proof=signing(), effective_from=today)
        return documents.put_into_force(revision)

    def a_mission_is_under_way(self, checklist: Revision) -> Inspection:
        body = self.body
        mission = create(
            Inspection, body.cora, organisation=body.organisation, title="Последващ контрол", leader=body.lena,
            object_name="ЦИПО „Пример“", planned_on=clock.today(), unit=body.unit,
        )  # fmt: skip
        first = mission.structure.objects[:1]
        order: dict[str, Any] = {"order_number": "РД-09-1", "order_on": clock.today(), "team": [body.ines.pk]}
        amend(mission, body.lena, checklist=checklist, object_keys=[each.key for each in first], **order)
        perform(mission, "prepare", body.lena)
        for inspector in (body.lena, body.ines):
            perform(mission, "declare", inspector, proof=signing())
        return perform(mission, "begin", body.lena)

    def all_is_answered_but_one_is_no(self, mission: Inspection) -> str:
        """Lena and Ines answer by turns; the fifth item fails."""
        items = mission.items
        failing = items[4].key
        for n, item in enumerate(items):
            by = (self.body.lena, self.body.ines)[n % 2]
            value, comment = ("no", "Няма вътрешни правила.") if item.key == failing else ("yes", "")
            save_answer(mission, item.key, by, value=value, comment=comment)
        mission.__dict__.pop("answers_by_item", None)
        return failing

    def the_no_becomes_a_nonconformity(self, mission: Inspection, item: str) -> Nonconformity:
        given: dict[str, Any] = mission.finding(item, "bg")
        del given["unit"]
        origin: dict[str, Any] = {"origin_type": "inspection", "origin": mission.uid, "origin_item": item}
        return create(
            Nonconformity, self.body.ines, organisation=self.body.organisation, unit=self.body.unit, **origin, **given
        )

    def the_report_is_issued_and_received(self, mission: Inspection) -> None:
        body = self.body
        perform(mission, "draw_up_report", body.lena)
        create(
            Measure, body.lena, organisation=body.organisation, inspection=mission, unit=body.unit, span="14",
            title="Вътрешни правила", description="Да се приемат вътрешни правила.", rule="BG_GPK60",
        )  # fmt: skip
        perform(mission, "submit_report", body.lena, conclusions="Едно изискване не е изпълнено.")
        for inspector in (body.lena, body.ines):
            perform(mission, "sign_report", inspector, proof=signing())
        perform(mission, "issue", body.cora, proof=signing())
        perform(mission, "record_receipt", body.lena, received_on=clock.today(), received_by="управителят")

    def somebody_else_verifies_and_closes(self, nc: Nonconformity) -> None:
        body = self.body
        perform(nc, "triage", body.bob, grade="minor", owner=body.ann, route="capa", rationale="повтаря се")
        perform(nc, "contain", body.ann, correction="Правилата са приети.")
        perform(nc, "analyse", body.ann, method="five_whys")
        amend(
            nc, body.ann, cause="Никой не следи промените в наредбата.", similar_cases="Проверени са още два центъра."
        )
        action = create(
            CorrectiveAction, body.ann, organisation=body.organisation, nonconformity=nc, title="Месечен преглед",
            description="Преглед на наредбите всеки месец.", owner=body.stan, first_due_on=clock.today(),
            criterion="0 пропуснати промени", check_on=clock.today() + timedelta(days=30),
        )  # fmt: skip
        perform(nc, "plan", body.ann)
        perform(nc, "approve_plan", body.bob)
        perform(action, "approve", body.bob)
        perform(action, "begin", body.stan)
        perform(action, "report_implemented", body.stan, implementation="Въведен е месечен преглед.")
        perform(action, "confirm", body.bob)
        assert {r.code for r in why_not(action, "find_effective", body.bob)} == {"check_day_has_come"}
        with clock.at(clock.now() + timedelta(days=31)):
            perform(action, "find_effective", body.bob, result="0 пропуснати", proof=signing())
            nc.refresh_from_db()
            amend(nc, body.bob, risks_considered="няма нови", changes_considered="няма")
            assert {r.code for r in why_not(nc, "close", body.ann)} >= {"role", "verifier_is_not_owner"}
            perform(nc, "close", body.bob, proof=signing())


def test_from_an_approved_procedure_to_a_closed_nonconformity(away: Body) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        _told(Story(away), away)


def _told(story: Story, away: Body) -> None:
    checklist = story.it_is_approved_and_in_force(story.the_protocol_is_imported())
    mission = story.a_mission_is_under_way(checklist)
    failing = story.all_is_answered_but_one_is_no(mission)
    nc = story.the_no_becomes_a_nonconformity(mission, failing)
    assert "Няма вътрешни правила." in nc.evidence
    story.the_report_is_issued_and_received(mission)
    assert mission.state == S.MEASURES_OPEN
    story.somebody_else_verifies_and_closes(nc)
    assert nc.state == "closed"
    _the_paper_says_it_all(mission, away)
    _the_trail_proves_every_step()
    _the_tasks_are_what_the_records_say(mission, nc, checklist)


def _the_paper_says_it_all(mission: Inspection, body: Body) -> None:
    """Every item with its answer in Cyrillic, the measure with its term, the signatures; the same bytes again."""
    for kind in registry.get("inspection").report:
        paper = request_report(mission, kind, "bg", actor_of(body.lena))
        outbox.run_due()
        paper = ReportFile.unscoped.get(pk=paper.pk)
        assert paper.sha256, paper.failure
        with store.open(paper.sha256) as file:
            text = "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
        flat = " ".join(text.split())
        for item in mission.items:
            assert " ".join(next(iter(item.label.values())).split())[:25] in flat
        assert "Няма вътрешни правила." in flat
        assert body.lena.name in flat


def _the_trail_proves_every_step() -> None:
    seal()
    report = verify()
    assert report.findings == []


def _the_tasks_are_what_the_records_say(*records: Any) -> None:
    for record in records:
        assert not rebuild(record, write=False)
