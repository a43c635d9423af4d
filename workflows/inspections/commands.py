"""What people do in an inspection besides its steps: answer items, and take a failed one to a nonconformity."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from procedures.checklists.structure import text_in
from qms.lifecycle.perform import By, amend, create
from qms.lifecycle.refused import Stale
from qms.people.actors import actor_of
from qms.trail import clock
from workflows.inspections.models import Answer, Inspection

FAILING = ("no", "partly")


def save_answer(
    inspection: Inspection,
    item: str,
    by: By,
    *,
    value: Any,
    comment: str = "",
    version: int = 0,
    key: UUID | None = None,
) -> Answer:
    """Answer an item, or change its answer. In: `version` of the answer that was seen, 0 for none.

    Raises Refused, Stale (somebody else answered meanwhile), ValidationError.
    """
    actor = actor_of(by)
    given: dict[str, Any] = {
        "value": value, "comment": comment, "answered_by": actor.person, "answered_at": clock.now()
    }  # fmt: skip
    found = Answer.objects.of(inspection.organisation_id).filter(inspection=inspection, item=item).first()
    if found is None:
        body = inspection.organisation
        return create(Answer, actor, key=key, organisation=body, inspection=inspection, item=item, **given)
    if found.value == value and found.comment == comment:
        return found
    if version != found.version and key is None:
        raise Stale(version, found.version)
    return amend(found, actor, version=version, key=key, **given)


def nonconformity_from(inspection: Inspection, item_key: str, language: str) -> dict[str, str]:
    """What a nonconformity about a failed item begins with: requirement, evidence and place filled in.

    Raises ValidationError where the item was not found failing.
    """
    item = next((each for each in inspection.items if each.key == item_key), None)
    answer = inspection.answers_by_item.get(item_key)
    if item is None or answer is None or answer.value not in FAILING:
        raise ValidationError(_("Only an item that was found not to conform leads to a nonconformity."))
    question = text_in(item.label, language)
    requirement = " · ".join(part for part in (item.clause, item.legal_basis, question) if part)
    return {
        "title": f"{inspection.object_name}: {question}"[:250],
        "requirement": requirement,
        "evidence": answer.comment or question,
        "place": ", ".join(part for part in (inspection.object_name, inspection.object_address) if part)[:250],
        "found_on": (_day(answer) or inspection.planned_on).isoformat(),
        "source": "inspection",
    }


def _day(answer: Answer) -> date | None:
    return answer.answered_at.date() if answer.answered_at else None
