"""A flow that disagrees with its table, or a stored reference that is gone, is refused at the start."""

from dataclasses import replace

import pytest
from django.core.checks import run_checks
from viewflow import this
from viewflow.workflow.lock import no_lock

from qms.people.roles import Role
from tests.engine.conftest import Cast
from tests.engine.toyapp.lifecycle import LIFECYCLE
from tests.engine.toyapp.lifecycle import State as S
from tests.engine.toyapp.routing import ToyFlow
from tests.engine.toyapp.type import TOY
from workflows.engine.checks import faults, stored_references_resolve
from workflows.engine.models import Task
from workflows.engine.nodes import Ask, Begin, End


def codes(flow: type[ToyFlow]) -> set[str]:
    return {code for code, _text in faults(flow, TOY)}


def test_the_toy_flow_agrees_with_its_table(toy: None) -> None:
    assert list(faults(ToyFlow, TOY)) == []
    assert [error for error in run_checks() if (error.id or "").startswith("engine.")] == []


def approving(**changed: object) -> type[ToyFlow]:
    """The toy flow with another question to the approver."""
    asks = {"states": S.IN_APPROVAL, "verbs": ("approve",), "to": Role.APPROVER, "sentence": "Approve {reference}"}
    node = Ask(**(asks | changed)).Next(this.take_effect)  # type: ignore[arg-type]
    return type("OtherFlow", (ToyFlow,), {"approve": node, "__module__": ToyFlow.__module__, "__doc__": "Other"})


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"to": "nobody"}, "E004"),
        ({"verbs": "agree"}, "E005"),
        ({"to": Role.AUTHOR}, "E006"),
        ({"states": S.DRAFT, "verbs": "submit", "to": "owner"}, "E009"),
    ],
)
def test_a_question_the_table_does_not_know_is_a_fault(changed: dict[str, object], code: str) -> None:
    assert code in codes(approving(**changed))


def test_another_lock_is_a_fault() -> None:
    assert "E003" in codes(type("Unlocked", (ToyFlow,), {"lock_impl": no_lock, "__doc__": "Unlocked"}))


def test_a_node_that_leads_nowhere_is_a_fault() -> None:
    lost = Ask(S.IN_APPROVAL, "approve", to=Role.APPROVER, sentence="Approve {reference}")
    assert "E007" in codes(type("Lost", (ToyFlow,), {"approve": lost, "__doc__": "Lost"}))


def test_a_line_that_no_steps_follow_is_a_fault() -> None:
    nodes = {"start": Begin().Next(this.take_effect), "end": End(), "__doc__": "Shortened"}
    table = replace(LIFECYCLE, steps=tuple(step for step in LIFECYCLE.steps if step.verb != "endorse"))
    flow = type("Shortened", (ToyFlow,), nodes)
    assert "E008" in {code for code, _text in faults(flow, replace(TOY, lifecycle=table))}


def test_an_open_task_at_a_node_that_is_gone_is_found(cast: Cast) -> None:
    cast.note()
    assert stored_references_resolve(None, databases=["default"]) == []
    Task.objects.filter(status="ASSIGNED").update(flow_task="toyapp/routing.ToyFlow.gone")
    (error,) = stored_references_resolve(None, databases=["default"])
    assert error.id == "engine.E010"
    assert "toyapp/routing.ToyFlow.gone" in error.msg
