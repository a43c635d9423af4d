"""What a step of an inspection or of a measure sets by itself, and what follows from it in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qms.calendar.service import deadline_for
from qms.calendar.spans import Span
from qms.lifecycle.perform import perform
from qms.people.actors import SYSTEM, Actor
from qms.records.numbering import next_number
from qms.trail import clock
from qms.trail.models import TrailEvent
from workflows.inspections.lifecycle import M
from workflows.inspections.models import Answer, Inspection, Measure

Given = Mapping[str, Any]


def began(inspection: Inspection, given: Given, actor: Actor) -> dict[str, Any]:
    return {"began_at": clock.now()}


def answers_frozen(inspection: Inspection, given: Given, actor: Actor) -> dict[str, Any]:
    """Leaving the site freezes the hash of every answer into the mission: what is signed later is what was answered."""
    answers = Answer.objects.of(inspection.organisation_id).filter(inspection=inspection)
    heads = dict(answers.order_by("item").values_list("item", "head"))
    return {"answers_frozen": heads, "ended_at": clock.now()}


def report_numbered(inspection: Inspection, given: Given, actor: Actor) -> dict[str, Any]:
    """The report's number, without gaps per body and year."""
    year = clock.today(inspection.organisation.time_zone).year
    number = next_number(inspection.organisation_id, "inspection_report", year)
    return {"report_number": f"RI-{year}-{number:03d}"}


def start_the_terms(inspection: Inspection, event: TrailEvent, actor: Actor, given: Given) -> None:
    """With the receipt the term of every measure begins to run, and the mission waits for them."""
    measures = Measure.objects.of(inspection.organisation_id).filter(inspection=inspection, state=M.ORDERED)
    waiting = list(measures.order_by("pk"))
    for measure in waiting:
        perform(measure, "start_term", SYSTEM)
    if waiting:
        perform(inspection, "open_measures", SYSTEM)


def term_started(measure: Measure, given: Given, actor: Actor) -> dict[str, Any]:
    """The date, counted from the receipt by the rule that stands on the measure, with its explanation."""
    received = measure.inspection.received_on
    assert received is not None
    counted = deadline_for(measure.organisation, measure.rule, received, Span.parse(measure.span))
    return {"due_on": counted.date, "first_due_on": counted.date, "due_why": counted.trace}


def term_extended(measure: Measure, given: Given, actor: Actor) -> dict[str, Any]:
    return {"due_on": measure.requested_due_on, "due_why": None, "extensions": measure.extensions + 1}


def fulfilment_reported(measure: Measure, given: Given, actor: Actor) -> dict[str, Any]:
    return {"reported_by": actor.person}
