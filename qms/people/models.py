"""Bodies, their units, their people, who holds which role from when to when, and who acts for whom."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qms.people.roles import Role
from qms.records.streamed import Streamed


class Country(models.TextChoices):
    RO = "RO", _("Romania")
    BG = "BG", _("Bulgaria")


class Language(models.TextChoices):
    """The languages of the product, each by its own name."""

    EN = "en", "English"
    RO = "ro", "Română"
    BG = "bg", "Български"


class Named(models.Model):
    """A name in three languages; an empty one falls back to the first that is given."""

    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ro = models.CharField(_("name in Romanian"), max_length=200, blank=True)
    name_bg = models.CharField(_("name in Bulgarian"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The name in that language, or the first one there is."""
        wanted = getattr(self, f"name_{language[:2]}", "")
        return wanted or self.name_en or self.name_ro or self.name_bg

    @property
    def name(self) -> str:
        return self.name_in(get_language() or "en")


class Organisation(Named):
    """A body: an agency, a county agency, a regional directorate. It is a stream of its own, of its own body."""

    uid = models.UUIDField(_("identifier"), default=uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Bucharest")
    parent = models.ForeignKey(
        "self", verbose_name=_("overseen by"), on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    head = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    unscoped: ClassVar[models.Manager[Any]] = models.Manager()  # type: ignore[assignment]
    objects: ClassVar[models.Manager[Any]] = models.Manager()  # type: ignore[assignment]

    OWN_FIELDS: ClassVar[frozenset[str]] = frozenset({"id", "uid", "version", "head", "created_at", "is_demo"})

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ("code",)

    @classmethod
    def stream_name(cls) -> str:
        return "organisation"

    @property
    def organisation_id(self) -> int:
        return int(self.pk)

    @property
    def organisation(self) -> Organisation:
        return self


class Unit(Named, Streamed):
    """A part of a body; a role held at a unit holds in its parts too. `above` lists the ids of the units over it."""

    code = models.CharField(_("code"), max_length=40)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    above = models.JSONField(default=list, editable=False)

    class Meta(Streamed.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("organisation", "code"), name="unit_code_once"),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.above = list(self.parent.line) if self.parent else []
        super().save(*args, **kwargs)

    @property
    def line(self) -> tuple[int, ...]:
        """Ids of the units above it and its own, from the top down."""
        return (*self.above, self.pk)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin, Streamed):
    """Somebody with an account. People are deactivated, never deleted: their acts keep their name."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    job_title = models.CharField(_("office"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.EN)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(default=False, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    OWN_FIELDS: ClassVar[frozenset[str]] = Streamed.OWN_FIELDS | {"password", "last_login", "is_superuser", "is_staff"}

    class Meta(Streamed.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name",)
        default_manager_name = None
        base_manager_name = "unscoped"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class RoleAssignment(Streamed):
    """A role held by a person at a unit, or at the whole body where no unit stands, from–to (days of the body)."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, null=True, blank=True, related_name="roles"
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("until"), null=True, blank=True)

    class Meta(Streamed.Meta):
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        ordering = ("pk",)
        indexes = (models.Index(fields=("organisation", "role"), name="role_by_body"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="role_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Delegation(Streamed):
    """One person acts for another between two dates. An empty list of roles means all of them."""

    delegator = models.ForeignKey(
        Person, verbose_name=_("who delegates"), on_delete=models.PROTECT, related_name="delegations_given"
    )
    delegate = models.ForeignKey(
        Person, verbose_name=_("who acts for him"), on_delete=models.PROTECT, related_name="delegations_held"
    )
    roles = models.JSONField(_("roles"), default=list, blank=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta(Streamed.Meta):
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("-from_on",)
        constraints = (
            models.CheckConstraint(condition=models.Q(to_on__gte=models.F("from_on")), name="delegation_ends_after"),
            models.CheckConstraint(condition=~models.Q(delegate=models.F("delegator")), name="delegation_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.delegator} → {self.delegate}"
