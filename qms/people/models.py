"""Bodies, their units, their people, who holds which role from when to when, and who acts for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qms.people.entering import ClaimLink, Invitation
from qms.people.keepers import keeper_of_body, keeper_or_self
from qms.people.language import Language
from qms.people.roles import GUEST_ROLES, WHOLE_BODY_ROLES, Role
from qms.records.streamed import Streamed
from qms.trail import clock

if TYPE_CHECKING:
    from qms.lifecycle.rules import Reason
    from qms.people.actors import Actor, Held

__all__ = [
    "ClaimLink",
    "Country",
    "Delegation",
    "Invitation",
    "Language",
    "Organisation",
    "Person",
    "RoleAssignment",
    "Unit",
]


class Country(models.TextChoices):
    RO = "RO", _("Romania")
    BG = "BG", _("Bulgaria")


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

    unscoped: ClassVar[models.Manager[Any]] = models.Manager()
    objects: ClassVar[models.Manager[Any]] = models.Manager()

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

    def may(self, actor: Actor, verb: str) -> tuple[Held | None, list[Reason]]:
        """Its own administrator keeps it; the administrator of the body above founds it and may correct it."""
        return keeper_of_body(actor, *filter(None, (self.pk, self.parent_id)))

    def clean(self) -> None:
        """Raises ValidationError for a code that another body has, and for a body without any name."""
        if Organisation.unscoped.filter(code__iexact=self.code).exclude(pk=self.pk).exists():
            raise ValidationError({"code": _("Another body has this code.")})
        if not self.name:
            raise ValidationError({"name_en": _("A name is needed in one language at least.")})


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

    def clean(self) -> None:
        """Raises ValidationError for a code taken in the body, no name at all, or a place below itself."""
        same = Unit.unscoped.filter(organisation=self.organisation_id, code__iexact=self.code)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"code": _("Another unit of the body has this code.")})
        if not self.name:
            raise ValidationError({"name_en": _("A name is needed in one language at least.")})
        if self.pk and self.parent and self.pk in self.parent.line:
            raise ValidationError({"parent": _("A unit is no part of itself.")})

    @property
    def line(self) -> tuple[int, ...]:
        """Ids of the units above it and its own, from the top down."""
        return (*self.above, self.pk)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin, Streamed):  # type: ignore[django-manager-missing]  # viewflow types no managers
    """Somebody with an account. People are deactivated, never deleted: their acts keep their name."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    job_title = models.CharField(_("office"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.EN)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(default=False, editable=False)
    welcome_put_away = models.BooleanField(default=False, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # The password never enters the trail; the rest is no fact about the body.
    OWN_FIELDS: ClassVar[frozenset[str]] = Streamed.OWN_FIELDS | {
        "password", "last_login", "is_superuser", "is_staff", "welcome_put_away"
    }  # fmt: skip
    # What somebody changes of himself; the rest is for the administrator of his body.
    SELF_FIELDS: ClassVar[frozenset[str]] = frozenset({"language"})

    class Meta(Streamed.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name",)
        default_manager_name = None  # type: ignore[assignment]
        base_manager_name = "unscoped"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError for an address that another account has, however it is written."""
        super().clean()
        if Person.unscoped.filter(email__iexact=self.email).exclude(pk=self.pk).exists():
            raise ValidationError({"email": _("Another account has this e-mail address.")})


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

    def clean(self) -> None:
        """A role that was held stays as it was: only its end is set, and no end that has passed is moved."""
        if self.to_on and self.to_on < self.from_on:
            raise ValidationError({"to_on": _("The end lies before the beginning.")})
        if self.unit_id and self.role in WHOLE_BODY_ROLES:
            raise ValidationError({"unit": _("This role is held for the whole body.")})
        before = RoleAssignment.unscoped.filter(pk=self.pk).first() if self.pk else None
        if before is None:
            return
        if any(getattr(before, name) != getattr(self, name) for name in ("person_id", "role", "unit_id", "from_on")):
            raise ValidationError(_("A role that was given is not rewritten: end it and give another."))
        yesterday = clock.today(self.organisation.time_zone) - timedelta(days=1)
        if any(end is not None and end < yesterday for end in (before.to_on, self.to_on)):
            raise ValidationError({"to_on": _("The past is not changed: a role ends yesterday at the earliest.")})


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

    def may(self, actor: Actor, verb: str) -> tuple[Held | None, list[Reason]]:
        """Whoever delegates does it himself; the administrator of the body can, for somebody who is ill."""
        return keeper_or_self(actor, self.organisation_id, self.delegator_id)

    def clean(self) -> None:
        """Raises ValidationError for dates that make no sense and for somebody who cannot act for another."""
        if self.to_on < self.from_on:
            raise ValidationError({"to_on": _("The end lies before the beginning.")})
        if self.delegate_id == self.delegator_id:
            raise ValidationError({"delegate": _("Nobody delegates to himself.")})
        if self.pk:
            return
        if not self.delegate.is_active:
            raise ValidationError({"delegate": _("This account is closed.")})
        held = RoleAssignment.unscoped.filter(models.Q(to_on=None) | models.Q(to_on__gte=self.from_on))
        roles = set(held.filter(person=self.delegator_id).values_list("role", flat=True))
        if not set(self.roles) <= roles or set(self.roles) & set(GUEST_ROLES):
            raise ValidationError({"roles": _("Only roles one holds oneself are delegated, and no guest’s role.")})
