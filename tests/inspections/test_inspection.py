"""The life of an inspection and of a measure, with every guard that stands on its way."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from qms.lifecycle.perform import amend, perform, why_not
from qms.lifecycle.refused import Refused, Stale
from qms.trail import clock
from tests.inspections.make import (
    answered,
    checklist_in_force,
    closed,
    in_progress,
    issued,
    ordered,
    planned,
    received,
    under_review,
)
from tests.people import Body, signing
from workflows.inspections.commands import save_answer
from workflows.inspections.lifecycle import LIFECYCLE, MEASURE, M, S
from workflows.inspections.models import Inspection, Measure


def codes(record: object, verb: str, by: object) -> set[str]:
    return {reason.code for reason in why_not(record, verb, by)}  # type: ignore[arg-type]


def test_the_tables_have_no_fault() -> None:
    assert LIFECYCLE.faults() + MEASURE.faults() == []


def test_a_mission_goes_from_plan_to_closure(home: Body) -> None:
    assert closed(home).state == S.CLOSED


def test_without_order_team_and_checklist_it_is_not_prepared(home: Body) -> None:
    mission = planned(home)
    amend(mission, home.lena, order_number="", team=[], checklist=None)
    assert codes(mission, "prepare", home.lena) == {"order_is_given", "team_is_set", "checklist_is_in_force"}


def test_without_every_declaration_the_checklist_stays_closed(home: Body) -> None:
    mission = perform(planned(home), "prepare", home.lena)
    perform(mission, "declare", home.lena, proof=signing())
    assert codes(mission, "begin", home.lena) == {"everybody_has_declared"}
    with pytest.raises(Refused):
        save_answer(mission, "i1", home.ines, value="yes")


def test_a_conflict_declared_keeps_it_closed_until_somebody_is_replaced(home: Body) -> None:
    mission = perform(planned(home), "prepare", home.lena)
    perform(mission, "declare", home.lena, proof=signing())
    perform(mission, "declare_conflict", home.ines, reason="My sister works there.")
    assert codes(mission, "begin", home.lena) == {"nobody_has_a_conflict"}
    perform(mission, "return_to_planning", home.lena, reason="Ines is replaced.")
    amend(mission, home.lena, team=[home.ivo.pk])
    perform(mission, "prepare", home.lena)
    assert codes(mission, "begin", home.lena) == {"everybody_has_declared"}


def test_only_the_team_answers(home: Body) -> None:
    mission = in_progress(home)
    with pytest.raises(Refused):
        save_answer(mission, "i1", home.ivo, value="yes")


def test_an_older_version_of_an_answer_overwrites_nothing(home: Body) -> None:
    mission = in_progress(home)
    save_answer(mission, "i1", home.ines, value="yes")
    with pytest.raises(Stale):
        save_answer(mission, "i1", home.lena, value="no", comment="I saw it.", version=0)
    save_answer(mission, "i1", home.lena, value="no", comment="I saw it.", version=1)
    assert Inspection.unscoped.get(pk=mission.pk).answers_by_item["i1"].value == "no"


@pytest.mark.parametrize("value", ["maybe", 7, ["yes"], {"yes": 1}])
def test_an_answer_the_form_does_not_have_is_refused(home: Body, value: object) -> None:
    with pytest.raises(ValidationError):
        save_answer(in_progress(home), "i1", home.ines, value=value)


def test_no_report_before_every_item_is_answered_and_every_no_explained(home: Body) -> None:
    mission = in_progress(home)
    save_answer(mission, "i1", home.ines, value="no")
    assert codes(mission, "draw_up_report", home.lena) == {
        "every_item_is_answered",
        "every_required_comment_is_given",
    }


def test_leaving_the_site_freezes_the_answers(home: Body) -> None:
    mission = perform(answered(in_progress(home), home), "draw_up_report", home.lena)
    heads = {answer.item: answer.head for answer in mission.answers.all()}
    assert mission.answers_frozen == heads
    with pytest.raises(Refused):
        save_answer(mission, "i1", home.ines, value="no", comment="Late thought.", version=1)


def test_a_new_revision_does_not_change_a_running_mission(home: Body) -> None:
    mission = in_progress(home)
    checklist = checklist_in_force(home, items=5)
    mission.refresh_from_db()
    assert mission.checklist_id != checklist.pk
    assert len(Inspection.unscoped.get(pk=mission.pk).items) == 3


def test_the_coordinator_waits_for_every_signature_and_is_not_of_the_team(home: Body) -> None:
    mission = under_review(home)
    perform(mission, "sign_report", home.lena, proof=signing())
    assert codes(mission, "issue", home.cora) == {"everybody_has_signed"}
    assert {"role", "decider_is_not_in_the_team"} <= codes(mission, "issue", home.ines)


def test_a_returned_report_is_signed_again(home: Body) -> None:
    mission = under_review(home)
    perform(mission, "sign_report", home.lena, proof=signing())
    perform(mission, "return_report", home.cora, reason="The second item is unclear.")
    perform(mission, "submit_report", home.lena, conclusions="Clearer now.")
    assert mission.signed == frozenset()


def test_report_numbers_have_no_gap(home: Body) -> None:
    numbers = [issued(home).report_number for _mission in range(2)]
    year = clock.today().year
    assert numbers == [f"RI-{year}-001", f"RI-{year}-002"]


def test_the_term_of_a_measure_runs_from_the_receipt(home: Body) -> None:
    mission = received(home)
    measure = Measure.objects.of(home.organisation.pk).get(inspection=mission)
    assert measure.state == M.RUNNING
    assert measure.due_on is not None
    assert mission.received_on is not None
    assert measure.due_on >= mission.received_on + timedelta(days=10)
    assert measure.due_why["rule"] == "RO_CALENDAR"


def test_whoever_reported_a_measure_fulfilled_does_not_verify_it(home: Body) -> None:
    mission = received(home)
    measure = Measure.objects.of(home.organisation.pk).get(inspection=mission)
    perform(measure, "report_fulfilled", home.lena, fulfilment="Seen.")
    assert {"separation", "verifier_did_not_report"} <= codes(measure, "verify", home.lena)
    assert codes(measure, "verify", home.cora) == set()


def test_an_extension_needs_a_reason_and_another_person(home: Body) -> None:
    mission = received(home)
    measure = Measure.objects.of(home.organisation.pk).get(inspection=mission)
    later = measure.due_on + timedelta(days=30)
    with pytest.raises(Refused):
        perform(measure, "request_extension", home.lena, requested_due_on=later)
    perform(measure, "request_extension", home.lena, requested_due_on=later, reason="The supplier is late.")
    first = measure.first_due_on
    perform(measure, "grant_extension", home.cora, reason="Shown by papers.")
    assert (measure.due_on, measure.first_due_on, measure.extensions) == (later, first, 1)


def test_a_mission_with_an_open_measure_is_not_closed(home: Body) -> None:
    assert codes(received(home), "close", home.cora) == {"every_measure_is_settled"}


def test_without_measures_it_is_closed_after_the_receipt(home: Body) -> None:
    mission = received(home, measures=0)
    assert mission.state == S.ISSUED
    assert perform(mission, "close_without_measures", home.cora).state == S.CLOSED


def test_a_measure_is_ordered_only_while_the_report_is_drawn_up(home: Body) -> None:
    with pytest.raises(ValidationError):
        ordered(received(home), home, "Too late")


def test_a_receipt_in_the_future_is_refused(home: Body) -> None:
    with pytest.raises(ValidationError):
        perform(issued(home), "record_receipt", home.lena, received_on=date(2999, 1, 1), received_by="x")


def test_a_failed_item_prefills_a_nonconformity(home: Body) -> None:
    mission = answered(in_progress(home), home)
    given = mission.finding("i2", "en")
    assert "Law 1/2020, art. 5" in given["requirement"]
    assert given["evidence"] == "Seen on site."
    assert "Marea Calmă" in given["place"]
    with pytest.raises(ValidationError):
        mission.finding("i1", "en")
