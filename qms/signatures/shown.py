"""Signatures as people read them: who, as what, when, meaning what, and whether the content is still the signed one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qms.signatures.manifest import content_hash
from qms.signatures.models import Signature


@dataclass(frozen=True)
class Shown:
    """A signature beside the record as it is now. Where `is_current` is false it signed another version."""

    signature: Signature
    is_current: bool


def signatures_of(record: Any) -> list[Shown]:
    """All signatures of a record, the first one first; one query."""
    now = content_hash(record)
    given = Signature.unscoped.filter(stream=record.uid).order_by("seq", "pk")
    return [Shown(signature, signature.content_hash == now) for signature in given]
