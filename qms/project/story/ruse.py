"""RDSA Ruse: control of the files of heating aid. All people are fictitious."""

from __future__ import annotations

from procedures.documents.content import Kind
from procedures.documents.models import Revision
from qms.lifecycle.perform import amend, create, perform
from qms.people.roles import Role
from qms.project.story import texts
from qms.project.story.forms import HEATING
from qms.project.story.scene import Scene, found, in_force
from workflows.inspections.commands import save_answer
from workflows.inspections.models import Inspection, Measure
from workflows.nonconformities.models import Nonconformity


def play(scene: Scene) -> None:
    """Everything, in the order in which it happened."""
    with scene.at(69):
        people(scene)
    procedure(scene)
    checklist = heating_checklist(scene)
    inspection(scene, checklist)
    prepared(scene, checklist)


def people(scene: Scene) -> None:
    scene.unit("K", ("Control department", "Compartimentul control", "Отдел „Контрол“"))
    at = "rdsa-ruse.example"
    scene.person("maria", "Мария Георгиева", f"maria.georgieva@{at}", "директор", Role.APPROVER, Role.TOP_MANAGEMENT)
    scene.person(
        "ivan", "Иван Петров", f"ivan.petrov@{at}", "главен експерт контрол",
        Role.AUTHOR, Role.PROCESS_OWNER, Role.COORDINATOR,
    )  # fmt: skip
    scene.person(
        "desislava", "Десислава Тодорова", f"desislava.todorova@{at}", "експерт", Role.INSPECTOR, Role.INSPECTION_LEAD
    )
    scene.person("stefan", "Стефан Колев", f"stefan.kolev@{at}", "експерт", Role.INSPECTOR)
    scene.person(
        "nikolay", "Николай Стоянов", f"nikolay.stoyanov@{at}", "отговорник по качеството",
        Role.QUALITY_MANAGER, Role.REVIEWER, Role.ADMINISTRATOR,
    )  # fmt: skip
    scene.person(
        "krasimira", "Красимира Илиева", f"krasimira.ilieva@{at}", "вътрешен одитор на СУК",
        Role.QUALITY_MANAGER, Role.REVIEWER,
    )  # fmt: skip


def procedure(scene: Scene) -> None:
    who = scene.people
    titles = ("Targeted heating aid", "Ajutor pentru încălzire", "Целева помощ за отопление")
    with scene.at(66):
        draft = scene.draft(
            "ПР-СП-02", titles, who["ivan"], texts.HEATING_AID, reviewers=[who["nikolay"], who["krasimira"]],
            unit=scene.units["K"],
        )  # fmt: skip
        perform(draft, "submit", who["ivan"])
    with scene.at(64, 11):
        perform(draft, "agree", who["nikolay"])
        perform(draft, "agree", who["krasimira"])
    with scene.at(62, 10):
        scene.approve(draft, who["maria"], scene.day(59))
    with scene.at(59, 12, 5):
        in_force(draft)


def heating_checklist(scene: Scene) -> Revision:
    who = scene.people
    titles = (
        "Checklist: granting of targeted heating aid",
        "Listă de verificare: acordarea ajutorului pentru încălzire",
        "Контролен лист: отпускане на целева помощ за отопление",
    )
    with scene.at(61):
        draft = scene.draft(
            "КЛ-К-01", titles, who["ivan"], HEATING, Kind.CHECKLIST, reviewers=[who["nikolay"]], unit=scene.units["K"]
        )
        perform(draft, "submit", who["ivan"])
        perform(draft, "agree", who["nikolay"])
    with scene.at(59, 9):
        scene.approve(draft, who["maria"], scene.day(57))
    with scene.at(57, 17):
        in_force(draft)
    return draft


def planned(scene: Scene, checklist: Revision, before: int, on: int, name: str, address: str, order: str) -> Inspection:
    """A check by Desislava with Stefan: planned by Ivan."""
    who = scene.people
    with scene.at(before, 7):
        made = create(
            Inspection, who["ivan"], organisation=scene.organisation, unit=scene.units["K"], leader=who["desislava"],
            title="Планова проверка: целева помощ за отопление", object_name=name, object_address=address,
            planned_on=scene.day(on),
        )  # fmt: skip
        return amend(
            made, who["desislava"], team=[who["stefan"].pk], checklist=checklist, object_keys=["o1"],
            order_number=order, order_on=scene.day(before), period_from=scene.day(300), period_to=scene.day(before),
            representative="Петя Димитрова, директор на ДСП",
        )  # fmt: skip


def inspection(scene: Scene, checklist: Revision) -> None:
    """Three orders came late; the order to mend it runs, and its cause is looked for."""
    who = scene.people
    made = planned(scene, checklist, 26, 20, "ДСП Русе", "Русе, ул. „Независимост“ 2", "РД-Р-41")
    with scene.at(21, 8):
        perform(made, "prepare", who["desislava"])
        scene.sign(made, "declare", who["desislava"], who["stefan"])
    with scene.at(20, 9):
        perform(made, "begin", who["desislava"])
        late = "3 от 40 заповеди са издадени след 27-ия ден."
        for n, item in enumerate(made.items):
            by = (who["desislava"], who["stefan"])[n % 2]
            failing = item.key == "i3_1"
            save_answer(made, item.key, by, value="no" if failing else "yes", comment=late if failing else "")
        made.__dict__.pop("answers_by_item", None)
    with scene.at(18, 15):
        perform(made, "draw_up_report", who["desislava"])
        create(
            Measure, who["desislava"], organisation=scene.organisation, inspection=made, unit=scene.units["K"],
            title="Заместване и предупреждение за срока", legal_basis="ЗСП, чл. 31", rule="BG_GPK60", span="14",
            description="Да се определи заместник за всяка преписка и да се следи 20-ият ден.", item="i3_1",
        )  # fmt: skip
        perform(made, "submit_report", who["desislava"], conclusions="От 40 преписки 3 са със закъснели заповеди.")
        scene.sign(made, "sign_report", who["desislava"], who["stefan"])
    with scene.at(17, 16):
        scene.sign(made, "issue", who["ivan"])
    with scene.at(14, 12):
        perform(
            made, "record_receipt", who["desislava"], received_on=scene.day(14), received_by="Петя Димитрова, лично"
        )
    with scene.at(13, 15):
        nonconformity(scene, made)


def nonconformity(scene: Scene, made: Inspection) -> None:
    who = scene.people
    nc = create(
        Nonconformity, who["desislava"], organisation=scene.organisation, unit=scene.units["K"],
        origin_type="inspection", origin=made.uid, origin_item="i3_1", **found(scene, made, "i3_1"),
    )  # fmt: skip
    perform(
        nc, "triage", who["nikolay"], grade="minor", owner=who["ivan"], route="capa",
        rationale="Закъснението засяга срок по закон; търси се причината.",
    )  # fmt: skip
    perform(nc, "contain", who["ivan"], correction="Трите заповеди са издадени и връчени.")
    perform(nc, "analyse", who["ivan"], method="five_whys")


def prepared(scene: Scene, checklist: Revision) -> None:
    """The next check waits for its declarations."""
    made = planned(scene, checklist, 2, 0, "ДСП Бяла", "Бяла, пл. „Екзарх Йосиф I“ 1", "РД-Р-47")
    with scene.at(1, 10):
        perform(made, "prepare", scene.people["desislava"])
