"""The boxes of an inspection's and of a measure's page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from procedures.checklists.structure import text_in
from qms.calendar.explain import span_in_words
from qms.calendar.rules import RULES, WORKING_DAYS
from qms.calendar.spans import Span
from qms.face.parts import Cell, Fact, Fragment, Link, Paragraph, Table, Texts
from qms.lifecycle.case import Case
from qms.people.models import Person
from qms.records.pages import badge_of, due_of, url_of
from workflows.inspections.findings import Followed, new_measure_url, new_nonconformity_url
from workflows.inspections.lifecycle import S
from workflows.inspections.models import FAILING, Inspection, Measure
from workflows.inspections.results import results_of
from workflows.inspections.runner import numbers_of


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
    boxes: list[Any] = [_answers(inspection), _failed(inspection, case), _declarations(inspection)]
    if shown:
        boxes.append(Texts(_("The report"), shown))
    return [box for box in (*boxes, _measures(inspection)) if box]


def _answers(inspection: Inspection) -> Table | None:
    """The checklist section by section: answered, conform, not conform; its link opens it."""
    if inspection.checklist is None:
        return None
    url = reverse("inspections:checklist", kwargs={"uid": inspection.uid})
    rows = []
    for nth, section in enumerate(inspection.sections, start=1):
        if not section.items:
            continue
        found = results_of(inspection, section.items)
        title = f"{section.number or nth}. {text_in(section.title, _language())}"
        counts = (found.conform, found.failing, found.not_applicable)
        cells = [Cell(str(count)) for count in counts]
        answered = _("%(answered)s of %(total)s") % {"answered": found.answered, "total": found.total}
        rows.append((Cell(title, f"{url}?section={section.key}"), Cell(answered), *cells))
    heads = (_("Section"), _("Answered"), _("Conform"), _("Do not conform"), _("Not applicable"))
    opened = inspection.state == S.IN_PROGRESS
    link = Link(_("Open the checklist") if opened else _("Read the checklist"), url)
    return Table(_("Checklist"), heads, rows, link=link, numeric=(1, 2, 3, 4), anchor="checklist")


def _failed(inspection: Inspection, case: Case) -> Fragment | None:
    """Items that do not conform, with what came of each, and what can come of it."""
    given = inspection.answers_by_item
    failed = [item for item in inspection.items if item.key in given and given[item.key].value in FAILING]
    if not failed:
        return None
    followed, numbers = Followed(inspection), numbers_of(inspection.sections)
    person = case.actor.person
    reports = person is not None and person.organisation_id == inspection.organisation_id
    orders = case.actor.person_id in inspection.everybody and inspection.state in (S.IN_PROGRESS, S.REPORT_DRAFT)
    rows = []
    for item in failed:
        links = list(followed.links(item.key))
        if reports and not followed.nonconformities.get(item.key):
            links.append(Link(_("Report a nonconformity"), new_nonconformity_url(inspection, item.key)))
        if orders and not followed.measures.get(item.key):
            links.append(Link(_("Order a measure"), new_measure_url(inspection, item.key)))
        rows.append((numbers[item.key], text_in(item.label, _language()), given[item.key].comment, links))
    return Fragment("inspections/failed.html", {"rows": rows})


def _language() -> str:
    return (get_language() or "en").split("-")[0]


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
    link = (
        Link(_("Order a measure"), new_measure_url(inspection))
        if inspection.state in (S.IN_PROGRESS, S.REPORT_DRAFT)
        else None
    )
    heads = (_("Reference"), _("Measure"), _("Due"), _("State"))
    return Table(_("Measures"), heads, rows, link=link, empty=_("None ordered."), anchor="measures")


def measure_facts(measure: Measure) -> list[Fact]:
    inspection, rule = measure.inspection, RULES[measure.rule]
    rows = [
        Fact(_("Inspection"), inspection.reference, inspection.object_name, url_of(inspection)),
        Fact(_("Term"), span_in_words(Span.parse(measure.span), rule.count == WORKING_DAYS), str(rule.name)),
    ]
    if measure.first_due_on and measure.first_due_on != measure.due_on:
        count = ngettext("%(n)d extension", "%(n)d extensions", measure.extensions) % {"n": measure.extensions}
        rows.append(Fact(_("First date"), _day(measure.first_due_on), count))
    if measure.requested_due_on and measure.requested_due_on != measure.due_on:
        label = measure._meta.get_field("requested_due_on").verbose_name
        rows.append(Fact(label, _day(measure.requested_due_on), strong=True))
    return rows


def measure_main(measure: Measure, case: Case) -> list[Any]:
    paragraphs = [
        Paragraph(_("What is ordered"), measure.description),
        Paragraph(_("Legal basis"), measure.legal_basis),
        Paragraph(_("How it was fulfilled"), measure.fulfilment, anchor="fulfilment"),
    ]
    return [Texts(_("The measure"), [paragraph for paragraph in paragraphs if paragraph.text])]
