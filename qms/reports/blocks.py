"""The general blocks of a report. A record type's `report.py` returns a list of these and never sees ReportLab."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from reportlab.pdfgen.canvas import Canvas

from qms.reports.contents import Contents as ContentsPiece
from qms.reports.contents import Entry
from qms.reports.dates import printed_moment
from qms.reports.grid import Row, grid
from qms.reports.ink import (
    CELL,
    FIGURE,
    HEADING,
    MM,
    NOTE,
    SUBHEADING,
    SUBTITLE,
    TEXT,
    TITLE,
    Align,
    Style,
    Tone,
    centred,
    right,
)
from qms.reports.layout import Page
from qms.reports.pieces import BULLET, Columns, PageBreak, Piece, Prose, Together
from qms.reports.text import Text, para

LABEL_WIDTH = 45.5 * MM
SECTION_SPACE, HEADING_SPACE, PARAGRAPH_SPACE, FACTS_SPACE = 15.0, 10.0, 5.0, 8.0


@dataclass
class Setting:
    """What blocks share while they become pieces: the width, the running section number, entries for the contents."""

    width: float
    section: int = 0
    entries: list[Entry] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)

    def mark(self, text: str, level: int) -> str:
        """A new entry of outline and contents; returns the mark that places it."""
        entry = Entry(f"e{len(self.entries) + 1}", text, level)
        self.entries.append(entry)
        return entry.mark


class Block(Protocol):
    """A part of the story."""

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """The pieces it becomes."""
        ...


def pieces_of(story: Iterable[Block], setting: Setting) -> list[Piece]:
    """All pieces of the story, in order."""
    return [piece for block in story for piece in block.pieces(setting)]


def entries_of(pages: Sequence[Page]) -> Mapping[str, int]:
    """On which page each marked heading came to stand."""
    return {
        placed.piece.mark: number
        for number, page in enumerate(pages, start=1)
        for placed in page.placed
        if isinstance(placed.piece, Prose) and placed.piece.mark
    }


@dataclass(frozen=True)
class Title:
    """The report's name, large, and one line under it."""

    text: str
    subtitle: Text = ""

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """Title, then subtitle."""
        yield Prose(para(self.text, TITLE), keep_with_next=True)
        if self.subtitle:
            yield Prose(para(self.subtitle, SUBTITLE), before=3, keep_with_next=True)


@dataclass(frozen=True)
class Cover:
    """A document's first page: its kind, its title, and the boxed code, edition, revision, date in force."""

    kind: str
    title: str
    cells: Sequence[tuple[str, str]]

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """Centred, with the box as wide as its words."""
        yield Prose(para(self.kind, centred(Style(10.5, 13, tone="soft"))), keep_with_next=True)
        yield Prose(para(self.title, centred(Style(16.5, 20, TITLE.face))), before=4, keep_with_next=True)
        stacks = [
            [para(label, centred(NOTE)), para(value, centred(Style(10, 13, TITLE.face)))] for label, value in self.cells
        ]
        shares = [max(12.0, float(max(len(label), len(value) + 3))) for label, value in self.cells]
        margin = max(0.0, setting.width - sum(shares) * 6) / 2
        yield Inset(Columns(stacks, shares, frame=True, padding=5), margin, before=8)


