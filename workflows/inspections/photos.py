"""Photos of a mission on paper: the copies that are shown, each with its item and the hash of its sealed original."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qms.evidence import store
from qms.evidence.models import EvidenceLink
from qms.reports.blocks import Block, Column, Section, Table
from qms.reports.mission import Photo, Photos
from qms.reports.picture import NotAPicture, picture
from qms.reports.text import mono, short_hash
from workflows.inspections.evidence import links_by_item
from workflows.inspections.models import Inspection
from workflows.inspections.runner import numbers_of

MOST = 60  # pictures printed; the others are listed by their hash


def photo_blocks(inspection: Inspection, number: str | None = None) -> list[Block]:
    """The photos, then the files that are no pictures; nothing where there are none."""
    numbers = numbers_of(inspection.sections)
    found = links_by_item(inspection.answers_by_item)
    attached = [(numbers.get(key, ""), link) for key in numbers for link in found.get(key, ())]
    photos = list(_photos(attached))[:MOST]
    printed = {photo.sha256 for photo in photos}
    rows = [(item, link.name, mono(short_hash(link.sha256))) for item, link in attached if link.sha256 not in printed]
    blocks: list[Block] = [Section(_("Photos"), number), Photos(photos)] if photos else []
    if rows:
        columns = [Column(_("Item"), wide=15), Column(_("File")), Column("SHA-256", wide=35)]
        blocks += [Section(_("Files"), number), Table(columns, rows)]
    return blocks


def _photos(attached: list[tuple[str, EvidenceLink]]) -> Iterator[Photo]:
    for item, link in attached:
        if not link.file.shown_sha256:
            continue
        try:
            shown = picture(store.read(link.file.shown_sha256))
        except (NotAPicture, store.NotStored, store.Damaged):
            continue  # it stands in the list of files
        words = _("item %(number)s: %(name)s") % {"number": item, "name": link.caption or link.name}
        yield Photo(shown, words, link.sha256)
