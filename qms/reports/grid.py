"""A table that runs over as many pages as it needs, its head repeated: 10 000 rows cost no more each than ten."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from qms.reports import lines
from qms.reports.ink import HAIR, HEAD_CELL, LATE, LINE, LINE_2, SUNK
from qms.reports.lines import Line
from qms.reports.pieces import Piece, Stack
from qms.reports.text import Para, para

PAD_X, PAD_Y = 4.5, 3.4
MOST_OF_A_PAGE = 320.0  # a row taller than this is cut between its lines rather than moved to the next page
LEAST_OF_A_ROW = 60.0
Frame = Literal["full", "rows"]


@dataclass(frozen=True)
class Row:
    """Cells of paragraphs; a `band` is one cell over the whole width; `alarm` draws the burgundy bar at its left."""

    cells: Sequence[Para | Stack]
    band: bool = False
    alarm: bool = False


@dataclass(frozen=True)
class SetRow:
    """A row wrapped to the grid's columns."""

    cells: Sequence[list[Line]]
    height: float
    band: bool = False
    alarm: bool = False


@dataclass
class Grid:
    """Rows `start` to `stop` of a table set at one width; parts of one table share their rows."""

    rows: Sequence[SetRow]
    sums: Sequence[float]
    head: SetRow | None
    edges: Sequence[float]
    frame: Frame = "full"
    start: int = 0
    stop: int = 0
    before: float = 0.0
    keep_with_next: bool = field(default=False)

    def height(self, width: float) -> float:
        """Head and rows."""
        return self._head + self.sums[self.stop] - self.sums[self.start]

    @property
    def _head(self) -> float:
        return self.head.height if self.head else 0.0

    def least(self, width: float) -> float:
        """The head and the first row, with the row after a band."""
        first = self.start
        while first < self.stop - 1 and self.rows[first].band:
            first += 1
        bands = self.sums[first] - self.sums[self.start]
        return self._head + bands + min(self.rows[first].height, MOST_OF_A_PAGE) if self.rows else self._head

    def cut(self, width: float, room: float) -> "tuple[Piece, Piece] | None":
        """Between rows, never right under a band; inside a row only where it fills most of a page."""
        limit = self.sums[self.start] + room - self._head
        upto = min(bisect_right(self.sums, limit + 1e-6) - 1, self.stop)
        if upto < self.stop and self.rows[upto].height > MOST_OF_A_PAGE:
            return self._cut_row(upto, limit - self.sums[upto])
        while upto > self.start and self.rows[upto - 1].band:
            upto -= 1
        if not self.start < upto < self.stop:
            return None
        return replace(self, stop=upto, keep_with_next=False), replace(self, start=upto, before=0.0)

    def _cut_row(self, at: int, room: float) -> "tuple[Piece, Piece] | None":
        tall = self.rows[at]
        taken = [_fitting(cell, room - 2 * PAD_Y) for cell in tall.cells]
        if room < LEAST_OF_A_ROW or not any(taken):
            return self._before_row(at)
        first = _measured(tall, [cell[:upto] for cell, upto in zip(tall.cells, taken, strict=True)])
        rest = _measured(tall, [cell[upto:] for cell, upto in zip(tall.cells, taken, strict=True)])
        upper = [*self.rows[self.start : at], first]
        lower = [rest, *self.rows[at + 1 : self.stop]]
        return self._with(upper, self.before), self._with(lower, 0.0)

    def _before_row(self, at: int) -> "tuple[Piece, Piece] | None":
        if at == self.start:
            return None
        return replace(self, stop=at, keep_with_next=False), replace(self, start=at, before=0.0)

    def _with(self, rows: Sequence[SetRow], before: float) -> "Grid":
        return replace(self, rows=rows, sums=_sums(rows), start=0, stop=len(rows), before=before)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Grounds first, then text, then the hairlines over both."""
        shown = [*([self.head] if self.head else []), *self.rows[self.start : self.stop]]
        ys = [top, *(top - below for below in accumulate(row.height for row in shown))]
        for row, y in zip(shown, ys, strict=False):
            self._ground(canvas, row, x, y)
        pen, first = lines.Pen(canvas), x + (PAD_X if self.frame == "full" else 0)
        for row, y in zip(shown, ys, strict=False):
            for cell, edge in zip(row.cells, self.edges, strict=False):
                pen.write(cell, first + edge, y - PAD_Y)
        pen.lift()
        self._rules(canvas, shown, x, ys)

    def _ground(self, canvas: Canvas, row: SetRow, x: float, y: float) -> None:
        if row is self.head or row.band:
            canvas.setFillColor(SUNK)
            canvas.rect(x, y - row.height, self.edges[-1], row.height, stroke=0, fill=1)
        if row.alarm:
            canvas.setFillColor(LATE)
            canvas.rect(x, y - row.height, 1.6, row.height, stroke=0, fill=1)

    def _rules(self, canvas: Canvas, shown: Sequence[SetRow], x: float, ys: Sequence[float]) -> None:
        right = x + self.edges[-1]
        canvas.setLineWidth(HAIR)
        if self.frame == "rows":
            canvas.setStrokeColor(LINE)
            canvas.lines([(x, y, right, y) for y in ys[1:]])
            return
        canvas.setStrokeColor(LINE_2)
        rules = [(x, y, right, y) for y in ys] + [(at, ys[0], at, ys[-1]) for at in (x, right)]
        for upper, lower, many in _stretches(shown, ys):
            rules += [(x + edge, upper, x + edge, lower) for edge in self.edges[1:-1] if many]
        canvas.lines(rules)


def _stretches(shown: Sequence[SetRow], ys: Sequence[float]) -> list[tuple[float, float, bool]]:
    """Runs of neighbouring rows that have, or (bands) have no, inner upright rules."""
    out: list[tuple[float, float, bool]] = []
    for row, upper, lower in zip(shown, ys, ys[1:], strict=False):
        if out and out[-1][2] is not row.band:
            out[-1] = (out[-1][0], lower, out[-1][2])
        else:
            out.append((upper, lower, not row.band))
    return out


def _fitting(cell: Sequence[Line], room: float) -> int:
    """How many of the lines fit."""
    return bisect_right(list(accumulate(line.style.leading for line in cell)), room)


def _measured(row: SetRow, cells: Sequence[list[Line]]) -> SetRow:
    return replace(row, cells=cells, height=max(map(lines.height_of, cells), default=0.0) + 2 * PAD_Y)


def _sums(rows: Sequence[SetRow]) -> list[float]:
    return [0.0, *accumulate(row.height for row in rows)]


def _wrapped(cell: Para | Stack, width: float) -> list[Line]:
    if isinstance(cell, Para):
        return lines.wrap(cell, width)
    return [line for para in cell for line in lines.wrap(para, width)]


def grid(
    rows: Sequence[Row],
    widths: Sequence[float],
    *,
    head: Sequence[str] = (),
    frame: Frame = "full",
    before: float = 0.0,
) -> Grid:
    """The rows set in columns of these widths (points); `head` is repeated on every page."""
    edges = [0.0, *accumulate(widths)]
    free = 2 * PAD_X if frame == "full" else PAD_X
    rooms = [width - free for width in widths]

    def fit(row: Row) -> SetRow:
        inner = [edges[-1] - free] if row.band else rooms
        cells = [_wrapped(cell, room) for cell, room in zip(row.cells, inner, strict=True)]
        height = max(map(lines.height_of, cells), default=0.0) + 2 * PAD_Y
        return SetRow(cells, height, row.band, row.alarm)

    placed = [fit(row) for row in rows]
    first = fit(Row([para(word, HEAD_CELL) for word in head])) if head else None
    return Grid(placed, _sums(placed), first, edges, frame, 0, len(placed), before)
