"""The evidence of a record as a box of its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qms.evidence.forms import EvidenceForm
from qms.evidence.models import EvidenceLink
from qms.evidence.reading import evidence_of
from qms.evidence.rights import attaching
from qms.face.dates import brief
from qms.face.parts import Evidence, EvidenceBox, Link
from qms.lifecycle.case import Case


def evidence_boxes(record: Any, case: Case) -> Sequence[EvidenceBox]:
    """What is attached, void files too; the form for those who may add some, else why not."""
    links = evidence_of(record)
    _held, reasons = attaching(record, case.actor, case)
    files = [chip(link, may_void=not reasons) for link in links]
    if reasons:
        return [EvidenceBox(files, why=str(reasons[0]))]
    return [EvidenceBox(files, EvidenceForm(), add_url(record), str(uuid4()))]


def add_url(record: Any) -> str:
    return reverse("evidence:add", kwargs={"type_name": record.stream_name(), "uid": record.uid})


def chip(link: EvidenceLink, may_void: bool = False) -> Evidence:
    """A file as it stands in a box: named by what it shows, with what it covers, who added it, and the ways on."""
    actions = []
    if link.file.shown_sha256:
        actions.append(Link(_("Show"), reverse("evidence:picture", args=(link.uid,))))
    if may_void and not link.is_void:
        actions.append(Link(_("Declare void"), reverse("evidence:void", args=(link.uid,))))
    return Evidence(
        kind=link.file.kind.upper(),
        name=str(link),
        url=reverse("evidence:file", args=(link.uid,)),
        covers=" · ".join(part for part in (link.requirement, _period(link)) if part),
        sha256=link.sha256,
        note=_note(link),
        void=_("void: %(reason)s") % {"reason": link.void_reason} if link.is_void else "",
        actions=actions,
    )


def _period(link: EvidenceLink) -> str:
    days = [date_format(day, "DATE_FORMAT") for day in (link.covers_from, link.covers_to) if day]
    return _("covers %(period)s") % {"period": " – ".join(dict.fromkeys(days))} if days else ""


def _note(link: EvidenceLink) -> str:
    who = link.added_by.name if link.added_by else _("the application")
    parts = [link.name if link.caption else "", who, brief(link.created_at)]
    if link.file.taken:
        parts.append(_("taken %(at)s") % {"at": link.file.taken.replace("T", " ")[:16]})
    if not link.file.sound:
        parts.append(_("the stored bytes are damaged"))
    return " · ".join(part for part in parts if part)
