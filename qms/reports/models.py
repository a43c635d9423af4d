"""Report files: which version of which record, in which language, was printed to which bytes."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.records.scope import ScopedManager

MOVED_ON = "moved on"


class ReportState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class ReportFile(models.Model):
    """One paper: the same version, language, kind and content always lead to the same row and the same stored bytes.

    `content` is "" for records whose version covers all that is printed; else a fingerprint of the rest.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=40)
    stream = models.UUIDField()
    record_version = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=2)
    kind = models.CharField(_("kind"), max_length=40)
    content = models.CharField(max_length=64, blank=True, default="")
    reference = models.CharField(_("reference"), max_length=80)
    code = models.CharField(_("verification code"), max_length=19, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=ReportState.choices, default=ReportState.QUEUED)
    progress = models.PositiveSmallIntegerField(_("per cent done"), default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(_("why it was not made"), max_length=100, blank=True)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    made_at = models.DateTimeField(_("made"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    checkpoint_size = models.BigIntegerField(_("events in the checkpoint"), null=True)

    objects = ScopedManager()
    unscoped: ClassVar[models.Manager[ReportFile]] = models.Manager()

    class Meta:
        base_manager_name = "unscoped"
        verbose_name = _("report file")
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("stream", "record_version", "language", "kind", "content"), name="report_once_per_version"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | ~models.Q(sha256=""), name="ready_report_is_stored"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.kind} ({self.language})"

    @property
    def failure_sentence(self) -> str:
        """Why it was not made, for the page; "" while nothing went wrong."""
        if not self.failure:
            return ""
        if self.failure == MOVED_ON:
            return gettext("The record was changed meanwhile. Ask for the report again.")
        return gettext("The report could not be made. It is tried again; the log has the reason.")

    @property
    def file_name(self) -> str:
        """The name a reader saves it under; made of safe characters only."""
        safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in self.reference)
        return f"{safe}-{self.kind}-{self.language}.pdf"
