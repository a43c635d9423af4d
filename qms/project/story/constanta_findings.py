"""AJPIS Constanța: what was found not to conform, and what was done about it. All people are fictitious."""

from __future__ import annotations

from qms.lifecycle.perform import amend, create, perform
from qms.project.story.scene import Scene, found
from workflows.actions.models import CorrectiveAction
from workflows.inspections.models import Inspection
from workflows.nonconformities.models import Nonconformity


def play(scene: Scene) -> None:
    """One closed with its effect checked, one reported today, one whose cause is looked for."""
    closed_nonconformity(scene)
    open_nonconformities(scene)


def closed_nonconformity(scene: Scene) -> None:
    """A report was drawn up on an old list; cause, action, effect and closure by somebody else."""
    who = scene.people
    with scene.at(36, 9):
        nc = create(
            Nonconformity,
            who["ana"],
            organisation=scene.organisation,
            title="Raportul RI-011 a fost întocmit pe o listă de verificare ieșită din vigoare",
            found_on=scene.day(36),
            place="Serviciul inspecție socială",
            requirement="ISO 9001, 7.5.3 – informația documentată este disponibilă în ediția în vigoare",
            evidence="Raportul RI-011 se referă la versiunea 2; versiunea în vigoare era 3.",
            unit=scene.units["IS"],
        )
    with scene.at(36, 14):
        perform(
            nc, "triage", who["dan"], grade="minor", owner=who["radu"], route="capa",
            rationale="S-a mai întâmplat o dată; se caută cauza.",
        )  # fmt: skip
    with scene.at(35, 15):
        perform(nc, "contain", who["radu"], correction="Cele două puncte formulate altfel au fost verificate din nou.")
        perform(nc, "analyse", who["radu"], method="five_whys")
    with scene.at(34, 16):
        amend(
            nc, who["radu"],
            cause="Versiunea 2 a rămas copie locală pe trei laptopuri; nimic nu retrăgea copiile locale.",
            similar_cases="Au fost verificate 11 dispozitive; 3 aveau copia veche.",
        )  # fmt: skip
        action = create(
            CorrectiveAction, who["radu"], organisation=scene.organisation, nonconformity=nc, owner=who["mihai"],
            title="Listele se deschid numai în aplicație", unit=scene.units["IS"],
            description="Copiile locale se șterg; la fiecare revizie deținătorii confirmă retragerea.",
            first_due_on=scene.day(26), criterion="0 rapoarte pe o versiune veche în 20 de zile", check_on=scene.day(5),
        )  # fmt: skip
        perform(nc, "plan", who["radu"])
    with scene.at(33, 17):
        perform(nc, "approve_plan", who["dan"])
        perform(action, "approve", who["dan"])
    with scene.at(32, 17, 30):
        perform(action, "begin", who["mihai"])
    with scene.at(27, 15):
        perform(action, "report_implemented", who["mihai"], implementation="Trei procese-verbale de retragere semnate.")
    with scene.at(26, 16):
        perform(action, "confirm", who["carmen"])
    with scene.at(4, 10):
        perform(
            action, "find_effective", who["carmen"], proof=scene.proof, result="0 din 12 rapoarte pe versiune veche."
        )
        nc.refresh_from_db()
        amend(nc, who["carmen"], risks_considered="Riscul R-07 rămâne urmărit.", changes_considered="PS-01, pasul 4.")
        perform(nc, "close", who["carmen"], proof=scene.proof)


def open_nonconformities(scene: Scene) -> None:
    """One from the running mission, waiting for triage; one whose cause is being looked for."""
    who = scene.people
    running = Inspection.objects.of(scene.organisation.pk).get(order_number="22")
    given = found(scene, running, "i1_3")
    with scene.at(0, 17):
        create(
            Nonconformity, who["ana"], organisation=scene.organisation, unit=scene.units["IS"],
            origin_type="inspection", origin=running.uid, origin_item="i1_3", **given,
        )  # fmt: skip
    with scene.at(9, 10):
        nc = create(
            Nonconformity, who["carmen"], organisation=scene.organisation, unit=scene.units["IS"], source="audit",
            title="Două rapoarte au fost comunicate după termenul procedurii", found_on=scene.day(9),
            place="Serviciul inspecție socială", requirement="PO-IS-01, Raportul",
            evidence="RI-009 și RI-012: comunicate la 9, respectiv 11 zile lucrătoare.",
        )  # fmt: skip
        perform(
            nc, "triage", who["dan"], grade="major", owner=who["radu"], route="capa",
            rationale="Termenul este prevăzut de procedură, iar abaterea s-a repetat.",
        )  # fmt: skip
    with scene.at(7, 11):
        perform(nc, "contain", who["radu"], no_correction_because="Rapoartele au fost deja comunicate.")
        perform(nc, "analyse", who["radu"], method="ishikawa")
