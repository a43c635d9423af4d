"""Attaching a file as evidence, and voiding it. The file is checked and stored before the transaction begins."""

from __future__ import annotations

import base64
import errno
import logging
from datetime import date
from typing import IO, Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qms.evidence import store
from qms.evidence.foreign import NotReadable
from qms.evidence.kinds import PACKAGES, PICTURES, Kind, kind_of_name, require_kind
from qms.evidence.models import EvidenceFile, EvidenceLink
from qms.evidence.refusals import refused
from qms.evidence.rights import ATTACH, attaching
from qms.evidence.sandbox import ForeignFileRefused, parse_foreign
from qms.lifecycle.perform import By, amend, create, lock, note
from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.people.actors import actor_of
from qms.trail import clock

VOID = "void_evidence"
MOST_BYTES = 25 * 1024 * 1024
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
LOOK = "qms.evidence.looking:look"
log = logging.getLogger(__name__)


def attach(
    row: Any,
    file: IO[bytes] | bytes,
    name: str,
    by: By,
    *,
    caption: str = "",
    requirement: str = "",
    covers_from: date | None = None,
    covers_to: date | None = None,
    key: UUID | None = None,
) -> EvidenceLink:
    """Attach a file to a record or to another row with a stream; its trail then holds the file's SHA-256.

    In: `file` the bytes or something to read them from, `name` as the file was called, `key` the idempotency key of the
    form. Raises Refused, KeyReused, and ValidationError with the field `file` for a file that is not taken.
    """
    actor = actor_of(by)
    _require_right(row, actor)
    data = _read(file)
    kind, looked = _checked(data, name)
    stored = _stored(data, kind, name, looked)
    uid = uuid5(key, f"{actor.person_id} {row.uid}") if key else uuid4()
    with transaction.atomic():
        locked = lock(row)
        sent_again = key is not None and EvidenceLink.unscoped.filter(uid=uid).exists()
        if not sent_again:
            _require_right(locked, actor)
        link = create(
            EvidenceLink,
            actor,
            key=key,
            uid=uid,
            organisation=locked.organisation,
            file=_file_row(stored, locked.organisation_id, actor.person_id),
            sha256=stored.sha256,
            record_type=locked.stream_name(),
            stream=locked.uid,
            name=name,
            caption=caption,
            requirement=requirement,
            covers_from=covers_from,
            covers_to=covers_to,
            added_by=actor.person,
        )
        if not sent_again:
            note(row, ATTACH, actor, evidence=str(uid), sha256=stored.sha256, kind=kind.code, size=len(data))
    return link


def void_evidence(link: EvidenceLink, by: By, reason: str, *, key: UUID | None = None) -> EvidenceLink:
    """Declare evidence void; it stays listed with the reason. Raises Refused, KeyReused, ValidationError."""
    actor, reason = actor_of(by), reason.strip()
    if not reason:
        raise Refused([Reason(_("Say why it is void."), "missing", _("lifecycle"), field="reason")])
    with transaction.atomic():
        row = lock(link.row)
        link.refresh_from_db()
        if link.is_void:
            return link
        amend(link, actor, key=key, reason=reason, voided_at=clock.now(), void_reason=reason)
        note(row, VOID, actor, reason=reason, evidence=str(link.uid), sha256=link.sha256)
    return link


def _require_right(row: Any, actor: Any) -> None:
    _held, reasons = attaching(row, actor)
    if reasons:
        raise Refused(reasons)


def keep(file: IO[bytes] | bytes, name: str) -> str:
    """Check an uploaded file and store it, without attaching it to anything; its SHA-256.

    Raises ValidationError with the field `file` for a file that is not taken.
    """
    data = _read(file)
    kind, looked = _checked(data, name)
    return _stored(data, kind, name, looked).sha256


def _read(file: IO[bytes] | bytes) -> bytes:
    data = file if isinstance(file, bytes) else file.read(MOST_BYTES + 1)
    if not data:
        raise refused("empty")
    if len(data) > MOST_BYTES:
        raise refused("too_large", megabytes=MOST_BYTES // 1024**2)
    return data


def _checked(data: bytes, name: str) -> tuple[Kind, dict[str, Any]]:
    """The kind both name and content have, and what the sandboxed look found in it."""
    try:
        kind = kind_of_name(name)
        require_kind(data, kind)
        looked = parse_foreign(LOOK, data, kind=kind.code) if kind in (*PICTURES, *PACKAGES) else {}
    except (NotReadable, ForeignFileRefused) as refusal:
        raise refused(refusal.code, **refusal.params) from None
    return kind, looked


def _stored(data: bytes, kind: Kind, name: str, looked: dict[str, Any]) -> EvidenceFile:
    """The bytes in the store, with the copy that is shown; and their row, not yet saved."""
    shown = base64.b64decode(looked.pop("shown", ""))
    try:
        digest = store.put(data)
        shown_digest = store.put(shown) if shown else ""
    except OSError as failure:
        log.error("a file could not be stored: %s", failure)
        raise refused("no_room" if failure.errno in NO_ROOM else "not_stored") from failure
    return EvidenceFile(
        sha256=digest,
        size=len(data),
        kind=kind.code,
        name=name,
        shown_sha256=shown_digest,
        made_at=clock.now(),
        **looked,
    )


def _file_row(stored: EvidenceFile, organisation_id: int, person_id: int | None) -> EvidenceFile:
    """The body's row for these bytes; a second one with the same bytes is the same row."""
    stored.organisation_id, stored.made_by_id = organisation_id, person_id
    EvidenceFile.unscoped.bulk_create([stored], ignore_conflicts=True)
    return EvidenceFile.unscoped.get(organisation=organisation_id, sha256=stored.sha256)
