"""What people say about a record, whom they ask, and whether it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.rules import Reason
from qms.lifecycle.table import CREATE
from qms.people.actors import Held
from qms.people.roles import Role
from qms.records.streamed import Streamed

if TYPE_CHECKING:
    from qms.people.actors import Actor

LONGEST = 4_000


class Comment(Streamed):
    """A comment on a record, a stream of its own: the record's trail says that it was made, not what it says.

    `asked` lists the ids of the people it mentions; until it is settled it waits for them.
    """

    record_type = models.CharField(max_length=40)
    stream = models.UUIDField()
    text = models.TextField(_("comment"), max_length=LONGEST)
    place = models.CharField(_("place in the record"), max_length=60, blank=True)
    author = models.ForeignKey("people.Person", verbose_name=_("author"), on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField(_("who is asked"), default=list, blank=True)
    answers_to = models.ForeignKey(
        "self", verbose_name=_("answer to"), on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        "people.Person", verbose_name=_("settled by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Streamed.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = (models.Index(fields=("stream", "id"), name="comments_of_record"),)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def waits(self) -> bool:
        """Somebody was asked and has not answered yet."""
        return bool(self.asked) and self.settled_at is None

    def may(self, actor: Actor, verb: str) -> tuple[Held | None, list[Reason]]:
        """People of the body comment; who wrote it, who is asked in it and the quality manager settle it."""
        if actor.person is None or actor.person.organisation_id != self.organisation_id:
            return None, [Reason(_("Comments are written by people of the body."), "role", _("who may do what"))]
        if verb == CREATE or actor.person_id in (self.author_id, *self.asked):
            return None, []
        manages = (held for held in actor.held if held.role == Role.QUALITY_MANAGER)
        held = next((held for held in manages if held.organisation_id == self.organisation_id), None)
        if held:
            return held, []
        text = _("A comment is settled by who wrote it, by those asked in it, or by the quality manager.")
        return None, [Reason(text, "role", _("who may do what"), (Role.QUALITY_MANAGER,))]

    def clean(self) -> None:
        """Raises ValidationError for an empty text, too long a one, and signs a text does not have."""
        if not self.text.strip() or "\x00" in self.text:
            raise ValidationError({"text": _("Write what you want to say.")})
        if len(self.text) > LONGEST:
            raise ValidationError({"text": _("A comment has at most %(most)d letters.") % {"most": LONGEST}})
