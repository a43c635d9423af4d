"""A document, its revisions, and what people decided about each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from procedures.documents import content as contents
from procedures.documents.content import Body, Kind
from procedures.documents.lifecycle import (
    DOCUMENT,
    ONCE_IN_FORCE,
    OPEN,
    REVISION,
    DocumentState,
    State,
)
from qms.lifecycle.field import StateField
from qms.people.models import Language, Person
from qms.records.models import Record
from qms.records.scope import ScopedManager
from qms.trail import clock
from qms.trail.canonical import canonical, plain
from qms.trail.models import AppendOnly

MOST_REVIEWERS = 30


class KindOfChange(models.TextChoices):
    NEW = "new", _("new document")
    SUBSTANTIVE = "substantive", _("substantive")
    ADMINISTRATIVE = "administrative", _("administrative")
    EDITORIAL = "editorial", _("editorial")


class Document(Record):
    """A controlled document (ISO 9001, 7.5). Its code is its reference; `owner` is the process owner.

    `current` is the revision in force, or the one that was last.
    """

    state = StateField(lifecycle=DOCUMENT, choices=DocumentState.choices, verbose_name=_("state"))
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PROCEDURE)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    title_en = models.CharField(_("title in English"), max_length=250, blank=True)
    title_ro = models.CharField(_("title in Romanian"), max_length=250, blank=True)
    title_bg = models.CharField(_("title in Bulgarian"), max_length=250, blank=True)
    current = models.OneToOneField(
        "documents.Revision",
        verbose_name=_("revision in force"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    revisions: ScopedManager

    SEARCHED: ClassVar[tuple[str, ...]] = ("title_en", "title_ro", "title_bg")

    class Meta(Record.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = (
            models.Index(fields=("organisation", "-id"), name="document_newest"),
            models.Index(fields=("organisation", "state", "-id"), name="document_by_state"),
        )
        constraints = (models.UniqueConstraint(fields=("organisation", "code"), name="document_code_once"),)

    def clean(self) -> None:
        """A code stands once in a body."""
        same = Document.unscoped.filter(organisation=self.organisation_id, code__iexact=self.code)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"code": _("The code %(code)s is taken.") % {"code": self.code}}, code="taken")

    def title_in(self, language: str) -> str:
        """The title in that language, else as it was written first."""
        return getattr(self, f"title_{language[:2]}", "") or self.title

    @property
    def is_withdrawn(self) -> bool:
        return bool(self.state == DocumentState.WITHDRAWN)

    @property
    def open_revision(self) -> Revision | None:
        """The revision under way, from draft to approved, if there is one."""
        found: Revision | None = self.revisions.filter(state__in=OPEN).first()
        return found

    def effective(self) -> QuerySet[Revision]:
        """Its revision in force: none or one row."""
        rows: QuerySet[Revision] = self.revisions.filter(state=State.EFFECTIVE)
        return rows


class Revision(Record):
    """One revision of a document: what it says, who answers for it, from when to when it is in force.

    `effective_from` is planned until its state is effective; `effective_to` is the first day it is no more in force.
    `reviewers` lists ids of people, each asked in parallel.
    """

    state = StateField(lifecycle=REVISION, choices=State.choices, verbose_name=_("state"))
    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="revisions"
    )
    edition = models.PositiveSmallIntegerField(_("edition"))
    number = models.PositiveSmallIntegerField(_("revision"))
    base = models.ForeignKey(
        "self", verbose_name=_("made from"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind_of_change = models.CharField(_("kind of change"), max_length=20, choices=KindOfChange.choices)
    reason_for_change = models.TextField(_("reason for the change"))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    author = models.ForeignKey(
        "people.Person", verbose_name=_("author"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewers = models.JSONField(_("reviewers"), default=list, blank=True)
    body = models.CharField(_("kind of text"), max_length=20, choices=Body.choices, default=Body.SECTIONS)
    content = models.JSONField(_("content"), default=dict, blank=True)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=250, blank=True)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_to = models.DateField(_("in force until before"), null=True, blank=True)
    past_date_reason = models.TextField(_("why it applies from a day that has passed"), blank=True)

    # Set after the approval, so no part of what is signed.
    NOT_SIGNED: ClassVar[frozenset[str]] = frozenset({"effective_to"})
    SEARCHED: ClassVar[tuple[str, ...]] = ("reason_for_change",)

    class Meta(Record.Meta):
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = (
            models.Index(fields=("organisation", "-id"), name="revision_newest"),
            models.Index(fields=("organisation", "state", "-id"), name="revision_by_state"),
            models.Index(fields=("organisation", "body", "effective_from"), name="revision_in_force"),
        )
        constraints = (
            models.UniqueConstraint(fields=("document", "edition", "number"), name="revision_once"),
            models.UniqueConstraint(
                fields=("document",), condition=Q(state=State.EFFECTIVE.value), name="one_effective_revision"
            ),
            models.UniqueConstraint(
                fields=("document",),
                condition=Q(state__in=[state.value for state in OPEN]),
                name="one_open_revision",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=models.F("effective_from")),
                name="revision_ends_after_start",
            ),
        )

    def clean(self) -> None:
        """The content is of the shape of its kind, and the reviewers are people of the body."""
        contents.check(self.body, self.content)
        named = self.reviewers
        if not isinstance(named, list) or not all(type(pk) is int for pk in named) or len(set(named)) < len(named):
            raise ValidationError({"reviewers": _("Reviewers are people, each named once.")}, code="shape")
        if len(named) > MOST_REVIEWERS:
            raise ValidationError({"reviewers": _("There are too many reviewers.")}, code="many")
        if named and Person.objects.filter(pk__in=named, organisation=self.organisation_id).count() < len(named):
            raise ValidationError({"reviewers": _("A reviewer is no person of this body.")}, code="unknown")

    @property
    def is_complete(self) -> bool:
        return contents.is_complete(self.body, self.content, self.file_sha256)

    @property
    def is_due(self) -> bool:
        """Approved, and its day has come where the body is."""
        today = clock.today(self.organisation.time_zone)
        return bool(self.state == State.APPROVED) and self.effective_from is not None and self.effective_from <= today

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def edition_and_number(self) -> str:
        """For instance "2/1": edition 2, revision 1."""
        return f"{self.edition}/{self.number}"

    def said(self) -> Mapping[str, Any]:
        """What reviewers and approver decide about: everything a reader will read."""
        return {
            "document": str(self.document_id),
            "title": self.title,
            "edition": self.edition,
            "number": self.number,
            "language": self.language,
            "body": self.body,
            "content": self.content,
            "file": self.file_sha256,
        }

    @property
    def content_hash(self) -> str:
        """SHA-256 of what the revision says; every decision is bound to it."""
        return hashlib.sha256(canonical(plain(self.said())).encode()).hexdigest()

    def round(self) -> list[Decision]:
        """The decisions since it was last submitted, the submission included, oldest first."""
        decisions = list(self.decisions.select_related("by").order_by("seq"))
        begun = max((n for n, one in enumerate(decisions) if one.verdict == Verdict.SUBMITTED), default=None)
        return [] if begun is None else decisions[begun:]

    @property
    def waited_for(self) -> tuple[int, ...]:
        """Reviewers who have not agreed to this very content in this round. One query."""
        present = self.content_hash
        agreed = {
            one.person_id for one in self.round() if one.verdict == Verdict.AGREED and one.content_hash == present
        }
        return tuple(pk for pk in self.reviewers if pk not in agreed)


class Verdict(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    AGREED = "agreed", _("agreed")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    TAKEN_BACK = "taken_back", _("taken back")
    REVOKED = "revoked", _("revoked")


class Decision(AppendOnly):
    """What somebody decided about a revision, bound to the hash of the content decided about.

    `person` answers for it, `by` acted: the same, or the one he delegated to. `seq` is the event it belongs to.
    """

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="decisions")
    seq = models.PositiveIntegerField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    office = models.CharField(max_length=150, blank=True)
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = ScopedManager()
    unscoped: ClassVar[models.Manager[Decision]] = models.Manager()

    class Meta:
        base_manager_name = "unscoped"
        constraints = (models.UniqueConstraint(fields=("revision", "seq"), name="decision_once_per_event"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict} #{self.seq}"

    @property
    def who(self) -> str:
        """The one who answers for it, and the one who acted for him, if that is another."""
        if self.by_id == self.person_id:
            return self.name
        return _("%(by)s for %(person)s") % {"by": self.by.name, "person": self.name}


def in_force(rows: QuerySet[Revision], on: date | None = None) -> QuerySet[Revision]:
    """Of these revisions, those in force on that day; without a day, those in force now."""
    if on is None:
        return rows.filter(state=State.EFFECTIVE)
    ended = Q(effective_to=None) | Q(effective_to__gt=on)
    return rows.filter(ended, state__in=ONCE_IN_FORCE, effective_from__lte=on)
