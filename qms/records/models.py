"""The record every type extends, and what numbering and idempotency keep beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.records.streamed import Streamed


class Record(Streamed):
    """A record of a body with a lifecycle. Subclasses add `state = StateField(...)` and their fields."""

    reference = models.CharField(_("reference"), max_length=80, editable=False)
    title = models.CharField(_("title"), max_length=250)
    unit = models.ForeignKey(
        "people.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        "people.Person", verbose_name=_("owner"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("due"), null=True, blank=True, editable=False)
    due_why = models.JSONField(_("how the date came about"), null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)
    state: Any  # every subclass declares it, with its own lifecycle

    OWN_FIELDS: ClassVar[frozenset[str]] = Streamed.OWN_FIELDS | {"reference", "state", "search_text"}
    # What the search finds a record by, besides its reference and title.
    SEARCHED: ClassVar[tuple[str, ...]] = ()

    class Meta(Streamed.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class Counter(models.Model):
    """The last number given per body, type and year; a refused creation gives its number back."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "series", "year"), name="counter_once"),)

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.value}"


class NumberPattern(Streamed):
    """How a body writes the references of one type, for instance `NC-{year}-{number:03d}`."""

    record_type = models.CharField(_("record type"), max_length=40)
    pattern = models.CharField(_("pattern"), max_length=60)

    class Meta(Streamed.Meta):
        verbose_name = _("number pattern")
        constraints = (models.UniqueConstraint(fields=("organisation", "record_type"), name="pattern_once"),)


class IdempotencyKey(models.Model):
    """A form or a program's request that was carried out: sent again, it gets the same answer."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    request_hash = models.CharField(max_length=64)
    stream = models.UUIDField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="key_once_per_person"),)

    def __str__(self) -> str:
        return str(self.key)