@dataclass
class Inset:
    """A piece with the same free space at either side; never cut."""

    piece: Columns
    margin: float
    before: float = 0.0
    keep_with_next: bool = False

    def height(self, width: float) -> float:
        """The piece's height at the narrower width."""
        return self.piece.height(width - 2 * self.margin)

    def least(self, width: float) -> float:
        """All of it."""
        return self.height(width)

    def cut(self, width: float, room: float) -> tuple[Piece, Piece] | None:
        """Never."""
        return None

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw it between the margins."""
        self.piece.draw(canvas, x + self.margin, top, width - 2 * self.margin)


@dataclass(frozen=True)
class Section:
    """A numbered section heading; a number given is printed as it is, and "" prints none."""

    text: str
    number: str | None = None

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """One heading that stays with what follows."""
        setting.section += self.number is None
        number = str(setting.section) if self.number is None else self.number
        text = f"{number}. {self.text}" if number else self.text
        mark = setting.mark(text, 0)
        yield Prose(para(text, HEADING), mark, before=SECTION_SPACE, keep_with_next=True)


@dataclass(frozen=True)
class Heading:
    """A smaller heading, not numbered."""

    text: str

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """One heading that stays with what follows."""
        yield Prose(para(self.text, SUBHEADING), before=HEADING_SPACE, keep_with_next=True)


@dataclass(frozen=True)
class Words:
    """Paragraphs of running text, apart at empty lines."""

    text: Text
    style: Style = TEXT

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """One piece per paragraph."""
        parts: Sequence[Text] = self.text.split("\n\n") if isinstance(self.text, str) else [self.text]
        for part in parts:
            yield Prose(para(part, self.style), before=PARAGRAPH_SPACE)


def Note(text: Text) -> Words:  # noqa: N802 - reads as the other blocks do
    """A paragraph in the small, soft style."""
    return Words(text, NOTE)


@dataclass(frozen=True)
class Bullets:
    """A list; `numbered` counts from one."""

    items: Sequence[Text]
    numbered: bool = False

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """One indented piece per item."""
        for nth, item in enumerate(self.items, start=1):
            sign = para(f"{nth}." if self.numbered else "•", TEXT)
            yield Prose(para(item, TEXT), indent=BULLET, bullet=sign, before=2.5)


@dataclass(frozen=True)
class Facts:
    """Labels and values, a hairline under each. A value of several paragraphs is a list of texts."""

    rows: Sequence[tuple[str, Text]]

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """A table without frame."""
        label = Style(8.5, 11.6, tone="soft")
        value = Style(8.5, 11.6)
        rows = [Row([para(name, label), para(text or "–", value)]) for name, text in self.rows]
        yield grid(rows, [LABEL_WIDTH, setting.width - LABEL_WIDTH], frame="rows", before=FACTS_SPACE)


@dataclass(frozen=True)
class Figures:
    """A few numbers, large, each with its words, in one frame."""

    cells: Sequence[tuple[str, str]]

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """Equal columns."""
        stacks = [[para(number, FIGURE), para(words, NOTE)] for number, words in self.cells]
        yield Columns(stacks, [1.0] * len(stacks), frame=True, padding=6, before=5)


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the free width or its own width in millimetres, how it is set."""

    head: str
    share: float = 1.0
    wide: float | None = None
    align: Align = "left"
    tone: Tone = "ink"
    strong: bool = False

    def style(self) -> Style:
        """The style of its cells."""
        base = {"left": CELL, "right": right(CELL), "centre": centred(CELL)}[self.align]
        return replace(base, tone=self.tone, face=TITLE.face if self.strong else base.face)


@dataclass(frozen=True)
class Table:
    """Any table: columns, and rows of as many texts. The head is repeated on every page."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Text]]

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """One grid."""
        styles = [column.style() for column in self.columns]
        rows = [Row([para(cell, style) for cell, style in zip(row, styles, strict=True)]) for row in self.rows]
        widths = widths_of(self.columns, setting.width)
        head = [column.head for column in self.columns]
        yield grid(rows, widths, head=head if any(head) else (), before=4)


def widths_of(columns: Sequence[Column], width: float) -> list[float]:
    """Each column's width in points: the fixed ones first, the others by their shares of the rest."""
    fixed = sum(column.wide * MM for column in columns if column.wide)
    shares = sum(column.share for column in columns if not column.wide) or 1.0
    return [column.wide * MM if column.wide else (width - fixed) * column.share / shares for column in columns]


@dataclass(frozen=True)
class Contents:
    """The sections of the paper with their pages."""

    head: str = ""

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """A heading, then the list; pages are known only once all is laid out."""
        if self.head:
            yield Prose(para(self.head, HEADING), before=SECTION_SPACE, keep_with_next=True)
        yield ContentsPiece(setting.entries, setting.pages, before=4)


@dataclass(frozen=True)
class TrailLine:
    """One event of the trail as a sentence."""

    at: datetime
    sentence: Text
    number: int


@dataclass(frozen=True)
class Trail:
    """What happened, one line per event."""

    entries: Sequence[TrailLine]

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """Time, sentence, number."""
        soft, number = Style(7.6, 10.6, tone="soft"), right(Style(7.6, 10.6, tone="soft"))
        rows = [
            Row([para(printed_moment(one.at), soft), para(one.sentence, CELL), para(str(one.number), number)])
            for one in self.entries
        ]
        yield grid(rows, [36 * MM, setting.width - 50 * MM, 14 * MM], frame="rows", before=4)


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """A break."""
        yield PageBreak()


@dataclass(frozen=True)
class Unbroken:
    """Blocks kept on one page; for a few lines, not for tables."""

    blocks: Sequence[Block]

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """One piece of all."""
        inner = pieces_of(self.blocks, setting)
        yield Together(inner, before=inner[0].before if inner else 0.0)
