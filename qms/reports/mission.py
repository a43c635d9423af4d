"""Blocks of an inspection report: checklist with answers, measures with terms, photos with hashes, signatures."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from qms.reports import lines
from qms.reports.blocks import PARAGRAPH_SPACE, Column, Setting, widths_of
from qms.reports.dates import printed_moment
from qms.reports.grid import Row, grid
from qms.reports.ink import CELL, HAIR, LINE_2, MM, NOTE, SUNK, Tone
from qms.reports.picture import Picture
from qms.reports.pieces import Columns, Piece, Prose, Whole
from qms.reports.text import Para, Run, Text, bold, mono, para, short_hash, toned

Sign = Literal["yes", "no", "not applicable", "partly", "none"]
SIGNS: dict[Sign, tuple[str, Tone]] = {
    "yes": ("✓", "ok"),
    "no": ("✕", "late"),
    "not applicable": ("–", "still"),
    "partly": ("◐", "warn"),
    "none": ("", "ink"),
}
STRONG = replace(CELL, face="At-Bold")


@dataclass(frozen=True)
class Item:
    """One item: its number and question as on the form, the answer in the form's own word, comment, legal basis."""

    number: str
    question: str
    answer: str = ""
    sign: Sign = "none"
    comment: Text = ""
    basis: str = ""


@dataclass(frozen=True)
class ItemGroup:
    """A section of the checklist; `comment` is the remark that serves all its items."""

    number: str
    title: str
    items: Sequence[Item]
    comment: str = ""


@dataclass(frozen=True)
class Answers:
    """Every item with its answer, section by section, in one table."""

    groups: Iterable[ItemGroup]

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """A band per section, a row per item; a "no" carries the bar at its left."""
        columns = [
            Column(_("No."), wide=12),
            Column(_("Question and basis"), 1.3),
            Column(_("Answer"), wide=31),
            Column(_("Findings and evidence"), 1.0),
        ]
        rows = [row for group in self.groups for row in _group_rows(group)]
        yield grid(rows, widths_of(columns, setting.width), head=[column.head for column in columns], before=4)


def _group_rows(group: ItemGroup) -> Iterable[Row]:
    yield Row([para(f"{group.number} {group.title}".strip(), STRONG)], band=True)
    for item in group.items:
        yield Row(_item_cells(item), alarm=item.sign == "no")
    if group.comment:
        yield Row([para("", CELL), [para(_("Remark on the section"), NOTE)], para("", CELL), para(group.comment, CELL)])


def _item_cells(item: Item) -> list[Para | Sequence[Para]]:
    question = para(item.question, CELL)
    asked = [question, para(item.basis, NOTE)] if item.basis else question
    sign, tone = SIGNS[item.sign]
    answer = toned(f"{sign} {item.answer}".strip(), tone) if item.answer else "–"
    return [para(item.number, CELL), asked, para(answer, CELL), para(item.comment, CELL)]


@dataclass(frozen=True)
class Measure:
    """What was ordered: the fact and the measure, the items it comes from, the term and how it was counted."""

    number: str
    text: Text
    item: str
    due: str
    why: Text = ""
    who: str = ""


@dataclass(frozen=True)
class Measures:
    """The measures with their terms."""

    measures: Sequence[Measure]

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """A table; the responsible person's column only where one is named."""
        named = any(one.who for one in self.measures)
        columns = [Column(_("No."), wide=10), Column(_("Fact found and measure"), 1.4), Column(_("Item"), wide=15)]
        columns += [Column(_("Responsible"), 0.7)] if named else []
        columns += [Column(_("Term"), wide=33), Column(_("How the term was counted"), 1.1)]
        rows = [
            Row(
                [
                    para(one.number, CELL),
                    para(one.text, CELL),
                    para(one.item, CELL),
                    *([para(one.who, CELL)] if named else []),
                    para(bold(one.due), CELL),
                    para(one.why, CELL),
                ]
            )
            for one in self.measures
        ]
        yield grid(rows, widths_of(columns, setting.width), head=[column.head for column in columns], before=4)


@dataclass(frozen=True)
class Photo:
    """A photo as evidence: the picture re-encoded for print, and the SHA-256 of the sealed original."""

    picture: Picture
    caption: str
    sha256: str


