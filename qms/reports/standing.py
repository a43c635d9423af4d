"""Whether a printed paper still stands: all that is said to somebody who only has its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms.face.parts import Badge, Shape, Tone
from qms.records import registry
from qms.reports.models import ReportFile, ReportState
from qms.reports.panel import kind_label
from qms.trail.models import Checkpoint

if TYPE_CHECKING:
    from datetime import datetime

VOID = ("void", "cancelled")
REPLACED = ("superseded", "withdrawn")


@dataclass(frozen=True)
class Standing:
    """What the page of a code says: kind of paper, body, its standing in a word and a sentence, its checkpoint."""

    kind: str
    body: str
    badge: Badge
    sentence: str
    made_at: datetime | None
    checkpoint: Checkpoint | None


def standing_of(file: ReportFile) -> Standing:
    """The standing of a paper that was made."""
    record_type = registry.get(file.record_type)
    state = record_type.model.unscoped.values_list("state", flat=True).get(uid=file.stream)
    badge, sentence = _judged(file, str(state))
    return Standing(
        kind=kind_label(record_type, file.kind),
        body=file.organisation.name_in((get_language() or "en").split("-")[0]),
        badge=badge,
        sentence=sentence,
        made_at=file.made_at,
        checkpoint=Checkpoint.objects.filter(size=file.checkpoint_size).first() if file.checkpoint_size else None,
    )


def _judged(file: ReportFile, state: str) -> tuple[Badge, str]:
    if state in VOID:
        return Badge(Shape.TRIANGLE, Tone.LATE, _("void")), _("What this paper shows was declared void.")
    if state in REPLACED or _newer(file):
        word = _("replaced by a newer one")
        return Badge(Shape.DOTTED, Tone.STILL, word), _("A newer paper exists. The body that issued it has it.")
    return Badge(Shape.TICK, Tone.OK, _("current")), _("No newer paper of this kind exists.")


def _newer(file: ReportFile) -> bool:
    same = ReportFile.unscoped.filter(
        stream=file.stream, kind=file.kind, language=file.language, state=ReportState.READY, pk__gt=file.pk
    )
    return same.filter(record_version__gte=file.record_version).exists()
