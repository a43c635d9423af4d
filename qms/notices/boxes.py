"""Who was told what about a record, as a box of its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.face.dates import brief
from qms.face.parts import Fact, Facts, Link
from qms.lifecycle.case import Case
from qms.notices.ledger import may_read_ledger, of_record
from qms.notices.sentences import sentence_of

SHOWN = 3


def told_boxes(record: Any, case: Case) -> Sequence[Facts]:
    """The latest lines of the ledger for those who may read it; nothing where nobody was told. At most one query."""
    if not may_read_ledger(case):
        return []
    lines = of_record(record).order_by("-pk")[:SHOWN]
    facts = [Fact(brief(line.told_at), line.person.name, _order(sentence_of(line), record)) for line in lines]
    url = reverse("notices:of_record", kwargs={"type_name": record.stream_name(), "uid": record.uid})
    return [Facts(facts, _("Who was told"), edit=Link(_("All"), url), anchor="told")] if facts else []


def _order(sentence: str, record: Any) -> str:
    """The sentence without the title, which stands above."""
    return sentence.removesuffix(f": {record.title}")
