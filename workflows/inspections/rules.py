"""What must hold before an inspection moves on (ISO/IEC 17020:2012, 4.1, 7.1 and 7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.rules import rule

if TYPE_CHECKING:
    from qms.people.actors import Actor
    from workflows.inspections.models import Inspection, Measure


@rule(
    otherwise=_("The inspection order is not given: its number and date are missing."),
    clause="ISO/IEC 17020 7.1",
    mend="order",
    who="leader",
)
def order_is_given(inspection: Inspection) -> bool:
    return bool(inspection.order_number.strip() and inspection.order_on)


@rule(
    otherwise=_("The team is not set; a mission has at least two people."),
    clause="ISO/IEC 17020 6.1",
    mend="order",
    who="leader",
)
def team_is_set(inspection: Inspection) -> bool:
    return inspection.leader_id is not None and len(inspection.everybody) >= 2


@rule(otherwise=_("No checklist in force is chosen."), clause="ISO/IEC 17020 7.1.1", mend="order", who="leader")
def checklist_is_in_force(inspection: Inspection) -> bool:
    return inspection.checklist is not None and inspection.checklist_in_force


@rule(
    otherwise=_("It is not chosen what is inspected, though the checklist distinguishes it."),
    mend="order",
    clause="ISO/IEC 17020 7.1",
    who="leader",
)
def object_of_check_is_chosen(inspection: Inspection) -> bool:
    return not inspection.objects_distinguish or bool(inspection.object_keys)


@rule(
    otherwise=_("Not everybody in the team has declared to have no conflict of interest."),
    clause="ISO/IEC 17020 4.1.6",
    mend="declarations",
    who="team",
)
def everybody_has_declared(inspection: Inspection) -> bool:
    return inspection.everybody <= inspection.declared


@rule(
    otherwise=_("Somebody in the team has declared a conflict of interest and is to be replaced."),
    clause="ISO/IEC 17020 4.1.6",
    mend="declarations",
    who="leader",
)
def nobody_has_a_conflict(inspection: Inspection) -> bool:
    return not inspection.everybody & inspection.in_conflict


@rule(otherwise=_("You have declared already."), clause="ISO/IEC 17020 4.1.6")
def has_not_declared(inspection: Inspection, actor: Actor) -> bool:
    return actor.person_id not in inspection.declared


@rule(
    otherwise=_("Not every item of the checklist is answered."),
    clause="ISO/IEC 17020 7.4.2",
    mend="checklist",
    who="team",
)
def every_item_is_answered(inspection: Inspection) -> bool:
    return not inspection.unanswered


@rule(
    otherwise=_("An answer still lacks the comment the form asks for."),
    clause="ISO/IEC 17020 7.4.2",
    mend="checklist",
    who="team",
)
def every_required_comment_is_given(inspection: Inspection) -> bool:
    return not inspection.without_comment


@rule(otherwise=_("The conclusions are not written."), clause="ISO/IEC 17020 7.4.2 h", mend="conclusions", who="leader")
def conclusions_are_written(inspection: Inspection) -> bool:
    return bool(inspection.conclusions.strip())


@rule(
    otherwise=_("Not everybody in the team has signed this version of the report."),
    clause="ISO/IEC 17020 7.4.2 k",
    mend="signatures",
    who="team",
)
def everybody_has_signed(inspection: Inspection) -> bool:
    return inspection.everybody <= inspection.signed


@rule(otherwise=_("You have signed this version of the report already."), clause="ISO/IEC 17020 7.4.2 k")
def has_not_signed(inspection: Inspection, actor: Actor) -> bool:
    return actor.person_id not in inspection.signed


@rule(
    otherwise=_("You are in the team, so someone else decides on the report."),
    clause="ISO/IEC 17020 7.1.9",
    who="coordinator",
)
def decider_is_not_in_the_team(inspection: Inspection, actor: Actor) -> bool:
    return actor.person_id not in inspection.everybody


@rule(
    otherwise=_("Not every measure is fulfilled or transferred."),
    clause="ISO/IEC 17020 7.4",
    mend="measures",
    who="team",
)
def every_measure_is_settled(inspection: Inspection) -> bool:
    return not inspection.open_measures


@rule(otherwise=_("The receipt of the report is recorded already."), mend="receipt")
def receipt_is_not_recorded(inspection: Inspection) -> bool:
    return inspection.received_on is None


@rule(
    otherwise=_("The report has not been received yet, so no term runs."),
    clause=_("term runs from receipt"),
    mend="receipt",
    who="leader",
)
def report_is_received(inspection: Inspection) -> bool:
    return inspection.received_on is not None


@rule(otherwise=_("There are measures, so it stays open until they are settled."), mend="measures")
def there_are_no_measures(inspection: Inspection) -> bool:
    return not inspection.open_measures


@rule(
    otherwise=_("You reported it as fulfilled or inspected it alone, so someone else verifies it."),
    clause=_("separation of duties"),
    who="coordinator",
)
def verifier_did_not_report(measure: Measure, actor: Actor) -> bool:
    return actor.person_id != measure.reported_by_id


@rule(otherwise=_("The report that orders the measure is not received yet."), clause=_("term runs from receipt"))
def term_can_run(measure: Measure) -> bool:
    return measure.inspection.received_on is not None
