"""The trail of a record as a box of its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms.face.dates import moment
from qms.face.parts import Checkpoint, Trail, TrailLine
from qms.trail.seal import covering
from qms.trail.sentences import sentences


def trail_box(record: Any, most: int | None = None, all_url: str = "", names: Mapping[int, str] | None = None) -> Trail:
    """What happened to a record, newest first; `most` limits the lines and leaves a link to all.

    `names` are those of people already read.
    """
    told = sentences(record.uid, get_language() or "en", most=most, known=names)
    lines = [TrailLine(line.at, line.html, line.seq) for line in told]
    return Trail(lines, total=record.version, all_url=all_url, checkpoint=_checkpoint(record))


def _checkpoint(record: Any) -> Checkpoint:
    """What seals the newest event, or that nothing does yet."""
    url = reverse("trail:what_this_proves")
    found = covering(record.uid, record.version)
    if found is None:
        return Checkpoint(_("The newest event is sealed within seconds."), url)
    text = _("Sealed by the checkpoint of %(size)s events, %(moment)s, root %(root)s.")
    return Checkpoint(text % {"size": found.size, "moment": moment(found.at), "root": found.root[:8]}, url)
