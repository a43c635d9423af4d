"""Nonconformities, registered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qms.face.parts import Cell, Fact, Link, LinkedRecord, LinkedRecords, Paragraph, Table, Texts
from qms.lifecycle.case import Case
from qms.people.actors import Actor
from qms.records.pages import badge_of, due_of, url_of
from qms.records.registry import Column, RecordType, register
from workflows.nonconformities import consequences
from workflows.nonconformities.forms import ORIGIN, NonconformityForm
from workflows.nonconformities.lifecycle import LIFECYCLE
from workflows.nonconformities.models import Nonconformity, origin_record


def facts(nc: Nonconformity) -> list[Fact]:
    rows = [
        (_("Grade"), nc.get_grade_display()),
        (_("Route"), nc.get_route_display()),
        (_("Found by"), nc.get_source_display()),
        (_("Where"), nc.place),
        (_("Reported by"), nc.reported_by.name if nc.reported_by else ""),
    ]
    return [Fact(label, value) for label, value in rows if value]


def line(nc: Nonconformity) -> str:
    return " · ".join(part for part in (nc.get_grade_display(), nc.place) if part)


def main(nc: Nonconformity, case: Case) -> list[Any]:
    paragraphs = [
        Paragraph(_("Requirement"), nc.requirement, anchor="finding"),
        Paragraph(_("Objective evidence"), nc.evidence),
        Paragraph(_("Why this grade and route"), nc.rationale),
        Paragraph(_("Correction"), nc.correction or nc.no_correction_because, anchor="correction"),
        Paragraph(_("Cause"), nc.cause, note=nc.get_method_display(), anchor="cause"),
        Paragraph(_("Why that was possible"), nc.why_possible),
        Paragraph(_("Similar cases"), nc.similar_cases),
        Paragraph(_("Risks and opportunities considered"), nc.risks_considered, anchor="effectiveness"),
        Paragraph(_("Changes to the quality system considered"), nc.changes_considered),
    ]
    shown = [paragraph for paragraph in paragraphs if paragraph.text]
    return [Texts(_("What happened, why, and what was done"), shown), _actions(nc, case)]


def _actions(nc: Nonconformity, case: Case) -> Table:
    actions = nc.actions.select_related("owner", "organisation").order_by("pk")
    rows = [
        (Cell(a.reference, url_of(a)), Cell(a.title), Cell(a.owner.name if a.owner else ""), Cell(due=due_of(a)),
         Cell(badge=badge_of(a, plain=True)))
        for a in actions
    ]  # fmt: skip
    heads = (_("Reference"), _("Action"), _("Owner"), _("Due"), _("State"))
    new = reverse("records:new", kwargs={"type_name": "correctiveaction"}) + f"?nonconformity={nc.pk}"
    link = Link(_("Plan an action"), new) if nc.plans_actions else None
    return Table(_("Corrective actions"), heads, rows, link=link, empty=nc.no_action_because or _("None yet."),
                 anchor="actions")  # fmt: skip


def rail(nc: Nonconformity, case: Case) -> list[Any]:
    origin = origin_of(nc)
    if origin is None:
        return []
    return [LinkedRecords([LinkedRecord(_("found in"), str(origin), url_of(origin), badge_of(origin, plain=True))])]


def origin_of(nc: Nonconformity) -> Any:
    """The record it was found in, or None."""
    return origin_record(nc.organisation_id, nc.origin_type, nc.origin)


def reported(nc: Nonconformity, given: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    return {"reported_by": nc.reported_by or actor.person}


NONCONFORMITY = register(
    RecordType(
        model=Nonconformity,
        lifecycle=LIFECYCLE,
        code="NC",
        label=_("nonconformity"),
        plural=_("Nonconformities"),
        parts={"owner": lambda nc: (nc.owner_id,), "reporter": lambda nc: (nc.reported_by_id,)},
        part_labels={"owner": _("owner of the nonconformity"), "reporter": _("who reported it")},
        computes={"create": reported},
        consequences={"approve_plan": (consequences.begin_where_nothing_is_open,)},
        create_fields=("title", "source", "found_on", "place", "requirement", "evidence", "unit", *ORIGIN),
        edit_fields=(
            "title", "place", "requirement", "evidence", "unit", "correction", "no_correction_because", "method",
            "cause", "why_possible", "similar_cases", "no_action_because", "risks_considered", "changes_considered",
        ),
        forms={"create": NonconformityForm},
        columns=(
            Column("grade", _("Grade"), "grade"),
            Column("owner", _("Owner"), lambda nc: nc.owner.name if nc.owner else ""),
        ),
        filters=("state", "grade", "source", "unit", "owner"),
        related=("unit", "owner", "reported_by"),
        facts=facts,
        main=main,
        rail=rail,
        line=line,
    )
)  # fmt: skip
