"""Saying something about a record, answering, settling. Those who are asked are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qms.comments.mentions import named_in
from qms.comments.models import Comment
from qms.lifecycle.perform import By, amend, create, lock, note
from qms.notices.mailing import tell
from qms.notices.models import Channel, Notice
from qms.people.actors import Actor, actor_of
from qms.people.models import Person
from qms.trail import clock

COMMENT = "comment"
ASKED, ANSWERED = "comment.asked", "comment.answered"
SENTENCES = {
    ASKED: gettext_noop("{who} asks you in a comment on {reference}"),
    ANSWERED: gettext_noop("{who} answered your comment on {reference}"),
}


def comment(
    record: Any,
    by: By,
    text: str,
    *,
    people: Iterable[Person] = (),
    place: str = "",
    answers_to: Comment | None = None,
    key: UUID | None = None,
) -> Comment:
    """Say something about a record; `people`, and whoever is named with @ in the text, are asked and told.

    An answer by somebody who was asked settles the question. Raises Refused, KeyReused, ValidationError.
    """
    actor = actor_of(by)
    uid = uuid5(key, f"{actor.person_id} {record.uid}") if key else uuid4()
    asked = _asked(record, text, people)
    with transaction.atomic():
        locked = lock(record)
        sent_again = key is not None and Comment.objects.of(locked.organisation_id).filter(uid=uid).exists()
        made = create(
            Comment,
            actor,
            key=key,
            uid=uid,
            organisation=locked.organisation,
            record_type=locked.stream_name(),
            stream=locked.uid,
            text=text,
            place=place,
            author=actor.person,
            asked=asked,
            answers_to=answers_to,
        )
        if sent_again:
            return made
        note(record, COMMENT, actor, comment=str(uid))
        if answers_to is not None and answers_to.waits and actor.person_id in answers_to.asked:
            settle(answers_to, actor)
        _tell(record, made, actor)
    return made


def settle(question: Comment, by: By, *, key: UUID | None = None) -> Comment:
    """Nobody waits for an answer any more; settled once, it stays settled. Raises Refused, KeyReused."""
    actor = actor_of(by)
    if question.settled_at is not None:
        return question
    return amend(question, actor, key=key, settled_at=clock.now(), settled_by=actor.person)


def _asked(record: Any, text: str, people: Iterable[Person]) -> list[int]:
    """Ids of the people asked: active ones of the record's own body. Raises ValidationError for anybody else."""
    colleagues = Person.objects.filter(organisation=record.organisation_id, is_active=True)
    names = dict(colleagues.values_list("pk", "name"))
    chosen = {person.pk for person in people}
    if chosen - set(names):
        raise ValidationError({"people": _("There is no such choice.")})
    return sorted(chosen.union(named_in(text, names)))


def _tell(record: Any, made: Comment, actor: Actor) -> None:
    """A line of the ledger, and a mail, for everybody asked, and for whoever is answered; not for the writer."""
    told = dict.fromkeys(made.asked, ASKED)
    if made.answers_to is not None:
        told.setdefault(made.answers_to.author_id, ANSWERED)
    for pk, kind in told.items():
        if pk == actor.person_id:
            continue
        line = Notice(
            organisation_id=made.organisation_id,
            person_id=pk,
            kind=kind,
            key=f"{kind}:{made.uid}",
            record_type=made.record_type,
            stream=made.stream,
            reference=record.reference,
            words={"sentence": SENTENCES[kind], "who": actor.name, "title": record.title},
            channel=Channel.IN_APP,
            told_at=clock.now(),
        )
        tell(line)
