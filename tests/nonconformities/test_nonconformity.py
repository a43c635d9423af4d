"""The life of a nonconformity, with every guard that stands on its way."""

import pytest

from qms.lifecycle.perform import amend, perform, why_not
from qms.lifecycle.refused import Refused
from tests.nonconformities.make import in_state, planned_action, reported
from tests.people import Body
from workflows.nonconformities.lifecycle import LIFECYCLE, State


def codes(record: object, verb: str, by: object) -> set[str]:
    return {reason.code for reason in why_not(record, verb, by)}  # type: ignore[arg-type]


def test_the_table_has_no_fault() -> None:
    assert LIFECYCLE.faults() == []


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_reached_through_the_doors(home: Body, state: State) -> None:
    assert in_state(home, state).state == state


def test_it_cannot_be_planned_without_cause_similar_cases_and_action(home: Body) -> None:
    nc = in_state(home, State.ANALYSING)
    wanted = {"cause_is_determined", "similar_cases_are_answered", "an_action_is_planned"}
    assert codes(nc, "plan", home.ann) == wanted


def test_a_cause_that_blames_a_person_needs_a_second_why(home: Body) -> None:
    nc = in_state(home, State.ANALYSING)
    amend(nc, home.ann, cause="Eroare umană", similar_cases="none")
    planned_action(nc, home)
    assert codes(nc, "plan", home.ann) == {"weak_cause_is_explained"}
    amend(nc, home.ann, why_possible="Nobody recalled the old copies.")
    assert codes(nc, "plan", home.ann) == set()


def test_a_major_one_waits_for_top_management(home: Body) -> None:
    nc = in_state(home, State.ACTION_PLANNED, grade="major")
    assert codes(nc, "approve_plan", home.bob) == {"top_management_agreed"}
    perform(nc, "agree_to_plan", home.vera)
    assert codes(nc, "approve_plan", home.bob) == set()


def test_an_agreement_falls_when_the_plan_is_returned(home: Body) -> None:
    nc = in_state(home, State.ACTION_PLANNED, grade="major")
    perform(nc, "agree_to_plan", home.vera)
    perform(nc, "return_plan", home.bob, reason="Too vague.")
    perform(nc, "plan", home.ann)
    assert codes(nc, "approve_plan", home.bob) == {"top_management_agreed"}


def test_it_is_not_closed_before_its_action_is_found_effective(home: Body) -> None:
    nc = in_state(home, State.VERIFYING)
    assert codes(nc, "close", home.bob) == {"actions_are_effective", "consequences_are_considered"}


def test_whoever_owns_it_does_not_close_it_even_as_quality_manager(home: Body) -> None:
    nc = reported(home)
    perform(nc, "triage", home.bob, grade="minor", owner=home.bob, route="correction_only", rationale="x")
    perform(nc, "contain", home.bob, correction="Done.")
    perform(nc, "check_correction", home.bob)
    assert {"verifier_is_not_owner", "separation"} <= codes(nc, "close", home.bob)


def test_the_reporter_does_not_close_it(home: Body) -> None:
    nc = reported(home, title="Found by the quality manager")
    assert "create" in LIFECYCLE.step("close", State.VERIFYING).not_who_did
    assert codes(nc, "close", home.bob) == {"wrong_state"}


def test_it_is_not_closed_without_a_signature(home: Body) -> None:
    nc = in_state(home, State.VERIFYING)
    action = nc.actions.get()
    perform(action, "confirm", home.bob)
    with pytest.raises(Refused) as refused:
        perform(action, "find_effective", home.bob, result="0 of 12")
    assert "signature" in {reason.code for reason in refused.value.reasons}


def test_an_action_without_effect_sends_it_back_to_the_analysis(home: Body) -> None:
    nc = in_state(home, State.VERIFYING)
    action = nc.actions.get()
    perform(action, "confirm", home.bob)
    perform(action, "find_not_effective", home.bob, result="3 of 12", reason="It came back.")
    nc.refresh_from_db()
    assert (nc.state, action.state) == (State.ANALYSING, "not_effective")


def test_a_closed_one_is_reopened_with_a_reason_only(home: Body) -> None:
    nc = in_state(home, State.CLOSED)
    with pytest.raises(Refused):
        perform(nc, "reopen", home.bob)
    assert perform(nc, "reopen", home.bob, reason="It came back in October.").state == State.ANALYSING


def test_a_correction_given_with_the_step_counts(home: Body) -> None:
    nc = in_state(home, State.TRIAGED)
    with pytest.raises(Refused):
        perform(nc, "contain", home.ann)
    assert perform(nc, "contain", home.ann, no_correction_because="Nothing to correct.").state == State.CONTAINED


def test_another_bodys_person_is_no_choice_for_owner(home: Body, away: Body) -> None:
    from django.core.exceptions import ValidationError

    nc = reported(home)
    with pytest.raises(ValidationError):
        perform(nc, "triage", home.bob, grade="minor", owner=away.ann, route="capa", rationale="x")
