"""Tokens of programs: each acts for one person, within its scopes, until it expires or is revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.perform import By, create
from qms.lifecycle.rules import Reason
from qms.people.actors import Actor, Held, actor_of
from qms.people.roles import Role
from qms.records.streamed import Streamed
from qms.trail import clock

LONGEST = timedelta(days=366)
PREFIX = "atestat_"


class Scope(models.TextChoices):
    """What a token may be used for; the person's own rights bound it besides."""

    READ = "read", _("read records")
    WRITE = "write", _("create and edit records")
    STEPS = "steps", _("take steps that need no signature")
    EVIDENCE = "evidence", _("add evidence")


class ApiToken(Streamed):
    """A token; only the SHA-256 of its secret is kept."""

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="tokens"
    )
    name = models.CharField(_("what it is for"), max_length=100)
    scopes = models.JSONField(_("scopes"), default=list)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta(Streamed.Meta):
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.name} ({self.person})"

    def clean(self) -> None:
        """At least one known scope, and an end within a year."""
        if not self.scopes or not set(self.scopes) <= set(Scope.values):
            raise ValidationError({"scopes": _("Choose at least one scope.")})
        begun = self.created_at or clock.now()
        if not begun < self.expires_at <= begun + LONGEST:
            raise ValidationError({"expires_at": _("A token ends after now and within a year.")})

    def may(self, actor: Actor, verb: str) -> tuple[Held | None, list[Reason]]:
        """A person makes and revokes his own; the administrator of the body may revoke it. No token makes another."""
        if actor.via == "api":
            return None, [Reason(_("A token is made by a person, not by a program."), "by_person")]
        if actor.person_id == self.person_id:
            return Held(Role.STAFF, self.organisation_id, None), []
        held = next((h for h in actor.held if h.role == Role.ADMINISTRATOR), None)
        if held and held.organisation_id == self.organisation_id and verb != "create":
            return held, []
        return None, [Reason(_("A token belongs to the person it acts for."), "role", who=(Role.ADMINISTRATOR,))]

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and clock.real_now() < self.expires_at and self.person.is_active


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_token(by: By, name: str, scopes: list[str], expires_at: datetime) -> tuple[ApiToken, str]:
    """A token for the person himself, and its secret, which is shown this once. Raises Refused, ValidationError."""
    actor = actor_of(by)
    assert actor.person is not None
    secret = PREFIX + secrets.token_urlsafe(32)
    token = create(
        ApiToken,
        actor,
        organisation=actor.person.organisation,
        person=actor.person,
        name=name,
        scopes=scopes,
        secret_hash=hash_of(secret),
        expires_at=expires_at,
    )
    return token, secret
