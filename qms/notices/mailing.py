"""What is told in the application also goes out by mail, where mail is set up; the ledger says when it was sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from qms.notices.models import Channel, Notice
from qms.notices.outbox import enqueue, handles
from qms.notices.sentences import link_of, sentence_of
from qms.trail import clock

MAIL = "notice.mail"


def tell(notice: Notice) -> None:
    """Write a line of the ledger, once per person and key, and queue its mail where a mail server is set up."""
    Notice.unscoped.bulk_create([notice], ignore_conflicts=True)
    if settings.EMAIL_HOST:
        enqueue(MAIL, f"{notice.person_id}:{notice.key}"[:200], {"person": notice.person_id, "key": notice.key})


@handles(MAIL)
def send(payload: dict[str, Any]) -> None:
    """Send one mail in the person's language and write it into the ledger; sent once, it is not sent again."""
    lines = Notice.unscoped.select_related("person", "organisation")
    told = lines.get(person=payload["person"], key=payload["key"], channel=Channel.IN_APP)
    line, _made = Notice.unscoped.get_or_create(
        person=told.person,
        key=told.key,
        channel=Channel.MAIL,
        defaults={
            "organisation": told.organisation,
            "kind": told.kind,
            "record_type": told.record_type,
            "stream": told.stream,
            "reference": told.reference,
            "words": told.words,
            "told_at": clock.now(),
        },
    )
    if line.sent_at is not None:
        return
    with translation.override(told.person.language):
        sentence = sentence_of(told)
        sender = _("Atestat, on behalf of %(body)s") % {"body": told.organisation.name}
        body = f"{sentence}\n\n{settings.SITE_URL}{link_of(told)}\n\n{sender}\n"
        EmailMessage(one_line(sentence), body, to=[told.person.email]).send()
    Notice.unscoped.filter(pk=line.pk).update(sent_at=clock.now())


def one_line(text: str) -> str:
    """Text fit for a header: no line ends, not too long."""
    return " ".join(text.split())[:180]
