"""Frameworks, their editions and their requirements: one catalogue for all bodies, kept when editions change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qms.people.models import Named


class Framework(Named):
    """A standard or a national code, such as ISO 9001 or the Romanian internal-control standards."""

    code = models.CharField(_("code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """One edition of a framework with its amendments. `is_current` is the one a bare number speaks of."""

    framework = models.ForeignKey(
        Framework, verbose_name=_("framework"), on_delete=models.PROTECT, related_name="editions"
    )
    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("edition"), max_length=40)
    amendments = models.CharField(_("amendments"), max_length=100, blank=True)
    is_current = models.BooleanField(_("current"), default=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("framework__code", "-is_current", "slug")

    def __str__(self) -> str:
        joint = ":" if self.name.isdecimal() else " · "
        return f"{self.framework.code}{joint}{self.name}"


class Requirement(models.Model):
    """A numbered requirement with our own short title. Never deleted: one that left the catalogue is withdrawn."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="requirements"
    )
    number = models.CharField(_("number"), max_length=20)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField(_("order"))
    title_en = models.CharField(_("title in English"), max_length=120)
    title_ro = models.CharField(_("title in Romanian"), max_length=120)
    title_bg = models.CharField(_("title in Bulgarian"), max_length=120)
    amendment = models.CharField(_("amended by"), max_length=40, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)
    note_ro = models.CharField(_("note in Romanian"), max_length=300, blank=True)
    note_bg = models.CharField(_("note in Bulgarian"), max_length=300, blank=True)
    maintains = models.BooleanField(_("asks for a document kept current"), default=False)
    retains = models.BooleanField(_("asks for a record kept as evidence"), default=False)
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ("edition", "order")
        constraints = (models.UniqueConstraint(fields=("edition", "number"), name="requirement_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        return self.title_in(get_language() or "en")

    @property
    def note(self) -> str:
        """What the amendment brought, in the reader's language."""
        return str(getattr(self, f"note_{_known(get_language() or 'en')}"))

    def title_in(self, language: str) -> str:
        return str(getattr(self, f"title_{_known(language)}"))


def _known(language: str) -> str:
    """The two letters of the language, or English for one we have no titles in."""
    return language[:2] if language[:2] in ("en", "ro", "bg") else "en"
