"""The evidence of records and answers, read in one query each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from qms.evidence.models import EvidenceLink


def evidence_of(row: Any) -> list[EvidenceLink]:
    """Everything ever attached to a record or row, the void ones too, in order. One query."""
    return evidence_of_all([row])[row.uid]


def evidence_of_all(rows: Iterable[Any]) -> dict[UUID, list[EvidenceLink]]:
    """The evidence of several rows of one body, by their uid. One query."""
    found: dict[UUID, list[EvidenceLink]] = {row.uid: [] for row in rows}
    links = EvidenceLink.unscoped.filter(stream__in=found).select_related("file", "added_by").order_by("pk")
    for link in links:
        found[link.stream].append(link)
    return found


def signed_files(record: Any) -> Mapping[str, Any]:
    """What a signature covers of the evidence: the hashes of what is attached and not void. One query."""
    links = EvidenceLink.unscoped.filter(stream=record.uid, voided_at=None)
    hashes = sorted(links.values_list("sha256", flat=True))
    return {"evidence": hashes} if hashes else {}
