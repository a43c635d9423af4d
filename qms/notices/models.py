"""What is to be done after a change (jobs, the outbox), and who was told what and when (notices, the ledger)."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.records.scope import ScopedManager


class Job(models.Model):
    """One piece of background work, written in the transaction of the change that wants it. The row is the truth."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="job_once"),)
        indexes = (models.Index(fields=("due_at",), condition=models.Q(done_at=None), name="job_open"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Channel(models.TextChoices):
    IN_APP = "in_app", _("in the application")
    MAIL = "mail", _("by e-mail")


class Notice(models.Model):
    """A line of the ledger: this person was told this about this record, through this channel, at this time."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(max_length=200)
    record_type = models.CharField(max_length=40, blank=True)
    stream = models.UUIDField(null=True)
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    words = models.JSONField(default=dict)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    told_at = models.DateTimeField(_("told"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    failure = models.CharField(_("why it was not sent"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = ScopedManager()
    unscoped: ClassVar[models.Manager[Notice]] = models.Manager()

    class Meta:
        base_manager_name = "unscoped"
        constraints = (models.UniqueConstraint(fields=("person", "key", "channel"), name="told_once"),)
        indexes = (
            models.Index(fields=("stream", "told_at"), name="notices_of_record"),
            models.Index(fields=("person", "-id"), condition=models.Q(channel="in_app"), name="notices_of_person"),
            models.Index(fields=("person",), condition=models.Q(channel="in_app", read_at=None), name="notices_unread"),
        )
        ordering = ("-told_at",)

    def __str__(self) -> str:
        return f"{self.person}: {self.kind} {self.reference}"
