"""What people do in an inspection besides its steps: they answer the items of its checklist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction

from procedures.checklists.structure import PHOTO
from qms.evidence.attaching import attach
from qms.evidence.reading import evidence_of
from qms.lifecycle.idempotency import claim, request_hash
from qms.lifecycle.perform import By, amend, create
from qms.lifecycle.refused import KeyReused, Stale
from qms.people.actors import Actor, actor_of
from qms.records.models import IdempotencyKey
from qms.trail import clock
from workflows.inspections.models import Answer, Inspection


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
    """Answer an item, or change its answer. In: `version` of the answer that was seen, 0 for none; `key` of the form.

    The same form sent again is carried out once; sent again with other content while nobody else answered, it counts
    as a further change. Raises Refused, Stale (somebody else answered meanwhile), ValidationError.
    """
    actor = actor_of(by)
    given: dict[str, Any] = {"value": value, "comment": comment}
    found = _found(inspection, item)
    stream = found.uid if found else uuid4()
    try:
        with transaction.atomic():
            if key is not None:
                asked = request_hash("answer", f"{inspection.uid} {item}", given | {"version": version})
                earlier = claim(actor, key, asked, stream, version + 1)
                if earlier:
                    return _found(inspection, item) or Answer(inspection=inspection, item=item)
            return _written(inspection, item, actor, found, stream, version, given)
    except KeyReused as reused:
        return _sent_again(inspection, item, actor, given, reused)
    except IntegrityError:  # two first answers at the same moment: one of them was faster
        raise Stale(version, 1) from None


def attach_files(inspection: Inspection, item: str, by: By, files: Sequence[Any], key: UUID | None) -> None:
    """Photos and files as evidence for an answer, given or still to come; the form sent again attaches nothing twice.

    Where the item asks for a photo, the photos are its answer. Raises Refused, Stale, ValidationError.
    """
    answer = _found(inspection, item)
    if answer is None:
        answer = save_answer(inspection, item, by, value=None)
    for nth, file in enumerate(files):
        attach(answer, file, file.name or "", by, key=uuid5(key, f"photo {nth}") if key else None)
    asked = next(each for each in inspection.items if each.key == item)
    if asked.kind == PHOTO:
        shown = [str(link.uid) for link in evidence_of(answer) if not link.is_void]
        answer.refresh_from_db()
        save_answer(inspection, item, by, value=shown, comment=answer.comment, version=answer.version)


def _found(inspection: Inspection, item: str) -> Answer | None:
    answer: Answer | None = (
        Answer.objects.of(inspection.organisation_id).filter(inspection=inspection, item=item).first()
    )
    return answer


def _written(
    inspection: Inspection,
    item: str,
    actor: Actor,
    found: Answer | None,
    stream: UUID,
    version: int,
    given: dict[str, Any],
) -> Answer:
    stamped = given | {"answered_by": actor.person, "answered_at": clock.now()}
    if found is None:
        body = inspection.organisation
        return create(Answer, actor, uid=stream, organisation=body, inspection=inspection, item=item, **stamped)
    if (found.value, found.comment) == (given["value"], given["comment"]):
        return found
    return amend(found, actor, version=version, **stamped)


def _sent_again(inspection: Inspection, item: str, actor: Actor, given: dict[str, Any], reused: KeyReused) -> Answer:
    """A form whose first sending was carried out, but whose sender never heard so and wrote on."""
    found = _found(inspection, item)
    earlier = IdempotencyKey.objects.get(person=actor.person_id, key=UUID(str(reused)))
    if found is None or (found.uid, found.version) != (earlier.stream, earlier.version):
        raise Stale(earlier.version, found.version if found else 0)
    return _written(inspection, item, actor, found, found.uid, found.version, given)
