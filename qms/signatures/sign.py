"""Signing: a fresh proof over the hash of what the record says. One INSERT, in the transaction of the step.

The ceremony: the page shows `challenge(record, step)`; the form brings its hash back with the proof; the door checks
the proof before its transaction (`proven`), holds the shown hash against the locked record (`require_shown`) and stores
what `sign` makes. The digest of the signature stands in the event of the step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.signatures.manifest import content_hash, manifest
from qms.signatures.models import Meaning, Signature
from qms.signatures.proof import Proof, Proven, proven
from qms.trail import clock

if TYPE_CHECKING:
    from qms.lifecycle.table import Step
    from qms.people.actors import Actor, Held

__all__ = ["Challenge", "Proof", "Proven", "challenge", "content_hash", "manifest", "proven", "require_shown", "sign"]


@dataclass(frozen=True)
class Challenge:
    """What is shown before signing: the sentence, and the frozen content with its hash."""

    statement: str
    manifest: dict[str, Any]
    content_hash: str


def challenge(record: Any, step: Step) -> Challenge:
    """What a signature of this step would say, over the record as it is now."""
    return Challenge(statement_of(record, step), manifest(record), content_hash(record))


def statement_of(record: Any, step: Step) -> str:
    """The meaning in the first person, and of what: in the language of the person who signs."""
    return f"{Meaning(step.meaning).label} – {record}"[:400]


def require_shown(record: Any, checked: Proven) -> None:
    """Refuse when the record under lock is not what the person was shown for signing."""
    if checked.content_hash and checked.content_hash != content_hash(record):
        text = _("It was changed after it was shown for signing; read it again and sign again.")
        raise Refused([Reason(text, "content_changed", _("signatures"))])


def sign(record: Any, step: Step, actor: Actor, checked: Proven, standing: Held | None = None) -> Signature:
    """The signature for this step, unsaved, over the record with what the step gives it.

    `standing` is the role it is given in, and for whom.
    """
    assert actor.person is not None
    return Signature(
        organisation_id=record.organisation_id,
        record_type=record.stream_name(),
        stream=record.uid,
        seq=record.version + 1,
        person=actor.person,
        name=actor.name,
        office=actor.office,
        role=standing.role if standing else "",
        on_behalf_of=standing.for_name if standing else "",
        meaning=step.meaning,
        statement=statement_of(record, step),
        content_hash=content_hash(record),
        method=checked.method,
        proven_at=checked.at,
        at=clock.now(),
    )
