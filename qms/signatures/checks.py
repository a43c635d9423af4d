"""What verify_trail checks about signatures: each stands in its event with its digest, and each event has its row."""

from __future__ import annotations

import json
from uuid import UUID

from django.db.models import Exists, OuterRef

from qms.signatures.models import Signature
from qms.trail.models import TrailEvent
from qms.trail.verify import Report, register

BATCH = 500


@register
def signatures_are_those_of_the_trail(report: Report) -> None:
    """Compare both ways, a batch at a time."""
    batch: list[Signature] = []
    for signature in Signature.unscoped.order_by("pk").iterator(chunk_size=BATCH):
        batch.append(signature)
        if len(batch) == BATCH:
            _compare(batch, report)
            batch = []
    _compare(batch, report)
    _missing(report)


def _compare(signatures: list[Signature], report: Report) -> None:
    bodies = _bodies([signature.stream for signature in signatures])
    for signature in signatures:
        said = bodies.get((signature.stream, signature.seq), {})
        if said != signature.facts:
            text = f"the signature of {signature.name} is not the one the trail knows"
            report.add("signature", text, signature.stream, signature.seq)


def _bodies(streams: list[UUID]) -> dict[tuple[UUID, int], dict[str, str]]:
    events = TrailEvent.objects.filter(stream__in=streams, body__contains='"signature":')
    return {(event.stream, event.seq): _said(event) for event in events.iterator(chunk_size=BATCH)}


def _missing(report: Report) -> None:
    """Events that speak of a signature which is gone."""
    rows = Signature.unscoped.filter(stream=OuterRef("stream"), seq=OuterRef("seq"))
    signed = TrailEvent.objects.filter(~Exists(rows), body__contains='"signature":')
    for event in signed.order_by("pk").iterator(chunk_size=BATCH):
        if _said(event):
            report.add("signature", "its signature is gone", event.stream, event.seq)


def _said(event: TrailEvent) -> dict[str, str]:
    try:
        facts = json.loads(event.body).get("facts", {})
    except ValueError:
        return {}
    return {name: facts[name] for name in ("signature", "meaning", "content") if name in facts}
