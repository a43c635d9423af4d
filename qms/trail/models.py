"""What the trail keeps. Nothing here is ever changed or deleted; database triggers see to it (see triggers.py)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AppendOnly(models.Model):
    """A table whose rows are only ever added: triggers forbid UPDATE, DELETE, TRUNCATE and INSERT OR REPLACE."""

    class Meta:
        abstract = True


class TrailEvent(AppendOnly):
    """One thing that happened to one record. `body` is the exact text that was hashed; the columns repeat it."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    stream = models.UUIDField()
    record_type = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    from_state = models.CharField(max_length=40, null=True)
    to_state = models.CharField(max_length=40, null=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    click = models.UUIDField()
    body = models.TextField()
    leaf_hash = models.CharField(max_length=64)
    prev = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("stream", "seq"), name="trail_one_event_per_version")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.stream} #{self.seq} {self.verb}"


class TrailDetail(AppendOnly):
    """What people typed, in clear, with the salts: apart from the event, so that it can later be erased."""

    event = models.OneToOneField(TrailEvent, models.PROTECT, primary_key=True, related_name="detail")
    clear = models.TextField()

    def __str__(self) -> str:
        return f"detail of {self.event_id}"


class Leaf(AppendOnly):
    """An event's place in the tree, given when it is sealed: dense, from 0."""

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(TrailEvent, models.PROTECT, related_name="leaf")

    def __str__(self) -> str:
        return f"leaf {self.index}"


class Node(AppendOnly):
    """Root of a full subtree of 256 (level 8), 65 536 (level 16) … leaves: proofs need not read the whole tree."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("level", "index"), name="trail_one_node_per_place")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class Checkpoint(AppendOnly):
    """A signed statement: the tree of the first `size` events has this root (C2SP checkpoint, Ed25519)."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=8)
    signature = models.CharField(max_length=128)
    note = models.TextField()
    frontier = models.TextField()
    last_event = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.size} {self.root[:16]}"