@dataclass(frozen=True)
class Photos:
    """Photos, three in a row, each with caption and hash."""

    photos: Sequence[Photo]
    across: int = 3

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """One piece per row of photos."""
        for start in range(0, len(self.photos), self.across):
            yield PhotoRow(self.photos[start : start + self.across], self.across, before=8 if start else 5)


@dataclass
class PhotoRow(Whole):
    """A row of photos, every picture in a box of 4:3."""

    photos: Sequence[Photo]
    across: int
    gap: float = field(default=4 * MM)

    def _box(self, width: float) -> tuple[float, float]:
        wide = (width - self.gap * (self.across - 1)) / self.across
        return wide, wide * 3 / 4

    def _lines(self, photo: Photo, wide: float) -> list[lines.Line]:
        hashed: Text = [_("original"), " ", mono(short_hash(photo.sha256))]
        caption = lines.wrap(para(photo.caption, NOTE), wide)
        return [*caption, *lines.wrap(para(hashed, NOTE), wide)]

    def height(self, width: float) -> float:
        """Box and the longest caption."""
        wide, high = self._box(width)
        return high + 3 + max(lines.height_of(self._lines(photo, wide)) for photo in self.photos)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Pictures whole within their boxes, words under them."""
        wide, high = self._box(width)
        for nth, photo in enumerate(self.photos):
            left = x + nth * (wide + self.gap)
            scale = min(wide / photo.picture.width, high / photo.picture.height)
            shown_wide, shown_high = photo.picture.width * scale, photo.picture.height * scale
            canvas.setFillColor(SUNK)
            canvas.rect(left, top - high, wide, high, stroke=0, fill=1)
            place = (left + (wide - shown_wide) / 2, top - high + (high - shown_high) / 2)
            canvas.drawImage(ImageReader(io.BytesIO(photo.picture.jpeg)), *place, shown_wide, shown_high)
            canvas.setStrokeColor(LINE_2)
            canvas.setLineWidth(HAIR)
            canvas.rect(left, top - high, wide, high)
            lines.draw(canvas, self._lines(photo, wide), left, top - high - 3)


@dataclass(frozen=True)
class Signed:
    """One signature: the signer's part ("Drawn up by"), printed name, role, and when; `at` of None is still to come.

    `by_hand` leaves a line for somebody who signs on paper.
    """

    part: str
    name: str
    role: str
    at: datetime | None
    meaning: str = ""
    on_behalf_of: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class Signatures:
    """Signatures in three columns, and what they cover."""

    signed: Sequence[Signed]
    manifest: str = ""
    covers: str = ""

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """Rows of three on rules, then the sentence with the hash."""
        for start in range(0, len(self.signed), 3):
            three = [_signed(one) for one in self.signed[start : start + 3]]
            three += [[] for _missing in range(3 - len(three))]
            yield Columns(three, [1.0] * 3, gap=6 * MM, rule=True, before=14 if start else 10, keep_with_next=True)
        yield Prose(para(self._covers(), NOTE), before=PARAGRAPH_SPACE + 1)

    def _covers(self) -> Text:
        simple = _("Simple electronic signatures (eIDAS), each given with fresh proof of identity.")
        if not self.manifest:
            return simple
        over: list[str | Run] = [_("The signatures cover the manifest"), " ", mono(short_hash(self.manifest))]
        covered: list[str | Run] = [": ", self.covers] if self.covers else []
        return [*over, *covered, ". ", simple]


def _signed(one: Signed) -> list[Para]:
    name = replace(CELL, face="At-Bold", size=8.8)
    behalf = [para(_("on behalf of %(name)s") % {"name": one.on_behalf_of}, NOTE)] if one.on_behalf_of else []
    meaning = [para(_("“%(words)s”") % {"words": one.meaning}, NOTE)] if one.meaning else []
    return [
        para(one.part, NOTE),
        para(one.name, name),
        para(one.role, CELL),
        *behalf,
        *meaning,
        para(_state(one), NOTE),
    ]


def _state(one: Signed) -> str:
    if one.by_hand:
        return _("signature by hand: ……………………")
    if one.at is None:
        return _("not signed yet")
    return _("signed in the application %(time)s · simple electronic signature") % {"time": printed_moment(one.at)}
