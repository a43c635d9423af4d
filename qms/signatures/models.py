"""Signatures: who signed which content with which meaning. A *simple* electronic signature (eIDAS art. 3 (10))."""

from __future__ import annotations

import hashlib
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.records.scope import ScopedManager
from qms.trail.canonical import canonical, plain
from qms.trail.models import AppendOnly


class Meaning(models.TextChoices):
    """What a signature says, in the first person; the list is closed (21 CFR 11.50 b)."""

    AUTHOR = "author", _("I have prepared it.")
    REVIEW = "review", _("I have reviewed it and agree.")
    ENDORSE = "endorse", _("I endorse it.")
    APPROVE = "approve", _("I approve it.")
    REJECT = "reject", _("I reject it.")
    ISSUE = "issue", _("I issue it.")
    VERIFY = "verify", _("I have verified the effectiveness.")
    CLOSE = "close", _("I close it.")
    NO_CONFLICT = "no_conflict", _("I have no conflict of interest.")
    ACCEPT = "accept", _("I accept it.")


class Signature(AppendOnly):
    """A fresh proof over a frozen manifest, written in the transaction of the step it belongs to."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=40)
    stream = models.UUIDField()
    seq = models.PositiveIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    office = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=40, blank=True)
    on_behalf_of = models.CharField(max_length=150, blank=True)
    meaning = models.CharField(max_length=20, choices=Meaning.choices)
    statement = models.CharField(max_length=400)
    content_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    proven_at = models.DateTimeField()
    at = models.DateTimeField()

    objects = ScopedManager()
    unscoped: ClassVar[models.Manager[Signature]] = models.Manager()

    class Meta:
        base_manager_name = "unscoped"
        constraints = (
            models.UniqueConstraint(fields=("stream", "seq", "person", "meaning"), name="signed_once_per_event"),
        )
        indexes = (models.Index(fields=("stream", "seq"), name="signatures_of_record"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.meaning} #{self.seq}"

    @property
    def digest(self) -> str:
        """SHA-256 over everything the signature says: stands in the trail, so that it cannot be altered or moved."""
        said = {name: plain(getattr(self, name)) for name in SAID}
        return hashlib.sha256(canonical(said).encode()).hexdigest()

    @property
    def facts(self) -> dict[str, str]:
        """What the event of the signed step says about its signature."""
        return {"signature": self.digest, "meaning": self.meaning, "content": self.content_hash}


SAID = (
    "uid",
    "organisation_id",
    "record_type",
    "stream",
    "seq",
    "person_id",
    "name",
    "office",
    "role",
    "on_behalf_of",
    "meaning",
    "statement",
    "content_hash",
    "method",
    "proven_at",
    "at",
)
