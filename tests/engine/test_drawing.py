"""Viewflow's own drawings of a flow stay true: SVG and BPMN, with the tasks of a process in them."""

from xml.etree import ElementTree

from viewflow.workflow import chart

from qms.lifecycle.perform import perform
from tests.engine.conftest import Cast
from tests.engine.toyapp.routing import ToyFlow
from workflows.engine.models import Process, Task

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def test_bpmn_shows_questions_the_many_asked_and_the_clock() -> None:
    grid = chart.calc_layout_data(ToyFlow, edge_start_gap_size=0, edge_end_gap_size=0)
    process = ElementTree.fromstring(chart.grid_to_bpmn(grid).strip()).find(f"{BPMN}process")
    assert process is not None
    questions = {node.get("id"): node for node in process.findall(f"{BPMN}userTask")}
    assert set(questions) == {"id_node_write", "id_node_review", "id_node_approve"}
    assert questions["id_node_review"].find(f"{BPMN}multiInstanceLoopCharacteristics") is not None
    assert process.find(f"{BPMN}intermediateCatchEvent/{BPMN}timerEventDefinition") is not None
    edges = {(edge.get("sourceRef"), edge.get("targetRef")) for edge in process.findall(f"{BPMN}sequenceFlow")}
    assert ("id_node_review", "id_node_approve") in edges


def test_a_process_is_drawn_with_the_state_of_its_tasks(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    grid = chart.calc_layout_data(ToyFlow)
    chart.calc_cell_status(ToyFlow, grid, Process.objects.get(record_id=note.pk).pk)
    drawn = {cell.node.name: cell.status for cell in grid.cells}
    assert (drawn["write"], drawn["review"], drawn["approve"]) == ("DONE", "ASSIGNED", None)


def test_every_task_knows_what_it_followed_from(cast: Cast) -> None:
    note = cast.approved()
    way, task = [], Task.objects.get(record_id=note.pk, key="take_effect:clock")
    while task is not None:
        way.append(task.flow_task.name)
        task = task.previous.order_by("pk").last()
    assert way == ["take_effect", "approve", "review", "write", "start"]
