"""The trail of a record as a box of its page."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from qms.face.parts import Trail, TrailLine
from qms.lifecycle.table import CREATE, EDIT
from qms.records import registry
from qms.trail.models import TrailEvent


def trail_box(record: Any, most: int | None = None, all_url: str = "") -> Trail:
    """What happened to a record, newest first; `most` limits the lines and leaves a link to all."""
    events = TrailEvent.objects.filter(stream=record.uid).select_related("actor", "on_behalf_of").order_by("-seq")
    lines = [TrailLine(event.at, _sentence(record, event), event.seq) for event in events[:most]]
    return Trail(lines, total=record.version, all_url=all_url)


def _sentence(record: Any, event: TrailEvent) -> Any:
    words = {CREATE: _("created it"), EDIT: _("edited it")}
    lifecycle = registry.type_of(record).lifecycle
    label = next((str(s.label) for s in lifecycle.steps if s.verb == event.verb), event.verb)
    name = event.actor.name if event.actor else _("The application")
    return format_html("<b>{}</b>: {}", name, words.get(event.verb, label))
