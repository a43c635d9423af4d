"""From a record to its paper: the type's `report.py` gives the sheet, body, trail and version give the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from qms.records import registry
from qms.reports.blocks import Block
from qms.reports.paper import Checkpoint, Letterhead, Paper, Watermark
from qms.reports.text import Text
from qms.trail.models import Checkpoint as SealedCheckpoint
from qms.trail.models import TrailEvent
from qms.trail.seal import first_checkpoint_covering

if TYPE_CHECKING:
    from qms.people.models import Organisation
    from qms.reports.models import ReportFile


class NoSuchReport(LookupError):
    """The record's type prints no report of that kind."""


@dataclass(frozen=True)
class Sheet:
    """What a record type says of one report: title and story, lines beside the letterhead, a draft or copy mark."""

    title: str
    story: Sequence[Block]
    aside: Sequence[Text] = field(default=())
    form: str = ""
    watermark: Watermark | None = None


def sheet_of(record: Any, kind: str, language: str) -> Sheet:
    """The sheet the record's type makes; a plain list of blocks is titled with the type's name. Raises NoSuchReport."""
    record_type = registry.type_of(record)
    if kind not in record_type.report:
        raise NoSuchReport(kind)
    made = record_type.report[kind](record, language)
    return made if isinstance(made, Sheet) else Sheet(str(record_type.label), made)


def paper_of(record: Any, file: ReportFile, sheet: Sheet, sealed: SealedCheckpoint | None) -> Paper:
    """The whole paper for that version of the record."""
    body: Organisation = record.organisation
    event = TrailEvent.objects.get(stream=file.stream, seq=file.record_version)
    aside = [*sheet.aside, *([_("Demonstration content")] if body.is_demo else [])]
    return Paper(
        title=sheet.title,
        reference=file.reference,
        language=file.language,
        letterhead=letterhead_of(body, file.language),
        story=sheet.story,
        generated_at=event.at,
        aside=aside,
        form=sheet.form,
        watermark=sheet.watermark,
        checkpoint=printed_checkpoint(sealed) if sealed else None,
        verify_url=f"{settings.SITE_URL}/v/{file.code}",
        time_zone=body.time_zone,
    )


def letterhead_of(body: Organisation, language: str) -> Letterhead:
    """The body's name below its country's and its parent's."""
    above = [str(body.get_country_display()), *([body.parent.name_in(language)] if body.parent else [])]
    return Letterhead(body.name_in(language), " · ".join(above))


def printed_checkpoint(sealed: SealedCheckpoint) -> Checkpoint:
    """The checkpoint as the footer prints it; its number counts all checkpoints up to it."""
    number = SealedCheckpoint.objects.filter(size__lte=sealed.size).count()
    return Checkpoint(number, sealed.at, sealed.size, sealed.root, sealed.key_id)


def seal_version(file: ReportFile) -> SealedCheckpoint | None:
    """The first checkpoint that covers the version, sealed now where there is none yet."""
    return first_checkpoint_covering(file.stream, file.record_version)
