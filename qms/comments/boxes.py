"""The comments of a record as a box of its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.comments.forms import CommentForm
from qms.comments.models import Comment
from qms.face.parts import Badge, Button, Comments, Shape, Tone
from qms.face.parts import Comment as Said
from qms.lifecycle.case import Case
from qms.lifecycle.table import CREATE, EDIT
from qms.people.actors import Actor


def comment_boxes(record: Any, case: Case) -> Sequence[Comments]:
    """Everything that was said, each with its answers below it; the form for people of the body. Two queries."""
    found = list(comments_of(record))
    people = case.people
    names = {pk: name for pk, (name, _active) in people.items()}
    _held, reasons = Comment(organisation_id=record.organisation_id).may(case.actor, CREATE)
    form = None if reasons else CommentForm(people=active(people))
    said = [_said(comment, number, names, case.actor) for comment, number in in_order(found)]
    return [Comments(said, form, add_url(record), str(uuid4()), _note(found))]


def comments_of(record: Any) -> Iterable[Comment]:
    rows = Comment.objects.of(record.organisation_id).filter(stream=record.uid)
    found: Iterable[Comment] = rows.select_related("author", "settled_by").order_by("pk")
    return found


def active(people: Mapping[int, tuple[str, bool]]) -> dict[int, str]:
    return {pk: name for pk, (name, is_active) in people.items() if is_active}


def add_url(record: Any) -> str:
    return reverse("comments:add", kwargs={"type_name": record.stream_name(), "uid": record.uid})


def in_order(found: Sequence[Comment]) -> list[tuple[Comment, int]]:
    """(comment, number): questions as they came, each with its answers (and theirs) after it; answers have number 0."""
    below: dict[int | None, list[Comment]] = {}
    for comment in found:
        below.setdefault(comment.answers_to_id, []).append(comment)
    ordered: list[tuple[Comment, int]] = []
    for number, question in enumerate(below.get(None, ()), start=1):
        ordered.append((question, number))
        waiting = list(below.get(question.pk, ()))
        while waiting:
            answer = waiting.pop(0)
            ordered.append((answer, 0))
            waiting = [*below.get(answer.pk, ()), *waiting]
    return ordered


def _said(comment: Comment, number: int, names: Mapping[int, str], actor: Actor) -> Said:
    return Said(
        author=comment.author.name,
        at=comment.created_at,
        text=comment.text,
        number=number,
        place=comment.place if number else _("answer"),
        badge=_badge(comment, names),
        actions=_actions(comment, actor) if number or comment.waits else (),
        anchor=f"comment-{comment.uid}",
    )


def _badge(comment: Comment, names: Mapping[int, str]) -> Badge | None:
    if not comment.asked:
        return None
    if comment.waits:
        who = ", ".join(names.get(pk, "") for pk in comment.asked)
        return Badge(Shape.DIAMOND, Tone.WARN, _("waits for %(who)s") % {"who": who})
    return Badge(Shape.TICK, Tone.OK, _("answered"))


def _actions(comment: Comment, actor: Actor) -> list[Button]:
    _held, refused = comment.may(actor, CREATE)
    if refused:
        return []
    buttons = [Button(_("Answer"), reverse("comments:answer", args=(comment.uid,)))]
    if comment.waits and not comment.may(actor, EDIT)[1]:
        settle = reverse("comments:settle", args=(comment.uid,))
        buttons.append(Button(_("Settle"), settle, post=True, fields={"key": str(uuid4())}))
    return buttons


def _note(found: Sequence[Comment]) -> str:
    waiting = sum(comment.waits for comment in found)
    if not waiting:
        return str(len(found))
    return ngettext("%(all)d, %(n)d open", "%(all)d, %(n)d open", waiting) % {"all": len(found), "n": waiting}
