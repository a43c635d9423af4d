"""Each stream from its first event to its last: numbers, hashes, columns, clear values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from qms.trail.canonical import leaf_hash, read_canonical, utc_text
from qms.trail.compose import commitments
from qms.trail.models import TrailEvent
from qms.trail.verify.findings import Report

CHUNK = 2000


@dataclass
class Ended:
    """What the trail says a row should be like after its last event."""

    stream: UUID
    record_type: str
    seq: int = 0
    head: str = ""
    state: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


def chains(report: Report) -> Iterator[Ended]:
    """Check every event against its own hash, columns and predecessor. Out: each stream's end, one after another."""
    events = TrailEvent.objects.select_related("detail").order_by("stream", "seq")
    ended: Ended | None = None
    for event in events.iterator(chunk_size=CHUNK):
        if ended is None or ended.stream != event.stream:
            if ended is not None:
                yield ended
            ended = Ended(event.stream, event.record_type)
            report.streams += 1
        report.events += 1
        _place(event, ended, report)
        body = _body(event, report)
        if body is not None:
            _columns(event, body, report)
            _clear(event, body, ended, report)
        ended.seq, ended.head, ended.state = event.seq, event.leaf_hash, event.to_state or ended.state
    if ended is not None:
        yield ended


def _place(event: TrailEvent, before: Ended, report: Report) -> None:
    if event.seq != before.seq + 1:
        report.add("gap", f"event {before.seq + 1} is missing", event.stream, event.seq)
    elif event.prev != before.head:
        report.add("chain", "it does not follow the event before", event.stream, event.seq)
    if event.record_type != before.record_type:
        report.add("columns", "its record type changed", event.stream, event.seq)


def _body(event: TrailEvent, report: Report) -> dict[str, Any] | None:
    if leaf_hash(event.body) != event.leaf_hash:
        report.add("hash", "its text is not the text that was hashed", event.stream, event.seq)
    try:
        body = read_canonical(event.body)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        report.add("canonical", "its text is not canonical", event.stream, event.seq)
        return None
    return body


def _columns(event: TrailEvent, body: dict[str, Any], report: Report) -> None:
    actor, principal = body.get("actor") or {}, body.get("on_behalf_of") or {}
    said = (
        body.get("type"),
        body.get("stream"),
        body.get("seq"),
        body.get("prev"),
        body.get("event"),
        body.get("from"),
        body.get("to"),
        body.get("at"),
        body.get("click"),
        actor.get("id"),
        principal.get("id"),
    )
    shown = (
        event.record_type,
        str(event.stream),
        event.seq,
        event.prev,
        event.verb,
        event.from_state,
        event.to_state,
        utc_text(event.at),
        str(event.click),
        event.actor_id,
        event.on_behalf_of_id,
    )
    if said != shown:
        report.add("columns", "its columns say something else than its text", event.stream, event.seq)


def _clear(event: TrailEvent, body: dict[str, Any], ended: Ended, report: Report) -> None:
    committed = {name: body[name] for name in ("reason", "changed") if name in body}
    detail = getattr(event, "detail", None)
    if detail is None:
        if committed:
            report.add("detail", "its clear values are gone", event.stream, event.seq)
        return
    try:
        clear = read_canonical(detail.clear)
        fits = commitments(clear) == committed
    except (ValueError, TypeError, KeyError, AttributeError):
        fits = False
    if not fits:
        report.add("detail", "its clear values are not those it was committed to", event.stream, event.seq)
        return
    for name, (_, new) in clear.get("changed", {}).items():
        ended.values[name] = new["value"]
