"""The boxes of an inspection's and of a measure's page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.calendar.rules import RULES
from qms.face.parts import Cell, Fact, Link, Paragraph, Table, Texts
from qms.lifecycle.case import Case
from qms.people.models import Person
from qms.records.pages import badge_of, due_of, url_of
from workflows.inspections.lifecycle import S
from workflows.inspections.models import Inspection, Measure


def line(inspection: Inspection) -> str:
    """One line of what matters: the object, and the order."""
    order = _("order %(number)s") % {"number": inspection.order_number} if inspection.order_number else ""
    return " · ".join(part for part in (inspection.object_name, order, inspection.report_number) if part)


def facts(inspection: Inspection) -> list[Fact]:
    order = f"{inspection.order_number} / {_day(inspection.order_on)}" if inspection.order_on else ""
    period = f"{_day(inspection.period_from)} – {_day(inspection.period_to)}" if inspection.period_from else ""
    rows = [
        (_("Object"), inspection.object_name),
        (_("Address"), inspection.object_address),
        (_("Order"), order),
        (_("Period inspected"), period),
        (_("Planned for"), _day(inspection.planned_on)),
        (_("Leader"), inspection.leader.name if inspection.leader else ""),
        (_("Report"), inspection.report_number),
        (_("Received"), _day(inspection.received_on)),
    ]
    found = [Fact(label, value) for label, value in rows if value]
    if inspection.checklist:
        found.append(Fact(_("Checklist"), inspection.checklist.reference, url=url_of(inspection.checklist)))
    return found


def _day(on: Any) -> str:
    return date_format(on, "DATE_FORMAT") if on else ""


def main(inspection: Inspection, case: Case) -> list[Any]:
    paragraphs = [
        Paragraph(_("Conclusions"), inspection.conclusions, anchor="conclusions"),
        Paragraph(_("What the inspected party said"), inspection.objections),
    ]
    shown = [paragraph for paragraph in paragraphs if paragraph.text]
    boxes: list[Any] = [_declarations(inspection)]
    if shown:
        boxes.append(Texts(_("The report"), shown))
    return [*boxes, _measures(inspection)]


def _declarations(inspection: Inspection) -> Table:
    people = Person.objects.filter(pk__in=inspection.everybody).order_by("name")
    rows = [(Cell(person.name), Cell(person.job_title), Cell(_declared(inspection, person.pk))) for person in people]
    heads = (_("Name"), _("Office"), _("Conflict of interest"))
    return Table(_("Team"), heads, rows, empty=_("The team is not set."), anchor="declarations")


def _declared(inspection: Inspection, person: int) -> str:
    if person in inspection.in_conflict:
        return _("declared a conflict")
    return _("declared none") if person in inspection.declared else _("not declared yet")


def _measures(inspection: Inspection) -> Table:
    rows = [
        (Cell(m.reference, url_of(m)), Cell(m.title), Cell(due=due_of(m)), Cell(badge=badge_of(m, plain=True)))
        for m in Measure.objects.of(inspection.organisation_id)
        .filter(inspection=inspection)
        .select_related("organisation")
        .order_by("pk")
    ]
    new = reverse("records:new", kwargs={"type_name": "measure"}) + f"?inspection={inspection.pk}"
    link = Link(_("Order a measure"), new) if inspection.state in (S.IN_PROGRESS, S.REPORT_DRAFT) else None
    heads = (_("Reference"), _("Measure"), _("Due"), _("State"))
    return Table(_("Measures"), heads, rows, link=link, empty=_("None ordered."), anchor="measures")


def measure_facts(measure: Measure) -> list[Fact]:
    inspection = measure.inspection
    rows = [
        Fact(_("Inspection"), inspection.reference, inspection.object_name, url_of(inspection)),
        Fact(_("Term"), measure.span, str(RULES[measure.rule].name)),
    ]
    if measure.first_due_on and measure.first_due_on != measure.due_on:
        count = ngettext("%(n)d extension", "%(n)d extensions", measure.extensions) % {"n": measure.extensions}
        rows.append(Fact(_("First date"), _day(measure.first_due_on), count))
    return rows


def measure_main(measure: Measure, case: Case) -> list[Any]:
    paragraphs = [
        Paragraph(_("What is ordered"), measure.description),
        Paragraph(_("Legal basis"), measure.legal_basis),
        Paragraph(_("How it was fulfilled"), measure.fulfilment, anchor="fulfilment"),
    ]
    return [Texts(_("The measure"), [paragraph for paragraph in paragraphs if paragraph.text])]
