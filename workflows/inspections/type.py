"""Inspections and measures, registered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from qms.records.registry import Column, RecordType, register
from qms.reports.kinds import Kind
from workflows.inspections import boxes, consequences, flow
from workflows.inspections.forms import InspectionForm, MeasureForm
from workflows.inspections.lifecycle import LEADER, LIFECYCLE, MEASURE, TEAM
from workflows.inspections.models import Inspection, Measure
from workflows.inspections.report import findings_protocol, inspection_report


def manifest(inspection: Inspection) -> Mapping[str, Any]:
    """What a signature covers beside the fields: the measures as ordered; the answers are frozen in a field."""
    measures = Measure.objects.of(inspection.organisation_id).filter(inspection=inspection).order_by("pk")
    rows = measures.exclude(state="void").values_list("reference", "description", "legal_basis", "rule", "span")
    return {"measures": [list(row) for row in rows]}


INSPECTION = register(
    RecordType(
        model=Inspection,
        lifecycle=LIFECYCLE,
        code="INS",
        label=_("inspection"),
        plural=_("Inspections"),
        parts={
            LEADER: lambda inspection: (inspection.leader_id,),
            TEAM: lambda inspection: sorted(inspection.everybody),
        },
        part_labels={LEADER: _("leader of the team"), TEAM: _("member of the team")},
        computes={
            "begin": consequences.began,
            "draw_up_report": consequences.answers_frozen,
            "issue": consequences.report_numbered,
        },
        consequences={"record_receipt": (consequences.start_the_terms,)},
        create_fields=("title", "object_name", "object_address", "planned_on", "leader", "unit"),
        edit_fields=(
            "title", "object_name", "object_address", "representative", "object_keys", "period_from", "period_to",
            "planned_on", "order_number", "order_on", "leader", "team", "checklist", "conclusions",
            "objections", "unit",
        ),
        forms={"create": InspectionForm, "edit": InspectionForm},
        columns=(
            Column("object_name", _("Object"), "object_name"),
            Column("leader", _("Leader"), lambda inspection: inspection.leader.name if inspection.leader else ""),
            Column("planned_on", _("Planned for"), "planned_on"),
        ),
        filters=("state", "unit", "leader"),
        related=("unit", "owner", "leader", "checklist"),
        facts=boxes.facts,
        main=boxes.main,
        line=boxes.line,
        manifest=manifest,
        report={
            "protocol": Kind(_("Findings protocol"), findings_protocol),
            "report": Kind(_("Inspection report"), inspection_report),
        },
        flow=flow.InspectionFlow,
    )
)  # fmt: skip

MEASURE_TYPE = register(
    RecordType(
        model=Measure,
        lifecycle=MEASURE,
        code="M",
        label=_("measure"),
        plural=_("Measures"),
        parts={
            LEADER: lambda measure: (measure.inspection.leader_id,) if measure.inspection_id else (),
            TEAM: lambda measure: sorted(measure.inspection.everybody) if measure.inspection_id else (),
        },
        part_labels={LEADER: _("leader of the team"), TEAM: _("member of the team")},
        computes={
            "start_term": consequences.term_started,
            "grant_extension": consequences.term_extended,
            "report_fulfilled": consequences.fulfilment_reported,
        },
        create_fields=("inspection", "item", "title", "description", "legal_basis", "rule", "span", "unit"),
        edit_fields=("title", "description", "legal_basis", "rule", "span"),
        forms={"create": MeasureForm, "edit": MeasureForm},
        columns=(Column("inspection", _("Inspection"), lambda measure: measure.inspection.reference),),
        filters=("state", "unit"),
        related=("unit", "owner", "inspection"),
        facts=boxes.measure_facts,
        main=boxes.measure_main,
        flow=flow.MeasureFlow,
    )
)
