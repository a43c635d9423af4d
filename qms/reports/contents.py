"""The table of contents: as tall before the pages are known as after, so one layout is enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from qms.reports import lines
from qms.reports.ink import CELL, HAIR, LINE_2, right
from qms.reports.pieces import Whole
from qms.reports.text import para

LEADING, NUMBER_WIDTH = 14.0, 28.0


@dataclass(frozen=True)
class Entry:
    """A heading: the mark that places it, its text, its level."""

    mark: str
    text: str
    level: int


@dataclass
class Contents(Whole):
    """One line per entry, cut short rather than wrapped, each a link to its heading."""

    entries: Sequence[Entry]
    pages: dict[str, int]

    def height(self, width: float) -> float:
        """A line each."""
        return LEADING * len(self.entries)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Text, dotted leader, page."""
        for nth, entry in enumerate(self.entries):
            y = top - nth * LEADING
            indent = entry.level * 12.0
            shown = lines.fitted(para(entry.text, CELL), width - indent - NUMBER_WIDTH)
            lines.draw(canvas, shown, x + indent, y)
            text = "".join(segment.text for segment in shown[0].segments)
            ends = x + indent + lines.width_of(text, CELL.face, CELL.size) + 4
            canvas.setStrokeColor(LINE_2)
            canvas.setLineWidth(HAIR)
            canvas.setDash(0.5, 2.5)
            canvas.line(ends, y - CELL.size, x + width - NUMBER_WIDTH, y - CELL.size)
            canvas.setDash()
            number = para(str(self.pages.get(entry.mark, "")), right(CELL))
            lines.draw(canvas, lines.wrap(number, width), x, y)
            canvas.linkRect("", entry.mark, (x, y - LEADING, x + width, y), thickness=0)
