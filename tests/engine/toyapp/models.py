from typing import Any

from django.db import models

from qms.lifecycle.field import StateField
from qms.records.models import Record
from qms.trail.models import TrailEvent
from tests.engine.toyapp.lifecycle import LIFECYCLE


class ToyNote(Record):
    reviewers = models.JSONField(default=list, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    state = StateField(lifecycle=LIFECYCLE)

    class Meta(Record.Meta):
        app_label = "toyapp"


def agreed(note: Any) -> set[int]:
    """Who has agreed since the note was submitted last."""
    events = list(TrailEvent.objects.filter(stream=note.uid).order_by("seq"))
    begun = max((event.seq for event in events if event.verb == "submit"), default=0)
    return {event.actor_id for event in events if event.verb == "agree" and event.seq > begun and event.actor_id}
