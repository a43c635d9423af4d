"""Files by the hash of their content, once per body, and what they are evidence for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.evidence.kinds import KINDS, PICTURES
from qms.records.scope import ScopedManager
from qms.records.streamed import Streamed

if TYPE_CHECKING:
    from qms.lifecycle.rules import Reason
    from qms.people.actors import Actor, Held


class EvidenceFile(models.Model):
    """A stored file of a body. The same bytes are kept once per body; what another body holds is never told.

    `shown_sha256` is the copy of a picture that is shown; the original stays sealed. `taken` and the place are what
    the camera wrote into it. `sound` is what the last check of the stored bytes found.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    kind = models.CharField(_("kind"), max_length=8, choices=[(code, code.upper()) for code in KINDS])
    name = models.CharField(_("original name"), max_length=150)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("stored"))
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    shown_sha256 = models.CharField(max_length=64, blank=True)
    taken = models.CharField(_("taken, by the camera's clock"), max_length=19, blank=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    checked_at = models.DateTimeField(_("bytes last checked"), null=True)
    sound = models.BooleanField(_("bytes are those that were stored"), default=True)

    objects = ScopedManager()
    unscoped: ClassVar[models.Manager[EvidenceFile]] = models.Manager()

    class Meta:
        base_manager_name = "unscoped"
        verbose_name = _("file")
        constraints = (models.UniqueConstraint(fields=("organisation", "sha256"), name="evidence_file_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:8]}"

    @property
    def is_picture(self) -> bool:
        return KINDS[self.kind] in PICTURES


class EvidenceLink(Streamed):
    """A file as evidence for a record, or for another row with a stream (an answer). It is voided, never deleted."""

    file = models.ForeignKey(EvidenceFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="links")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    record_type = models.CharField(max_length=40)
    stream = models.UUIDField()
    name = models.CharField(_("name"), max_length=150)
    caption = models.CharField(_("what it shows"), max_length=250, blank=True)
    requirement = models.CharField(_("requirement it is evidence for"), max_length=250, blank=True)
    covers_from = models.DateField(_("covers, from"), null=True, blank=True)
    covers_to = models.DateField(_("covers, until"), null=True, blank=True)
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True)
    void_reason = models.CharField(_("why it is void"), max_length=500, blank=True)

    class Meta(Streamed.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes = (models.Index(fields=("stream", "id"), name="evidence_of_stream"),)

    def __str__(self) -> str:
        return self.caption or self.name

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @cached_property
    def row(self) -> Any:
        """What it is evidence for."""
        from qms.records.registry import streamed_models

        model = next(model for model in streamed_models() if model.stream_name() == self.record_type)
        return model.unscoped.select_related("organisation").get(uid=self.stream)

    def may(self, actor: Actor, verb: str) -> tuple[Held | None, list[Reason]]:
        """Whoever may attach files to the row may also void them."""
        from qms.evidence.rights import attaching

        return attaching(self.row, actor)

    def clean(self) -> None:
        """Raises ValidationError for a period that ends before it begins."""
        if self.covers_from and self.covers_to and self.covers_to < self.covers_from:
            raise ValidationError({"covers_to": _("The period ends before it begins.")})
