"""Lines: a paragraph broken to a width, and drawn. The one place that measures and places text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from qms.reports import fonts
from qms.reports.ink import TONES, Style
from qms.reports.text import Para, Run

_widths: dict[tuple[str, str], float] = {}
_MOST_WIDTHS = 100_000
ASCENT = 0.79  # from the middle of the spare leading down to the baseline, as a share of the size


class Segment(NamedTuple):
    """Text of one emphasis within a line, at its distance from the line's start."""

    start: float
    text: str
    run: Run


class Line(NamedTuple):
    """One line ready to draw; `indent` places it for its alignment."""

    segments: tuple[Segment, ...]
    style: Style
    indent: float


def width_of(text: str, face: str, size: float) -> float:
    """How wide the text is, in points."""
    known = _widths.get((text, face))
    if known is None:
        if len(_widths) > _MOST_WIDTHS:
            _widths.clear()
        known = _widths[text, face] = fonts.face(face).stringWidth(text, 1000)
    return known * size / 1000


def broken(word: str, face: str, size: float, width: float) -> list[str]:
    """The word cut where it outgrows the width: every piece fits, and none is empty."""
    pieces, start, taken = [], 0, 0.0
    for at, letter in enumerate(word):
        step = width_of(letter, face, size)
        if taken + step > width and at > start:
            pieces.append(word[start:at])
            start, taken = at, 0.0
        taken += step
    return [*pieces, word[start:]]


def _plain(text: str, style: Style, face: str, width: float) -> list[tuple[str, float]]:
    """Lines, with their widths, of text with one emphasis: the quick way, for nearly all cells."""
    if "\n" not in text and (whole := width_of(text, face, style.size)) <= width:
        return [(text, whole)]
    space, out = width_of(" ", face, style.size), []
    for paragraph in text.split("\n"):
        words, taken = list[str](), 0.0
        for word in paragraph.split(" "):
            long = width_of(word, face, style.size)
            if words and taken + space + long > width:
                out.append((" ".join(words), taken))
                words, taken = [], 0.0
            if long > width:
                *full, word = broken(word, face, style.size, width)
                out.extend((piece, width_of(piece, face, style.size)) for piece in full)
                long = width_of(word, face, style.size)
            taken += long + (space if words else 0.0)
            words.append(word)
        out.append((" ".join(words), taken))
    return out


def _atoms(runs: Iterable[Run]) -> Iterable[tuple[str, Run] | None]:
    """Words and single spaces with their run; None is a forced new line."""
    for run in runs:
        for nth, paragraph in enumerate(run.text.split("\n")):
            if nth:
                yield None
            for at, word in enumerate(paragraph.split(" ")):
                if at:
                    yield " ", run
                if word:
                    yield word, run


def _mixed(runs: Iterable[Run], style: Style, width: float) -> list[tuple[list[Segment], float]]:
    """Lines of text with several emphases; a break is taken at a space only, or inside a word that is too long."""
    out: list[tuple[list[Segment], float]] = []
    line: list[Segment] = []
    x, last_space = 0.0, -1

    def close(upto: int) -> None:
        nonlocal line, x, last_space
        kept, moved = line[:upto], line[upto:]
        out.append((kept, kept[-1].start + _long(kept[-1], style) if kept else 0.0))
        moved = moved[1:] if moved and moved[0].text == " " else moved
        first = moved[0].start if moved else 0.0
        line = [segment._replace(start=segment.start - first) for segment in moved]
        x, last_space = (line[-1].start + _long(line[-1], style) if line else 0.0), -1

    for atom in _atoms(runs):
        if atom is None:
            close(len(line))
            continue
        word, run = atom
        face = run.face or style.face
        long = width_of(word, face, style.size)
        if word == " ":
            last_space = len(line)
        elif x + long > width and last_space >= 0:
            close(last_space)
        if word != " " and x + long > width:
            if line:
                close(len(line))
            *full, word = broken(word, face, style.size, width)
            for piece in full:
                line.append(Segment(0.0, piece, run))
                close(len(line))
            long = width_of(word, face, style.size)
        line.append(Segment(x, word, run))
        x += long
    close(len(line))
    return out


def _long(segment: Segment, style: Style) -> float:
    return width_of(segment.text, segment.run.face or style.face, style.size)


def _joined(segments: list[Segment]) -> tuple[Segment, ...]:
    """Neighbours of the same run as one segment: fewer, longer strings to draw."""
    out: list[Segment] = []
    for segment in segments:
        if out and out[-1].run is segment.run:
            out[-1] = out[-1]._replace(text=out[-1].text + segment.text)
        else:
            out.append(segment)
    return tuple(out)


def wrap(paragraph: Para, width: float) -> list[Line]:
    """The paragraph's lines at that width."""
    style, runs = paragraph.style, paragraph.runs
    if len(runs) <= 1:
        run = runs[0] if runs else Run("")
        plain = _plain(run.text, style, run.face or style.face, width)
        return [Line((Segment(0.0, text, run),), style, _indent(style, width, long)) for text, long in plain]
    return [
        Line(_joined(segments), style, _indent(style, width, long)) for segments, long in _mixed(runs, style, width)
    ]


def fitted(paragraph: Para, width: float) -> list[Line]:
    """The paragraph as one line; what does not fit is cut and the cut is shown."""
    wrapped = wrap(paragraph, width)
    if len(wrapped) == 1:
        return wrapped
    style = paragraph.style
    first = wrap(paragraph, width - width_of("…", fonts.BOLD, style.size))[0]
    runs = (*(replace(segment.run, text=segment.text) for segment in first.segments), Run("…"))
    return wrap(Para(runs, style), width)[:1]


def _indent(style: Style, width: float, long: float) -> float:
    return {"left": 0.0, "right": width - long, "centre": (width - long) / 2}[style.align]


def height_of(lines: Sequence[Line]) -> float:
    """How tall the lines are together."""
    return sum(line.style.leading for line in lines)


class Pen:
    """Writes any number of lines as one text object: font and colour are set only where they change."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._text = canvas.beginText()
        self._font: tuple[str, float] | None = None
        self._tone: str | None = None

    def write(self, written: Sequence[Line], x: float, top: float) -> None:
        """Write the lines below `top`, the upper edge of the first."""
        for line in written:
            style = line.style
            baseline = top - (style.leading - style.size) / 2 - style.size * ASCENT
            top -= style.leading
            for segment in line.segments:
                if segment.text:
                    self._segment(segment, style, x + line.indent + segment.start, baseline)

    def _segment(self, segment: Segment, style: Style, x: float, baseline: float) -> None:
        text, run = segment.text, segment.run
        font, tone = (run.face or style.face, style.size), run.tone or style.tone
        if font != self._font:
            self._text.setFont(*font)
            self._font = font
        if tone != self._tone:
            self._text.setFillColor(TONES[tone])
            self._tone = tone
        self._text.setTextOrigin(x, baseline)
        self._text.textOut(text)
        if run.link:
            area = (x, baseline - 2, x + width_of(text, *font), baseline + style.size)
            self._canvas.linkURL(run.link, area, thickness=0)

    def lift(self) -> None:
        """Done: what was written goes onto the page."""
        self._canvas.drawText(self._text)


def draw(canvas: Canvas, written: Sequence[Line], x: float, top: float) -> None:
    """Draw the lines below `top`, the upper edge of the first."""
    pen = Pen(canvas)
    pen.write(written, x, top)
    pen.lift()
