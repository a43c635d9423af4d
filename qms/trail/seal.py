"""Sealing: events get dense places in the Merkle tree, and the tree's root is signed.

One sealer at a time (advisory lock on PostgreSQL, the write lock on SQLite). Places are given here and not taken from
the row ids, because ids are committed out of order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.db.models import Max, Subquery

from qms.trail import clock, keys, merkle
from qms.trail.checkpoints import publish
from qms.trail.models import Checkpoint, Leaf, Node, TrailEvent
from qms.trail.note import digest, is_signed_by, read_note, write_note

BATCH = 5000
LONGEST_TRANSACTION = timedelta(minutes=15)
LOCK = 0x61_74_65_73_74_61_74
TILE = 8


class TrailBroken(RuntimeError):
    """The last checkpoint is not ours or does not fit its own root: nothing may be built on it."""


def seal(*, sweep: bool = False) -> Checkpoint | None:
    """Seal everything committed so far. Out: the newest checkpoint, None for an empty trail.

    `sweep` looks at all events instead of those since the watermark. Raises TrailBroken and NoKey.
    """
    sealed = False
    while _unsealed(sweep)[:1] and _seal_batch(sweep):
        sealed = True
    if sealed:
        with _alone():
            publish()
    return _last()


def first_checkpoint_covering(stream: UUID, version: int) -> Checkpoint | None:
    """The oldest checkpoint that covers this version of a record, sealing first if needed; None for no such version."""
    found = covering(stream, version)
    if found is None and TrailEvent.objects.filter(stream=stream, seq=version).exists():
        seal()
        found = covering(stream, version)
    return found


def covering(stream: UUID, version: int) -> Checkpoint | None:
    """The same without sealing, in one statement; None as long as the version is not sealed."""
    place = Leaf.objects.filter(event__stream=stream, event__seq=version).values("index")
    return Checkpoint.objects.filter(size__gt=Subquery(place)).order_by("size").first()


def _last() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def _unsealed(sweep: bool) -> Sequence[tuple[int, str]]:
    """Ids and hashes of up to a batch of events without a place, in the order of their ids."""
    events = TrailEvent.objects.filter(leaf=None, pk__gt=0 if sweep else _watermark())
    return list(events.order_by("pk").values_list("pk", "leaf_hash")[:BATCH])


def _watermark() -> int:
    """Below this id nothing can still be uncommitted: the newest event sealed a longest transaction ago."""
    old = Checkpoint.objects.filter(at__lt=clock.real_now() - LONGEST_TRANSACTION)
    return old.order_by("-size").values_list("last_event", flat=True).first() or 0


def _seal_batch(sweep: bool) -> Checkpoint | None:
    with _alone():
        last = _last()
        key = keys.signing_key(may_make=last is None)
        frontier = _frontier(last)
        events = _unsealed(sweep)
        if not events:
            return None
        size = last.size if last else 0
        _store(events, size, frontier)
        return _sign(last, key, size + len(events), frontier, events[-1][0])


@contextmanager
def _alone() -> Iterator[None]:
    """A transaction in which no other sealer is at work."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def _frontier(last: Checkpoint | None) -> list[bytes]:
    """The frontier to build on. Raises TrailBroken when it, the root or the signature was tampered with."""
    if last is None:
        if Leaf.objects.aggregate(last=Max("index"))["last"] is not None:
            raise TrailBroken("there are sealed events but no checkpoint")
        return []
    frontier = [bytes.fromhex(part) for part in last.frontier.split()]
    note = read_note(last.note)
    public = keys.trusted().get(last.key_id)
    if public is None or not is_signed_by(note, public):
        raise TrailBroken(f"checkpoint {last.size} is not signed by a key we trust")
    if merkle.root(frontier) != note.root or (note.size, note.root.hex()) != (last.size, last.root):
        raise TrailBroken(f"checkpoint {last.size} does not fit its own root")
    return frontier


def _store(events: Sequence[tuple[int, str]], size: int, frontier: list[bytes]) -> None:
    leaves, nodes = [], []
    for index, (event_id, leaf) in enumerate(events, start=size):
        done = merkle.grow(frontier, index, bytes.fromhex(leaf))
        leaves.append(Leaf(index=index, event_id=event_id))
        nodes += [Node(level=level, index=at, hash=node.hex()) for level, at, node in done[TILE::TILE]]
    Leaf.objects.bulk_create(leaves)
    Node.objects.bulk_create(nodes)


def _sign(
    last: Checkpoint | None, key: Ed25519PrivateKey, size: int, frontier: list[bytes], last_event: int
) -> Checkpoint:
    root, at = merkle.root(frontier), clock.real_now()
    note = write_note(keys.origin(), size, root, at, digest(last.note) if last else "", key)
    return Checkpoint.objects.create(
        size=size,
        root=root.hex(),
        at=at,
        previous=note.previous,
        key_id=note.key_id,
        signature=note.signature.hex(),
        note=note.full,
        frontier=" ".join(part.hex() for part in frontier),
        last_event=max(last_event, last.last_event if last else 0),
    )
