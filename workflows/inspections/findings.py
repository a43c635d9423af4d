"""What comes of an item that was found not to conform: nonconformities reported and measures ordered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from qms.face.parts import Link
from qms.records.pages import url_of
from workflows.inspections.models import Inspection, Measure
from workflows.nonconformities.models import Nonconformity


class Followed:
    """Nonconformities and measures of a mission by item. Two queries."""

    def __init__(self, inspection: Inspection) -> None:
        self.inspection = inspection

    @cached_property
    def nonconformities(self) -> dict[str, list[Nonconformity]]:
        rows = Nonconformity.objects.of(self.inspection.organisation_id).filter(origin=self.inspection.uid)
        return _by(rows.select_related("organisation").order_by("pk"), "origin_item")

    @cached_property
    def measures(self) -> dict[str, list[Measure]]:
        rows = Measure.objects.of(self.inspection.organisation_id).filter(inspection=self.inspection)
        return _by(rows.select_related("organisation").order_by("pk"), "item")

    def links(self, item: str) -> Iterator[Link]:
        """What came of the item, each by its reference and title."""
        for record in (*self.nonconformities.get(item, ()), *self.measures.get(item, ())):
            yield Link(f"{record.reference} {record.title}", url_of(record))


def _by(rows: Any, name: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def new_nonconformity_url(inspection: Inspection, item: str) -> str:
    """The form of a new nonconformity, filled in from the item."""
    given = {"origin_type": inspection.stream_name(), "origin": str(inspection.uid), "origin_item": item}
    return f"{reverse('records:new', kwargs={'type_name': 'nonconformity'})}?{urlencode(given)}"


def new_measure_url(inspection: Inspection, item: str = "") -> str:
    """The form of a new measure of the mission, filled in from the item."""
    given = {"inspection": str(inspection.pk)} | ({"item": item} if item else {})
    return f"{reverse('records:new', kwargs={'type_name': 'measure'})}?{urlencode(given)}"
