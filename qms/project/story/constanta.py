"""AJPIS Constanța: from an approved procedure to missions, measures and nonconformities. All people are fictitious."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from procedures.documents.content import Kind
from procedures.documents.models import Revision
from qms.evidence.attaching import attach
from qms.lifecycle.perform import amend, create, perform
from qms.people.roles import Role
from qms.project.story import constanta_findings, texts
from qms.project.story.forms import RESIDENTIAL
from qms.project.story.pictures import notice_board
from qms.project.story.scene import Scene, in_force
from workflows.inspections.commands import save_answer
from workflows.inspections.models import Inspection, Measure


def play(scene: Scene) -> None:
    """Everything, in the order in which it happened."""
    with scene.at(69):
        people(scene)
    procedures(scene)
    checklist = residential_checklist(scene)
    closed_mission(scene, checklist)
    waiting_mission(scene, checklist)
    running_mission(scene, checklist)
    planned_mission(scene, checklist)
    constanta_findings.play(scene)
    draft_in_review(scene)


def people(scene: Scene) -> None:
    scene.unit("IS", ("Social inspection service", "Serviciul inspecție socială", "Служба „Социални проверки“"))
    scene.unit("SMC", ("QMS technical secretariat", "Secretariatul tehnic SMC", "Технически секретариат на СУК"))
    at = "ajpis-constanta.example"
    scene.person("elena", "Elena Marin", f"elena.marin@{at}", "director executiv", Role.APPROVER, Role.TOP_MANAGEMENT)
    scene.person(
        "radu", "Radu Ionescu", f"radu.ionescu@{at}", "șef serviciu inspecție",
        Role.AUTHOR, Role.PROCESS_OWNER, Role.COORDINATOR,
    )  # fmt: skip
    scene.person("ana", "Ana Pop", f"ana.pop@{at}", "inspector social", Role.INSPECTOR, Role.INSPECTION_LEAD)
    scene.person("mihai", "Mihai Dobre", f"mihai.dobre@{at}", "inspector social", Role.INSPECTOR)
    scene.person("ioana", "Ioana Stan", f"ioana.stan@{at}", "inspector social", Role.INSPECTOR)
    scene.person(
        "dan", "Dan Petrescu", f"dan.petrescu@{at}", "responsabil SMC",
        Role.QUALITY_MANAGER, Role.REVIEWER, Role.AUTHOR, Role.PROCESS_OWNER, Role.ADMINISTRATOR,
    )  # fmt: skip
    scene.person(
        "carmen", "Carmen Vasile", f"carmen.vasile@{at}", "auditor intern SMC", Role.QUALITY_MANAGER, Role.REVIEWER
    )


def procedures(scene: Scene) -> None:
    who = scene.people
    titles = (
        "Drafting and control of documented information",
        "Elaborarea și controlul informațiilor documentate",
        "Разработване и управление на документираната информация",
    )
    with scene.at(66):
        control = scene.draft(
            "PS-01", titles, who["dan"], texts.CONTROL_OF_DOCUMENTS,
            reviewers=[who["carmen"], who["radu"]], unit=scene.units["SMC"],
        )  # fmt: skip
        perform(control, "submit", who["dan"])
    with scene.at(64, 10):
        perform(control, "agree", who["carmen"])
        perform(control, "agree", who["radu"])
    with scene.at(62, 11):
        scene.approve(control, who["elena"], scene.day(60))
    with scene.at(60, 12, 5):
        in_force(control)
    the_mission_procedure(scene)


def the_mission_procedure(scene: Scene) -> None:
    """One reviewer returns the first draft; the corrected one is approved."""
    who = scene.people
    titles = (
        "Planning and carrying out a social inspection mission",
        "Planificarea și desfășurarea misiunii de inspecție socială",
        "Планиране и извършване на социална проверка",
    )
    with scene.at(63):
        mission = scene.draft(
            "PO-IS-01", titles, who["radu"], texts.MISSION_FIRST_DRAFT,
            reviewers=[who["dan"], who["carmen"]], unit=scene.units["IS"],
        )  # fmt: skip
        perform(mission, "submit", who["radu"])
    with scene.at(61, 13):
        reason = "Lipsesc declarațiile privind conflictul de interese și urmărirea măsurilor."
        perform(mission, "return_to_author", who["carmen"], reason=reason)
    with scene.at(59, 14):
        write_again(mission, who["radu"])
        perform(mission, "submit", who["radu"])
    with scene.at(58, 15):
        perform(mission, "agree", who["dan"])
        perform(mission, "agree", who["carmen"])
    with scene.at(57, 16):
        scene.approve(mission, who["elena"], scene.day(55))
    with scene.at(55, 17):
        in_force(mission)


def write_again(revision: Revision, by: Any) -> None:
    from procedures.documents import commands

    commands.write(revision, by, texts.MISSION)


def residential_checklist(scene: Scene) -> Revision:
    who = scene.people
    titles = (
        "Checklist: residential services for adults with disabilities",
        "Listă de verificare: servicii rezidențiale pentru persoane adulte cu dizabilități",
        "Контролен лист: резидентни услуги за пълнолетни лица с увреждания",
    )
    with scene.at(60, 9):
        checklist = scene.draft(
            "LV-IS-01", titles, who["radu"], RESIDENTIAL, Kind.CHECKLIST,
            reviewers=[who["dan"]], unit=scene.units["IS"],
        )  # fmt: skip
        perform(checklist, "submit", who["radu"])
        perform(checklist, "agree", who["dan"])
    with scene.at(57, 11):
        scene.approve(checklist, who["elena"], scene.day(55))
    with scene.at(55, 17, 10):
        in_force(checklist)
    return checklist


def mission(scene: Scene, checklist: Revision, before: int, **more: Any) -> Inspection:
    """A mission by Ana with Mihai: planned by Radu, with its order and its checklist."""
    who = scene.people
    with scene.at(before, 7):
        made = create(
            Inspection,
            who["radu"],
            organisation=scene.organisation,
            unit=scene.units["IS"],
            leader=who["ana"],
            title=more["title"],
            object_name=more["object_name"],
            object_address=more["address"],
            planned_on=scene.day(more["on"]) if more["on"] >= 0 else scene.today + timedelta(days=-more["on"]),
        )
        return amend(
            made,
            who["ana"],
            team=[who["mihai"].pk],
            checklist=checklist,
            object_keys=["o1"],
            order_number=more["order"],
            order_on=scene.day(before),
            representative=more.get("representative", ""),
            period_from=scene.day(400),
            period_to=scene.day(before),
        )


def begun(scene: Scene, made: Inspection, before: int) -> None:
    who = scene.people
    with scene.at(before + 1, 8):
        perform(made, "prepare", who["ana"])
        scene.sign(made, "declare", who["ana"], who["mihai"])
    with scene.at(before, 9):
        perform(made, "begin", who["ana"])


def answered(scene: Scene, made: Inspection, failing: dict[str, str], until: int | None = None) -> None:
    """Ana and Mihai answer by turns; what fails gets its fact."""
    inspectors = (scene.people["ana"], scene.people["mihai"])
    for n, item in enumerate(made.items[:until]):
        value = "no" if item.key in failing else "yes"
        save_answer(made, item.key, inspectors[n % 2], value=value, comment=failing.get(item.key, ""))
    made.__dict__.pop("answers_by_item", None)


def measure(scene: Scene, made: Inspection, title: str, text: str, basis: str, span: str, item: str) -> Measure:
    return create(
        Measure,
        scene.people["ana"],
        organisation=scene.organisation,
        inspection=made,
        title=title,
        description=text,
        legal_basis=basis,
        rule="RO_CALENDAR",
        span=span,
        item=item,
        unit=scene.units["IS"],
    )


PLAN = "Afișarea planului de evacuare"
PLAN_TEXT = "Se afișează planul de evacuare pe fiecare nivel și se instruiește personalul."


def reported(scene: Scene, made: Inspection, before: int, conclusions: str) -> None:
    """The report is signed by the team and issued by Radu, who is not in it."""
    who = scene.people
    with scene.at(before, 10):
        perform(made, "submit_report", who["ana"], conclusions=conclusions)
        scene.sign(made, "sign_report", who["ana"], who["mihai"])
    with scene.at(before, 15):
        scene.sign(made, "issue", who["radu"])


def closed_mission(scene: Scene, checklist: Revision) -> None:
    who = scene.people
    made = mission(
        scene, checklist, 50, title="Control tematic: servicii rezidențiale", on=44, order="14",
        object_name="Centrul de îngrijire „Marea Calmă”", address="Constanța, str. Farului 12",
        representative="Maria Enache, coordonator de centru",
    )  # fmt: skip
    begun(scene, made, 44)
    with scene.at(44, 12):
        answered(scene, made, {"i3_1": "Planul de evacuare lipsește la etajul 1; l-am căutat cu portarul."})
        answer = made.answers.get(item="i3_1")
        attach(answer, notice_board("Etaj 1 – avizier fără plan"), "avizier-etaj-1.png", who["mihai"],
               caption="Avizierul de la etajul 1")  # fmt: skip
        perform(made, "draw_up_report", who["ana"])
        ordered = measure(scene, made, PLAN, PLAN_TEXT, "Legea 307/2006", "10", "i3_1")
    reported(scene, made, 40, "Un punct din treisprezece nu este conform; s-a dispus o măsură.")
    with scene.at(38, 11):
        perform(
            made, "record_receipt", who["ana"], received_on=scene.day(38), received_by="Maria Enache, prin registratură"
        )
    with scene.at(30, 10):
        perform(ordered, "report_fulfilled", who["mihai"], fulfilment="Planul este afișat pe ambele niveluri.")
    with scene.at(29, 15):
        perform(ordered, "verify", who["radu"])
        scene.sign(made, "close", who["radu"])


def waiting_mission(scene: Scene, checklist: Revision) -> None:
    """Its report is received, its measures run; one is due within days."""
    who = scene.people
    made = mission(
        scene, checklist, 16, title="Control tematic: servicii rezidențiale", on=13, order="19",
        object_name="Complexul de servicii „Dunărea”", address="Medgidia, str. Podului 3",
        representative="Ion Preda, director",
    )  # fmt: skip
    begun(scene, made, 13)
    with scene.at(13, 13):
        answered(
            scene,
            made,
            {
                "i2_3": "Ultima instruire consemnată este de acum 19 luni.",
                "i4_1": "La 4 din 12 dosare planul individual este mai vechi de 6 luni.",
            },
        )
        perform(made, "draw_up_report", who["ana"])
        measure(scene, made, "Instruirea personalului", "Instruirea întregului personal și consemnarea ei.",
                "Ordinul 82/2019", "10", "i2_3")  # fmt: skip
        measure(scene, made, "Revizuirea planurilor individuale", "Revizuirea planurilor mai vechi de 6 luni.",
                "Ordinul 82/2019", "30", "i4_1")  # fmt: skip
    reported(scene, made, 10, "Două puncte nu sunt conforme; s-au dispus două măsuri.")
    with scene.at(8, 12):
        perform(made, "record_receipt", who["ana"], received_on=scene.day(8), received_by="Ion Preda, personal")


def running_mission(scene: Scene, checklist: Revision) -> None:
    """Half answered on site; a failed item has led to a nonconformity of the provider's file."""
    made = mission(
        scene, checklist, 3, title="Control la sesizare", on=1, order="22",
        object_name="Locuința protejată „Salcâmul”", address="Cernavodă, str. Canalului 8",
        representative="Elena Radu, șef de centru",
    )  # fmt: skip
    begun(scene, made, 1)
    with scene.at(1, 11):
        answered(scene, made, {"i1_3": "Trei beneficiari nu figurează în registru."}, until=7)


def planned_mission(scene: Scene, checklist: Revision) -> None:
    """Prepared for next week; the declarations are still to be given."""
    made = mission(
        scene, checklist, 1, title="Control tematic: servicii rezidențiale", on=-5, order="23",
        object_name="Centrul „Sfântul Andrei”", address="Mangalia, str. Portului 21",
    )  # fmt: skip
    with scene.at(0, 16):
        perform(made, "prepare", scene.people["ana"])


def draft_in_review(scene: Scene) -> None:
    """A new procedure waits for two opinions."""
    who = scene.people
    titles = ("Follow-up of measures", "Urmărirea îndeplinirii măsurilor dispuse", "Последващ контрол по предписанията")
    with scene.at(2, 9):
        draft = scene.draft(
            "PO-IS-03", titles, who["radu"], texts.MISSION[-1:], reviewers=[who["dan"], who["carmen"]],
            unit=scene.units["IS"],
        )  # fmt: skip
        perform(draft, "submit", who["radu"])
