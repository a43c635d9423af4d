"""A line of the ledger as it is read: who was told what, when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from qms.face.dates import moment
from qms.face.parts import Badge, Shape, Tone
from qms.notices.models import Notice
from qms.notices.sentences import sentence_of


@dataclass(frozen=True)
class Told:
    """One line; `who` is left out where everything was told to the reader himself."""

    sentence: str
    at: datetime
    badge: Badge
    notes: Sequence[str] = ()
    who: str = ""
    url: str = ""

    @property
    def initials(self) -> str:
        """Two letters in place of a picture; a dot where nobody is named."""
        return "".join(word[0] for word in self.who.split()[:2]).upper() or "·"


def told(line: Notice, mails: Mapping[tuple[int, str], Notice], url: str = "", who: str = "") -> Told:
    """A line with what became of its mail."""
    mail = mails.get((line.person_id, line.key))
    return Told(sentence_of(line), line.told_at, _badge(line), _mailed(mail) if mail else (), who, url)


def _badge(line: Notice) -> Badge:
    if line.read_at is None:
        return Badge(Shape.DIAMOND, Tone.WARN, _("not read yet"))
    return Badge(Shape.TICK, Tone.OK, _("read %(at)s") % {"at": moment(line.read_at)})


def _mailed(mail: Notice) -> Sequence[str]:
    """Whether and when a mail about it went out."""
    if mail.sent_at:
        return (_("sent by e-mail %(at)s") % {"at": moment(mail.sent_at)},)
    if mail.failure:
        return (_("by e-mail, not sent: %(why)s") % {"why": mail.failure},)
    return (_("by e-mail, on its way"),)
