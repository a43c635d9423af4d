"""What walks have found, each as an example of its own."""

from __future__ import annotations

from qms.lifecycle.perform import perform
from tests.inspections import make as missions
from tests.people import Body, signing
from workflows.engine.models import ASKED, Task


def asked(mission: object) -> set[str]:
    rows = Task.objects.filter(record_id=mission.pk, record_type="inspection", status__in=ASKED)  # type: ignore[attr-defined]
    return {key.partition(":")[0] for key in rows.values_list("key", flat=True)}


def test_the_leader_is_asked_to_begin_as_soon_as_the_last_has_declared(home: Body) -> None:
    mission = perform(missions.planned(home), "prepare", home.lena)
    perform(mission, "declare", home.lena, proof=signing())
    assert asked(mission) == {"declare"}
    perform(mission, "declare", home.ines, proof=signing())
    assert asked(mission) == {"begin"}


def test_the_coordinator_is_asked_to_issue_as_soon_as_the_last_has_signed(home: Body) -> None:
    mission = missions.under_review(home)
    for inspector in (home.lena, home.ines):
        perform(mission, "sign_report", inspector, proof=signing())
    assert asked(mission) == {"issue"}
