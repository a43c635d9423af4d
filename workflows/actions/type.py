"""Corrective actions, registered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from qms.face.dates import brief
from qms.face.parts import Fact, Paragraph, Texts
from qms.lifecycle.case import Case
from qms.records.pages import url_of
from qms.records.registry import Column, RecordType, register
from workflows.actions import consequences
from workflows.actions.lifecycle import LIFECYCLE
from workflows.actions.models import CorrectiveAction


def facts(action: CorrectiveAction) -> list[Fact]:
    nonconformity = action.nonconformity
    rows = [Fact(_("Nonconformity"), nonconformity.reference, nonconformity.title, url_of(nonconformity))]
    if action.due_on and action.due_on != action.first_due_on:
        rows.append(Fact(_("First date"), brief(action.first_due_on), _("never changed")))
        rows.append(Fact(_("Extensions"), str(action.extensions)))
    if action.requested_due_on and action.requested_due_on != action.due_on:
        label = action._meta.get_field("requested_due_on").verbose_name
        rows.append(Fact(label, brief(action.requested_due_on), strong=True))
    return rows


def main(action: CorrectiveAction, case: Case) -> list[Any]:
    paragraphs = [
        Paragraph(_("What is to be done"), action.description),
        Paragraph(_("Criterion of effectiveness"), action.criterion, anchor="criterion"),
        Paragraph(_("What was done"), action.implementation, anchor="implementation"),
        Paragraph(_("What the check showed"), action.result, anchor="result"),
    ]
    shown = [paragraph for paragraph in paragraphs if paragraph.text]
    return [Texts(_("The action and its effect"), shown)]


def nc_owner(action: CorrectiveAction) -> tuple[int | None, ...]:
    """The owner of its nonconformity; nobody before one is chosen."""
    return (action.nonconformity.owner_id,) if action.nonconformity_id else ()


ACTION = register(
    RecordType(
        model=CorrectiveAction,
        lifecycle=LIFECYCLE,
        code="CA",
        label=_("corrective action"),
        plural=_("Corrective actions"),
        parts={"owner": lambda action: (action.owner_id,), "nc_owner": nc_owner},
        part_labels={"owner": _("owner of the action"), "nc_owner": _("owner of the nonconformity")},
        computes={
            "create": consequences.first_date,
            "grant_extension": consequences.granted_date,
            "grant_further_extension": consequences.granted_date,
        },
        consequences={
            "report_implemented": (consequences.move_the_nonconformity_on,),
            "find_not_effective": (consequences.reopen_the_analysis,),
            "withdraw": (consequences.move_the_nonconformity_on,),
            "cancel": (consequences.move_the_nonconformity_on,),
            "void": (consequences.move_the_nonconformity_on,),
        },
        create_fields=(
            "nonconformity",
            "title",
            "description",
            "owner",
            "unit",
            "first_due_on",
            "criterion",
            "check_on",
        ),
        edit_fields=("title", "description", "owner", "unit", "criterion", "check_on", "implementation"),
        columns=(
            Column("nonconformity", _("Nonconformity"), lambda action: action.nonconformity.reference),
            Column("owner", _("Owner"), lambda action: action.owner.name if action.owner else ""),
        ),
        related=("unit", "owner", "nonconformity"),
        facts=facts,
        main=main,
    )
)
