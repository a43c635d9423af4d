"""Pieces: what a block becomes on the page. A piece knows its height at a width, where it may be cut, how to draw."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from reportlab.pdfgen.canvas import Canvas

from qms.reports import lines
from qms.reports.ink import HAIR, INK, LINE, SEAL_DARK
from qms.reports.lines import Line
from qms.reports.text import Para

Stack = Sequence[Para]
BULLET = 14.0  # the room of a list's sign, left of the text


class Piece(Protocol):
    """Something on the page. `before` is the space above it, left out at the top of a page."""

    before: float
    keep_with_next: bool

    def height(self, width: float) -> float:
        """Its height when set at that width."""
        ...

    def least(self, width: float) -> float:
        """The height of the smallest first part it can be cut to."""
        ...

    def cut(self, width: float, room: float) -> "tuple[Piece, Piece] | None":
        """Two pieces, the first no taller than room; None when it cannot be cut there."""
        ...

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw it with its upper left corner at (x, top)."""
        ...


@dataclass
class Whole:
    """What every piece that stays in one part shares."""

    before: float = field(default=0.0, kw_only=True)
    keep_with_next: bool = field(default=False, kw_only=True)

    def height(self, width: float) -> float:
        """Its height when set at that width."""
        raise NotImplementedError

    def least(self, width: float) -> float:
        """All of it."""
        return self.height(width)

    def cut(self, width: float, room: float) -> "tuple[Piece, Piece] | None":
        """Never."""
        return None


@dataclass
class Prose(Whole):
    """A paragraph, cut between lines, never leaving a single one. `mark` names it in the outline and contents."""

    para: Para
    mark: str = ""
    level: int = 0
    indent: float = 0.0
    bullet: Para | None = None
    _set: tuple[float, list[Line]] | None = field(default=None, repr=False)

    def lines(self, width: float) -> list[Line]:
        """Its lines at that width, wrapped once."""
        if self._set is None or self._set[0] != width:
            self._set = (width, lines.wrap(self.para, width - self.indent))
        return self._set[1]

    def height(self, width: float) -> float:
        """Its height when set at that width."""
        return lines.height_of(self.lines(width))

    def least(self, width: float) -> float:
        """Two lines, or all of three."""
        own = self.lines(width)
        return lines.height_of(own if len(own) < 4 else own[:2])

    def cut(self, width: float, room: float) -> "tuple[Piece, Piece] | None":
        """Between lines, two at least on either side."""
        own = self.lines(width)
        upto = min(int(room / self.para.style.leading), len(own) - 2)
        if upto < 2:
            return None
        first = replace(self, _set=(width, own[:upto]), keep_with_next=False)
        return first, Prose(self.para, indent=self.indent, _set=(width, own[upto:]), keep_with_next=self.keep_with_next)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw it; a marked paragraph becomes an entry of the outline."""
        if self.mark:
            canvas.bookmarkHorizontal(self.mark, 0, top)
            canvas.addOutlineEntry("".join(run.text for run in self.para.runs), self.mark, self.level)
        if self.bullet:
            lines.draw(canvas, lines.wrap(self.bullet, BULLET), x + self.indent - BULLET, top)
        lines.draw(canvas, self.lines(width), x + self.indent, top)


@dataclass
class Columns(Whole):
    """Stacks of paragraphs side by side at shares of the width; `rule` lies over each, `frame` around them all."""

    stacks: Sequence[Stack]
    shares: Sequence[float]
    gap: float = 0.0
    rule: bool = False
    frame: bool = False
    padding: float = 0.0

    def _widths(self, width: float) -> list[float]:
        free = width - self.gap * (len(self.shares) - 1)
        return [free * share / sum(self.shares) for share in self.shares]

    def _lines(self, width: float) -> list[list[Line]]:
        inner = (one - 2 * self.padding for one in self._widths(width))
        return [
            [line for para in stack for line in lines.wrap(para, room)]
            for stack, room in zip(self.stacks, inner, strict=True)
        ]

    def height(self, width: float) -> float:
        """The tallest stack with its padding."""
        return max(lines.height_of(own) for own in self._lines(width)) + 2 * self.padding + (4 if self.rule else 0)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw rules or frame, then every stack."""
        height, left = self.height(width), x
        for nth, (own, room) in enumerate(zip(self._lines(width), self._widths(width), strict=True)):
            if self.rule and own:
                canvas.setLineWidth(HAIR * 2)
                canvas.setStrokeColor(INK)
                canvas.line(left, top, left + room, top)
            if self.frame and nth:
                canvas.setLineWidth(HAIR)
                canvas.setStrokeColor(LINE)
                canvas.line(left, top, left, top - height)
            lines.draw(canvas, own, left + self.padding, top - self.padding - (4 if self.rule else 0))
            left += room + self.gap
        if self.frame:
            canvas.setLineWidth(HAIR * 2)
            canvas.setStrokeColor(SEAL_DARK)
            canvas.rect(x, top - height, width, height)


@dataclass
class PageBreak(Whole):
    """The rest begins on a new page."""

    def height(self, width: float) -> float:
        """Nothing."""
        return 0.0

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Nothing."""


@dataclass
class Together(Whole):
    """Pieces that stay on one page, one below the other."""

    pieces: Sequence[Piece]

    def height(self, width: float) -> float:
        """All of them with the spaces between."""
        return sum(piece.height(width) + (piece.before if nth else 0) for nth, piece in enumerate(self.pieces))

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw them downwards."""
        for nth, piece in enumerate(self.pieces):
            top -= piece.before if nth else 0
            piece.draw(canvas, x, top, width)
            top -= piece.height(width)
