"""Signing: a fresh proof, checked before any lock is taken, over the hash of what the record says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.records import registry
from qms.signatures.models import Signature
from qms.trail import clock
from qms.trail.canonical import canonical, plain

if TYPE_CHECKING:
    from qms.lifecycle.table import Step
    from qms.people.actors import Actor


@dataclass(frozen=True)
class Proof:
    """What the person brings: his password, typed again, and the hash of the content he was shown."""

    password: str
    content_hash: str = ""


@dataclass(frozen=True)
class Proven:
    """A proof that was checked, good for the one call it was brought to."""

    method: str
    content_hash: str


# Fields that say where a record stands, not what it says.
NOT_CONTENT = frozenset({"id", "version", "head", "state", "search_text", "created_at", "due_on", "due_why"})


def manifest(record: Any) -> dict[str, Any]:
    """What a signature covers: every field that says something, and what the type adds (answers, files by hash)."""
    from qms.lifecycle.perform import plain_value

    values = {
        field.name: plain_value(field, getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.name not in NOT_CONTENT
    }
    more: Mapping[str, Any] = {}
    own = registry.type_of(record).manifest
    if own is not None:
        more = own(record)
    return {"type": record.stream_name(), "values": values, **more}


def content_hash(record: Any) -> str:
    """SHA-256 of the manifest's canonical bytes."""
    return hashlib.sha256(canonical(plain(manifest(record))).encode()).hexdigest()


def proven(proof: Proof, actor: Actor) -> Proven:
    """Check the proof, outside of any transaction: hashing a password takes long. Raises Refused.

    A program's token cannot sign, whatever it sends.
    """
    if actor.person is None or actor.via == "api":
        text = _("A signature is given by a person with a fresh proof, not by a program's token.")
        raise Refused([Reason(text, "signature_by_person", _("signatures"))])
    if not actor.person.check_password(proof.password):
        raise Refused([Reason(_("The password is not right, so nothing was signed."), "proof", _("signatures"))])
    return Proven("password", proof.content_hash)


def require_shown(record: Any, checked: Proven) -> None:
    """Refuse when the record under lock is not what the person was shown for signing."""
    if checked.content_hash and checked.content_hash != content_hash(record):
        text = _("It was changed after it was shown for signing; read it again and sign again.")
        raise Refused([Reason(text, "content_changed", _("signatures"))])


def sign(record: Any, step: Step, actor: Actor, checked: Proven) -> Signature:
    """The signature for this step, unsaved, over the record with what the step gives it."""
    assert actor.person is not None
    return Signature(
        organisation_id=record.organisation_id,
        record_type=record.stream_name(),
        stream=record.uid,
        seq=record.version + 1,
        person=actor.person,
        name=actor.name,
        office=actor.office,
        meaning=step.meaning,
        content_hash=content_hash(record),
        method=checked.method,
        at=clock.now(),
    )
