"""Make an event and write it. `compose` is pure; `write` is one INSERT for the event and one for its clear values.

Sequence, chain position and optimistic version of a record are one number, and the previous hash stands on the record
row as `head`: no SELECT is needed here. After composing, the door sets the record's head to `composed.event.leaf_hash`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from qms.trail import click as clicks
from qms.trail import clock
from qms.trail.canonical import canonical, commitment, leaf_hash, plain, utc_text
from qms.trail.insert import insert
from qms.trail.models import TrailDetail, TrailEvent

if TYPE_CHECKING:
    from qms.people.actors import Actor, Held
    from qms.people.models import Organisation

FORMAT = 1


@dataclass(frozen=True)
class Composed:
    """An event ready to be written, and the clear values behind its commitments, if there are any."""

    event: TrailEvent
    detail: TrailDetail | None


def compose(
    *,
    organisation: Organisation,
    record_type: str,
    stream: UUID,
    seq: int,
    prev: str,
    verb: str,
    actor: Actor,
    at: datetime | None = None,
    acting_as: Held | None = None,
    from_state: str | None = None,
    to_state: str | None = None,
    reason: str = "",
    changed: Mapping[str, tuple[Any, Any]] | None = None,
    facts: Mapping[str, str | int] | None = None,
    judged_under: str = "",
    click: UUID | None = None,
) -> Composed:
    """One event of one record, hashed.

    In: `seq` is the record's new version, `prev` its head before the step, `acting_as` the role used (and for whom),
    `changed` field → (old, new), `facts` only codes, ids and hashes (they stand in clear for ever); what people typed
    goes into `reason` and `changed` and enters the hash as salted commitments only.
    """
    moment = at or clock.now()
    click = click or clicks.current()
    clear = _salted(reason, changed or {})
    body: dict[str, Any] = {
        "v": FORMAT,
        "organisation": organisation.code,
        "type": record_type,
        "stream": str(stream),
        "seq": seq,
        "prev": prev,
        "event": verb,
        "at": utc_text(moment),
        "click": str(click),
        "actor": _actor(actor, acting_as),
    }
    if acting_as is not None and acting_as.for_id is not None:
        body["on_behalf_of"] = {"id": acting_as.for_id, "name": acting_as.for_name}
    if from_state is not None:
        body["from"] = str(from_state)
    if to_state is not None:
        body["to"] = str(to_state)
    if facts:
        body["facts"] = plain(facts)
    if judged_under:
        body["judged_under"] = judged_under
    if clock.is_set():
        body["clock"] = "set"
    body.update(commitments(clear))
    text = canonical(body)
    event = TrailEvent(
        organisation_id=organisation.pk,
        stream=stream,
        record_type=record_type,
        seq=seq,
        verb=verb,
        from_state=body.get("from"),
        to_state=body.get("to"),
        at=moment,
        actor_id=actor.person_id,
        on_behalf_of_id=acting_as.for_id if acting_as is not None else None,
        click=click,
        body=text,
        leaf_hash=leaf_hash(text),
        prev=prev,
    )
    return Composed(event, TrailDetail(clear=canonical(clear)) if clear else None)


def write(composed: Composed) -> TrailEvent:
    """Store the event and its clear values: at most two INSERTs, inside the caller's transaction."""
    event = composed.event
    insert(event)
    if composed.detail is not None:
        composed.detail.event = event
        insert(composed.detail)
    return event


def commitments(clear: Mapping[str, Any]) -> dict[str, Any]:
    """What the body says about clear values: the same shape, each value replaced by its commitment."""
    said: dict[str, Any] = {}
    if "reason" in clear:
        said["reason"] = _commit(clear["reason"])
    if "changed" in clear:
        said["changed"] = {name: [_commit(old), _commit(new)] for name, (old, new) in clear["changed"].items()}
    return said


def _commit(salted: Mapping[str, Any]) -> str:
    return commitment(salted["salt"], salted["value"])


def _salted(reason: str, changed: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    clear: dict[str, Any] = {}
    if reason:
        clear["reason"] = _salt(str(reason))
    if changed:
        clear["changed"] = {name: [_salt(plain(old)), _salt(plain(new))] for name, (old, new) in changed.items()}
    return clear


def _salt(value: Any) -> dict[str, Any]:
    return {"salt": secrets.token_hex(16), "value": value}


def _actor(actor: Actor, acting_as: Held | None) -> dict[str, Any]:
    """The official in office: printed name, title and role as they are now."""
    return {
        "id": actor.person_id,
        "name": actor.name,
        "office": actor.office,
        "role": acting_as.role if acting_as is not None else "",
        "via": actor.via,
    }
