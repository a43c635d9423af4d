"""Bytes that can be hashed: canonical JSON (sorted keys, UTF-8, no spaces, no floats) and salted commitments."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

SCALARS = (str, int, bool, type(None))
_write = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(value: Any) -> str:
    """The one way to write this value as JSON. Raises TypeError for floats, keys that are no text, foreign types."""
    _require_exact(value)
    return _write(value)


def read_canonical(text: str) -> Any:
    """The value of a canonical text. Raises ValueError for a text that is written in any other way."""
    value = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    if _write(value) != text:
        raise ValueError("the text is not canonical")
    return value


def _refuse(text: str) -> None:
    raise ValueError(f"{text} has no canonical form")


def _require_exact(value: Any) -> None:
    if type(value) in SCALARS:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"canonical JSON has text keys only, not {key!r}")
            _require_exact(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _require_exact(inner)
    elif not isinstance(value, SCALARS):
        raise TypeError(f"{type(value).__name__} has no canonical form")


def plain(value: Any) -> Any:
    """A value as it enters hashed data: text, whole numbers, yes/no, null and lists and maps of them."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(inner) for inner in value), key=str)
    if hasattr(value, "pk"):
        return plain(value.pk)
    return str(value)


def utc_text(moment: datetime) -> str:
    """A moment in UTC with microseconds: 2026-11-22T06:56:18.000000Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def commitment(salt: str, value: Any) -> str:
    """HMAC-SHA256 of the canonical value under the salt: proves the value without telling it."""
    return hmac.new(bytes.fromhex(salt), canonical(value).encode(), hashlib.sha256).hexdigest()


def leaf_hash(body: str) -> str:
    """SHA-256(0x00 ‖ body): the event's hash in its chain and in the tree (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\0" + body.encode()).hexdigest()
