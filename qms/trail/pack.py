"""One record's trail to take away: a zip that anybody can check with Python alone, and without us.

events.jsonl       one event a line: its exact text, the clear values with their salts, its place and its audit path
checkpoints.jsonl  the newest checkpoint, and the first one over each event with the proof that the newest continues it
keys.txt           the public keys, as C2SP verifier lines
verify.py          the verifier: standard library only
README.txt         how to use it, and what it proves
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qms.trail import keys, merkle, standalone_verify
from qms.trail.models import Checkpoint, TrailEvent
from qms.trail.seal import TrailBroken
from qms.trail.tree import Tree

README = """The trail of one record, event by event.

    python3 verify.py

checks that no event is missing or altered, that the clear values are those that were written, and that the events
stand in the tree whose root the checkpoint signs. It needs Python 3.10 or newer and nothing else.

    python3 verify.py --key KEY --checkpoint FILE

holds it against a public key and checkpoints you got in another way: from a report's footer, by mail, or on paper.
Only that excludes that the whole trail was rebuilt with a stolen key.

Not proved: what was entered was true; events that are not sealed yet (the verifier says how many).
"""


def pack(stream: UUID) -> bytes:
    """The zip. Raises LookupError for a stream without events, TrailBroken when the tree does not bear it out."""
    events = list(
        TrailEvent.objects.filter(stream=stream).select_related("detail", "leaf").order_by("seq").iterator(2000)
    )
    if not events:
        raise LookupError(f"there is no trail of {stream}")
    newest = Checkpoint.objects.order_by("-size").first()
    tree = Tree()
    files = {
        "README.txt": README,
        "events.jsonl": _lines(_events(events, newest, tree)),
        "checkpoints.jsonl": _lines(_checkpoints(events, newest, tree)),
        "keys.txt": "".join(f"{line}\n" for line in keys.trusted_lines()),
        "verify.py": Path(standalone_verify.__file__).read_text(encoding="utf-8"),
    }
    return _zip(files)


def _events(events: list[TrailEvent], newest: Checkpoint | None, tree: Tree) -> Iterator[dict[str, object]]:
    for event in events:
        detail, leaf = getattr(event, "detail", None), getattr(event, "leaf", None)
        line: dict[str, object] = {"body": event.body, "clear": detail.clear if detail is not None else None}
        if leaf is not None and newest is not None and leaf.index < newest.size:
            proof = _proof(event, leaf.index, newest, tree)
            line |= {"index": leaf.index, "proof": [node.hex() for node in proof]}
        yield line


def _proof(event: TrailEvent, index: int, newest: Checkpoint, tree: Tree) -> list[bytes]:
    proof = merkle.inclusion_proof(index, newest.size, tree.subtree)
    found = merkle.root_from_inclusion(index, newest.size, bytes.fromhex(event.leaf_hash), proof)
    if found is None or found.hex() != newest.root:
        raise TrailBroken(f"event {event.seq} of {event.stream} is not in the tree of checkpoint {newest.size}")
    return proof


def _checkpoints(events: list[TrailEvent], newest: Checkpoint | None, tree: Tree) -> Iterator[dict[str, object]]:
    """The newest first; then, oldest first, those that were the first to cover an event of this record."""
    if newest is None:
        return
    yield {"note": newest.note, "consistency": []}
    places = [event.leaf.index for event in events if getattr(event, "leaf", None) is not None]
    known = {newest.size}
    for place in places:
        first = Checkpoint.objects.filter(size__gt=place).order_by("size").first()
        if first is not None and first.size not in known:
            known.add(first.size)
            proof = merkle.consistency_proof(first.size, newest.size, tree.subtree)
            yield {"note": first.note, "consistency": [node.hex() for node in proof]}


def _lines(rows: Iterator[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)


def _zip(files: dict[str, str]) -> bytes:
    """The same files give the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), ZIP_DEFLATED)
    return packed.getvalue()
