"""What a signature covers: the record's content as canonical bytes, frozen by their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from qms.records import registry
from qms.trail.canonical import canonical, plain

# Fields that say where a record stands and with whom, not what it says; a model names its own in NOT_SIGNED.
NOT_CONTENT = frozenset({"id", "version", "head", "state", "owner", "search_text", "created_at", "due_on", "due_why"})


# What every record's manifest holds besides its fields, whatever its type: the hashes of its evidence.
contributors: list[Callable[[Any], Mapping[str, Any]]] = []


def manifest(record: Any) -> dict[str, Any]:
    """Every field that says something, and what the type adds (answers, files by hash)."""
    from qms.lifecycle.perform import plain_value

    left_out = NOT_CONTENT | getattr(record, "NOT_SIGNED", frozenset())
    values = {
        field.name: plain_value(field, getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.name not in left_out
    }
    own = registry.type_of(record).manifest
    more: Mapping[str, Any] = own(record) if own is not None else {}
    shared = {name: value for contribute in contributors for name, value in contribute(record).items()}
    return {"type": record.stream_name(), "values": values, **shared, **more}


def content_hash(record: Any) -> str:
    """SHA-256 of the manifest's canonical bytes."""
    return hashlib.sha256(canonical(plain(manifest(record))).encode()).hexdigest()
