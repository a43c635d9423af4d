"""Paragraphs and tables of a Word document, in reading order, with their boxes, numbers and merged cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from procedures.checklists.word.numbers import Numbers, Printed, list_place, read_styles, style_chain
from procedures.checklists.word.package import WordDocument, attribute, child, is_on, local
from procedures.checklists.word.runs import RunReader

WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"}


@dataclass
class Paragraph:
    """One paragraph; ``text`` has single spaces within a line and no empty lines."""

    text: str
    bold: bool = False
    is_heading: bool = False
    place: Printed = field(default_factory=Printed)
    choices: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Cell:
    """One cell, ``span`` grid columns from ``column`` on; merged downwards it ``goes_on`` or ``continues`` another."""

    blocks: "list[Paragraph | Table]"
    column: int = 0
    span: int = 1
    continues: bool = False
    goes_on: bool = False

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its own paragraphs and those of tables within."""
        return [each for block in self.blocks for each in _paragraphs(block)]

    @property
    def tables(self) -> "list[Table]":
        """Tables within."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(each.text for each in self.paragraphs if each.text)

    @property
    def choices(self) -> list[str]:
        """What its drop-down lists offer."""
        return [choice for each in self.paragraphs for choice in each.choices]

    @property
    def bold(self) -> bool:
        """All its text is bold."""
        filled = [each for each in self.paragraphs if each.text]
        return bool(filled) and all(each.bold for each in filled)


@dataclass
class Row:
    """One row; ``is_header`` when Word repeats it on every page."""

    cells: list[Cell]
    is_header: bool = False

    @property
    def text(self) -> str:
        """What stands in it, cell by cell."""
        return " | ".join(cell.text.replace("\n", " ") for cell in self.cells if cell.text)


@dataclass
class Table:
    """One table."""

    rows: list[Row]


Block = Paragraph | Table


class Blocks:
    """Reads a document; afterwards ``merge_fields`` has the names of all fields read so far, in order."""

    def __init__(self, document: WordDocument) -> None:
        self._styles = read_styles(document.styles)
        self._numbers = Numbers.read(document.numbering)
        self._runs = RunReader()

    @property
    def merge_fields(self) -> list[str]:
        """Names, each once."""
        return list(self._runs.merge_fields)

    def of(self, container: Element) -> list[Block]:
        """The blocks of a body, a cell, a header or a note."""
        return list(self._walk(container))

    def _walk(self, container: Element) -> Iterator[Block]:
        for each in _unwrapped(container):
            if local(each) == "p":
                yield self._paragraph(each)
            elif local(each) == "tbl":
                yield Table([self._row(row) for row in _unwrapped(each) if local(row) == "tr"])
            elif local(each) in ("footnote", "endnote", "comment"):
                yield from self._walk(each)

    def _paragraph(self, element: Element) -> Paragraph:
        properties = child(element, "pPr")
        chain = style_chain(self._styles, attribute(child(properties, "pStyle"), "val"))
        read = self._runs.read(element, bold=any(style.bold for style in chain))
        lines = (" ".join(line.split()) for line in read.text.splitlines())
        text = "\n".join(line for line in lines if line)
        place = list_place(properties) or next((style.number for style in chain if style.number), None)
        heading = any(style.is_heading for style in chain) or child(properties, "outlineLvl") is not None
        counted = self._numbers.next(*place) if place else Printed()
        return Paragraph(text, read.bold, heading, counted, read.choices, read.notes)

    def _row(self, element: Element) -> Row:
        properties = child(element, "trPr")
        before = attribute(child(properties, "gridBefore"), "val", "0")
        row = Row([], is_on(child(properties, "tblHeader")))
        column = int(before) if before.isdecimal() else 0
        for each in _unwrapped(element):
            if local(each) == "tc":
                about = child(each, "tcPr")
                span = attribute(child(about, "gridSpan"), "val", "1")
                merged = child(about, "vMerge")
                continues = merged is not None and attribute(merged, "val", "continue") == "continue"
                width = max(1, int(span)) if span.isdecimal() else 1
                cell = Cell(self.of(each), column, width, continues, merged is not None and not continues)
                row.cells.append(cell)
                column += cell.span
        return row


def _unwrapped(container: Element) -> Iterator[Element]:
    """Children, looking through content controls, tracked insertions and the like."""
    for each in container:
        if local(each) in WRAPPERS:
            yield from _unwrapped(each)
        else:
            yield each


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    else:
        for row in block.rows:
            for cell in row.cells:
                yield from cell.paragraphs
