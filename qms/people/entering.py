"""How somebody gets in: an invitation by the administrator, or the claim link of an empty installation.

Only the hash of a link's secret is kept, and outside of the trail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.people.keepers import keeper_of_body
from qms.people.language import Language
from qms.records.streamed import Streamed

if TYPE_CHECKING:
    from qms.lifecycle.rules import Reason
    from qms.people.actors import Actor, Held


class Invitation(Streamed):
    """Somebody is asked to open an account, with the roles he gets then: `roles` lists role, unit id and first day."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150)
    job_title = models.CharField(_("office"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    OWN_FIELDS: ClassVar[frozenset[str]] = Streamed.OWN_FIELDS | {"token_hash"}

    class Meta(Streamed.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("organisation", "-id"), name="invitation_by_body"),)

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def may(self, actor: Actor, verb: str) -> tuple[Held | None, list[Reason]]:
        """The administrator of the body, or of the body above it."""
        return keeper_of_body(actor, *filter(None, (self.organisation_id, self.organisation.parent_id)))


class ClaimLink(models.Model):
    """A one-time link by which the first administrator takes over an empty installation."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("claim link")

    def __str__(self) -> str:
        return f"claim link of {self.created_at:%Y-%m-%d %H:%M}"
