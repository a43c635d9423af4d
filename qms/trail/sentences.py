"""The trail in sentences: who, in which office, did what, and why. Two statements for a page of events.

Each verb has its sentence in templates/trail/<type>/<verb>.txt or templates/trail/<verb>.txt; one without falls back to
step.txt. Names and offices are those of the moment, as the event keeps them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.template.loader import select_template
from django.utils import formats, translation
from django.utils.dateparse import parse_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from qms.records import registry
from qms.trail.models import TrailEvent
from qms.trail.streams import streamed

LONGEST = 160


@dataclass(frozen=True)
class Change:
    """One field that changed: its label, and the old and the new value in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One event as a sentence, with the name in <b>."""

    at: datetime
    html: SafeString
    seq: int
    verb: str
    click: UUID
    reason: str = ""
    changes: Sequence[Change] = field(default=())


def sentences(
    stream: UUID,
    language: str,
    *,
    most: int | None = None,
    before: int | None = None,
    known: Mapping[int, str] | None = None,
) -> list[Line]:
    """What happened to a record, newest first, in that language; `before` is the number of the event to go on from.

    `known` are names of people already read.
    """
    events = TrailEvent.objects.filter(stream=stream).select_related("detail").order_by("-seq")
    if before is not None:
        events = events.filter(seq__lt=before)
    found = list(events[:most])
    clear = {event.pk: _clear(event) for event in found}
    names = _names(found, clear.values(), known or {})
    with translation.override(language):
        return [_line(event, clear[event.pk], names) for event in found]


def _line(event: TrailEvent, clear: dict[str, Any], names: Mapping[int, str]) -> Line:
    body = json.loads(event.body)
    reason = clear.get("reason", {}).get("value", "")
    changes = _changes(event.record_type, clear.get("changed", {}), names)
    step, state = _step(event)
    told = _template(event.record_type, event.verb).render(
        {
            "who": _who(body),
            "step": step,
            "state": state,
            "fields": ", ".join(change.label for change in changes),
            "facts": body.get("facts", {}),
        }
    )
    html = mark_safe(" ".join(told.split()))  # noqa: S308  rendered by a template that escapes
    if reason:
        html = format_html("{}: <q>{}</q>", html, reason)
    return Line(event.at, html, event.seq, event.verb, event.click, reason, changes)


@lru_cache(maxsize=512)
def _template(record_type: str, verb: str) -> Any:
    """The most particular sentence there is for this verb."""
    names = [f"trail/{record_type}/{verb}.txt", f"trail/{verb}.txt", "trail/step.txt"]
    return select_template(names)


def _who(body: dict[str, Any]) -> SafeString:
    actor, principal = body["actor"], body.get("on_behalf_of")
    if actor["id"] is None:
        return format_html("<b>{}</b>", _("The application"))
    parts = [format_html("<b>{}</b>", actor["name"])]
    if actor["office"]:
        parts.append(format_html("{}", actor["office"]))
    if principal:
        parts.append(format_html("{}", _("on behalf of %(name)s") % {"name": principal["name"]}))
    return (
        parts[0] if len(parts) == 1 else format_html("{},", format_html_join(", ", "{}", ((part,) for part in parts)))
    )


def _step(event: TrailEvent) -> tuple[str, str]:
    """The step's label and the state it led to, in words."""
    try:
        lifecycle = registry.get(event.record_type).lifecycle
    except registry.UnknownType:
        return event.verb.replace("_", " "), ""
    label = next((str(step.label) for step in lifecycle.steps if step.verb == event.verb and step.label), event.verb)
    moved = event.to_state is not None and event.to_state != event.from_state
    known = event.to_state in lifecycle.by_state
    return label, lifecycle.label(event.to_state) if event.to_state and moved and known else ""


def _clear(event: TrailEvent) -> dict[str, Any]:
    detail = getattr(event, "detail", None)
    found: dict[str, Any] = json.loads(detail.clear) if detail is not None else {}
    return found


def _names(
    events: Sequence[TrailEvent], clears: Iterable[dict[str, Any]], known: Mapping[int, str]
) -> Mapping[int, str]:
    """Names of all people who stand as values of changed fields: one query, or none where they are known."""
    person = apps.get_model("people", "Person")
    wanted = set()
    for event, clear in zip(events, clears, strict=True):
        fields = _fields(event.record_type)
        for name, (old, new) in clear.get("changed", {}).items():
            if getattr(fields.get(name), "related_model", None) is person:
                wanted |= {old["value"], new["value"]} - {None}
    if wanted <= known.keys():
        return known
    return dict(person.unscoped.filter(pk__in=wanted).values_list("pk", "name"))


@lru_cache(maxsize=128)
def _fields(record_type: str) -> dict[str, Any]:
    model = next((model for model in streamed() if model.stream_name() == record_type), None)
    return {each.name: each for each in model._meta.concrete_fields} if model else {}


def _changes(record_type: str, changed: dict[str, Any], names: Mapping[int, str]) -> list[Change]:
    fields = _fields(record_type)
    return [
        Change(_label(fields.get(name), name), *(_word(fields.get(name), each["value"], names) for each in pair))
        for name, pair in sorted(changed.items())
    ]


def _label(field: Any, name: str) -> str:
    return str(getattr(field, "verbose_name", name.replace("_", " ")))


def _word(field: Any, value: Any, names: Mapping[int, str]) -> str:
    """A stored value as people write it."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return capfirst(_("yes")) if value else capfirst(_("no"))
    if isinstance(value, dict | list):
        return _("structured content")
    if getattr(field, "is_relation", False):
        return names.get(value, f"#{value}")
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value in choices:
        return str(choices[value])
    day = parse_date(value) if isinstance(value, str) and len(value) == 10 and value[4] == "-" else None
    return formats.date_format(day, "SHORT_DATE_FORMAT") if day else Truncator(str(value)).chars(LONGEST)
