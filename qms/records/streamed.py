"""What every row with a trail of its own has: a body, a stable id, a version that is its last event's number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.records.scope import ScopedManager

if TYPE_CHECKING:
    from django.db.models import Manager


class Streamed(models.Model):
    """A row whose every change is an event of its own stream: `version` counts them, `head` is the hash of the last."""

    uid = models.UUIDField(_("identifier"), default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation", verbose_name=_("body"), on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    head = models.CharField(_("last hash"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), editable=False)

    objects = ScopedManager()
    unscoped: ClassVar[Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unscoped"
        default_manager_name = "objects"

    # Fields the doors write themselves; nobody amends them.
    OWN_FIELDS: ClassVar[frozenset[str]] = frozenset({"id", "uid", "organisation", "version", "head", "created_at"})

    @classmethod
    def stream_name(cls) -> str:
        """The name of this kind of stream in the trail: the model's name in lower case."""
        return str(cls._meta.model_name)

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Read again; protected state fields are dropped first, since they refuse to be set (django-fsm #89)."""
        for field in self._meta.concrete_fields:
            if getattr(field, "protected", False) and (fields is None or field.attname in fields):
                self.__dict__.pop(field.attname, None)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
