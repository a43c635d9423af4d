"""What the answers of a mission come to, in all and section by section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from procedures.checklists.structure import Item, is_answered
from workflows.inspections.models import FAILING, Inspection


@dataclass(frozen=True)
class Results:
    """Items, and how many are answered, conform, fail, do not apply."""

    total: int
    answered: int
    failing: int
    not_applicable: int

    @property
    def conform(self) -> int:
        """Answered, applicable and not failing."""
        return self.answered - self.failing - self.not_applicable


def results_of(inspection: Inspection, items: Iterable[Item] | None = None) -> Results:
    """The results of all items, or of those given."""
    asked = tuple(inspection.items if items is None else items)
    answers = inspection.answers_by_item
    given = [
        answers[item.key].value for item in asked if item.key in answers and is_answered(item, answers[item.key].value)
    ]
    failing = sum(value in FAILING for value in given if isinstance(value, str))
    return Results(len(asked), len(given), failing, given.count("na"))
