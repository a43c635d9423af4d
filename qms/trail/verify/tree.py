"""The sealed part: places without gaps, roots, signatures, and checkpoints kept outside the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.apps import apps

from qms.trail import keys, merkle
from qms.trail.canonical import utc_text
from qms.trail.models import Checkpoint, Leaf, TrailEvent
from qms.trail.note import BadNote, Note, digest, is_signed_by, read_note
from qms.trail.verify.findings import Report

CHUNK = 5000
TOLERANCE = timedelta(minutes=5)


def tree(outside: Iterable[Note], report: Report) -> None:
    """Grow the tree again from its leaves and hold every checkpoint against it, those kept outside too."""
    trusted = keys.trusted()
    known = sorted(_signed(outside, trusted, report), key=lambda note: note.size)
    walk = _Walk(_checkpoints(trusted, report), known, report)
    leaves = Leaf.objects.order_by("index").values_list("index", "event__leaf_hash", "event__at", "event_id")
    for index, leaf, at, event_id in leaves.iterator(chunk_size=CHUNK):
        if index != report.sealed:
            report.add("tree", f"place {report.sealed} is empty")
            break
        walk.dated(at, event_id)
        merkle.grow(walk.frontier, report.sealed, bytes.fromhex(leaf))
        report.sealed += 1
        walk.reached(report.sealed)
    walk.end()
    unsealed = TrailEvent.objects.filter(leaf=None)
    if walk.passed is not None:
        for event_id, at in unsealed.filter(at__lt=walk.passed.at - TOLERANCE).values_list("pk", "at").iterator():
            walk.dated(at, event_id)


class _Walk:
    """The tree while it grows, and the checkpoints still ahead."""

    def __init__(self, inside: Iterator[Checkpoint], outside: list[Note], report: Report) -> None:
        self.frontier: list[bytes] = []
        self.report = report
        self.inside = inside
        self.next = next(inside, None)
        self.passed: Checkpoint | None = None
        self.outside = outside
        self.at_outside = 0

    def reached(self, size: int) -> None:
        """The tree has this many leaves now: hold the checkpoints of this size against it."""
        root = b""
        while self.at_outside < len(self.outside) and self.outside[self.at_outside].size <= size:
            note = self.outside[self.at_outside]
            self.at_outside += 1
            root = root or merkle.root(self.frontier)
            if (note.size, note.root) != (size, root):
                self.report.add(
                    "fork", f"the trail is not the one of the checkpoint of {note.size} events kept outside"
                )
        if self.next is not None and self.next.size <= size:
            root = root or merkle.root(self.frontier)
            parts = " ".join(part.hex() for part in self.frontier)
            if (self.next.size, self.next.root, self.next.frontier) != (size, root.hex(), parts):
                self.report.add("tree", f"the events are not those of checkpoint {self.next.size}")
            self.passed, self.next = self.next, next(self.inside, None)

    def dated(self, at: datetime, event_id: int) -> None:
        """An event sealed now must not be older than the checkpoint before, nor younger than its own."""
        late = self.passed is not None and at < self.passed.at - TOLERANCE
        early = self.next is not None and at > self.next.at + TOLERANCE
        if (late or early) and not _played(event_id):
            event = TrailEvent.objects.get(pk=event_id)
            said = "older than the checkpoint before it" if late else "younger than its checkpoint"
            self.report.add("dated", f"it was sealed at a time that does not fit: {said}", event.stream, event.seq)

    def end(self) -> None:
        """No more leaves: nothing may still be ahead."""
        ahead = [note.size for note in self.outside[self.at_outside :]]
        while self.next is not None:
            self.report.add("tree", f"checkpoint {self.next.size} is of more events than there are")
            self.next = next(self.inside, None)
        if ahead:
            text = f"a checkpoint kept outside knows {ahead[-1]} events, here are {self.report.sealed} sealed ones"
            self.report.add("short", text)
        if self.report.sealed > (self.passed.size if self.passed else 0):
            self.report.add("tree", "there are sealed events that no checkpoint covers")


def _checkpoints(trusted: dict[str, bytes], report: Report) -> Iterator[Checkpoint]:
    """The checkpoints in the database in their order, each checked by itself and against the one before."""
    previous = ""
    for checkpoint in Checkpoint.objects.order_by("size").iterator(chunk_size=CHUNK):
        report.checkpoints += 1
        _own(checkpoint, trusted, report)
        if checkpoint.previous != previous:
            report.add("checkpoint", f"checkpoint {checkpoint.size} does not follow the one before")
        previous = digest(checkpoint.note)
        yield checkpoint


def _own(checkpoint: Checkpoint, trusted: dict[str, bytes], report: Report) -> None:
    try:
        note = read_note(checkpoint.note)
    except BadNote as wrong:
        report.add("checkpoint", f"checkpoint {checkpoint.size}: {wrong}")
        return
    said = (note.size, note.root.hex(), note.time, note.previous, note.key_id, note.signature.hex())
    shown = (
        checkpoint.size,
        checkpoint.root,
        utc_text(checkpoint.at),
        checkpoint.previous,
        checkpoint.key_id,
        checkpoint.signature,
    )
    if said != shown:
        report.add("checkpoint", f"checkpoint {checkpoint.size} has columns that differ from its text")
    _key(note, trusted, report)


def _signed(notes: Iterable[Note], trusted: dict[str, bytes], report: Report) -> Iterator[Note]:
    for note in notes:
        _key(note, trusted, report)
        yield note


def _key(note: Note, trusted: dict[str, bytes], report: Report) -> None:
    public = trusted.get(note.key_id)
    if public is None or not is_signed_by(note, public):
        report.add("signature", f"the checkpoint of {note.size} events is not signed by a key we trust")


def _played(event_id: int) -> bool:
    """Whether the event belongs to demonstration content played under a set clock, and says so."""
    event = TrailEvent.objects.get(pk=event_id)
    return event.organisation_id in _demo_bodies() and json.loads(event.body).get("clock") == "set"


def _demo_bodies() -> set[int]:
    return set(apps.get_model("people", "Organisation").unscoped.filter(is_demo=True).values_list("pk", flat=True))
