"""The page around the story: letterhead, running head, watermark, footer with code, checkpoint and page x of y."""

import io
from dataclasses import replace

import segno
from django.utils.translation import gettext as _
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from qms.reports import fonts, lines
from qms.reports.dates import printed_moment, printed_number
from qms.reports.ink import (
    BODY_NAME,
    BOTTOM,
    CONTROL,
    FRAME,
    HAIR,
    INK,
    LEFT,
    LINE_2,
    MARK,
    MM,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SEAL_DARK,
    SEAL_RULE,
    SMALL,
    TOP,
    WIDTH,
    Style,
    centred,
    right,
)
from qms.reports.paper import WATERMARK_WORDS, Checkpoint, Paper, Watermark
from qms.reports.picture import picture
from qms.reports.text import Run, Text, bold, clean, link, mono, para

ARMS = 16 * MM
HEAD_FIRST, HEAD_LATER = 26 * MM, 9 * MM  # from the top margin to the text
CODE = 19 * MM
SMALLEST_NAME = 8.8
FOOT, FOOT_SLIM = CODE + 6 * MM, 9 * MM  # from the bottom margin to the text
ASIDE_WIDTH, PAGE_NUMBER_WIDTH, GUTTER = 36 * MM, 33 * MM, 4 * MM


def head_height(number: int) -> float:
    """What the head of that page takes below the top margin."""
    return HEAD_FIRST if number == 1 else HEAD_LATER


def foot_height(paper: Paper, number: int) -> float:
    """What the foot of that page takes above the bottom margin."""
    return FOOT_SLIM if paper.slim and number > 1 else FOOT


def text_height(paper: Paper, number: int) -> float:
    """The height left for the story on that page."""
    return PAGE_HEIGHT - TOP - BOTTOM - head_height(number) - foot_height(paper, number)


def draw_furniture(canvas: Canvas, paper: Paper, number: int, pages: int) -> None:
    """Everything of that page but the story, which is drawn over it."""
    if paper.watermark:
        _draw_watermark(canvas, str(WATERMARK_WORDS[paper.watermark]))
    if number == 1:
        _draw_letterhead(canvas, paper)
    else:
        _draw_running_head(canvas, paper)
    _draw_foot(canvas, paper, number, pages)


def _set(canvas: Canvas, text: Text, style: Style, x: float, top: float, width: float) -> float:
    """Set one paragraph; returns where it ends."""
    wrapped = lines.wrap(para(text, style), width)
    lines.draw(canvas, wrapped, x, top)
    return top - lines.height_of(wrapped)


def _draw_watermark(canvas: Canvas, word: str) -> None:
    word = clean(word).upper()
    size = min(110.0, 190 * MM / lines.width_of(word, fonts.BOLD, 1.0))
    canvas.saveState()
    canvas.setFillColor(MARK)
    canvas.setFont(fonts.BOLD, size)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(54)
    canvas.drawCentredString(0, -size / 3, word)
    canvas.restoreState()


def _draw_letterhead(canvas: Canvas, paper: Paper) -> None:
    head, top = paper.letterhead, PAGE_HEIGHT - TOP
    if head.arms:
        _draw_arms(canvas, head.arms, LEFT, top)
    else:
        canvas.setStrokeColor(CONTROL)
        canvas.setLineWidth(HAIR)
        canvas.setDash(2, 2)
        canvas.roundRect(LEFT, top - ARMS, ARMS, ARMS, 2)
        canvas.setDash()
        _set(canvas, _("arms of the body"), centred(NOTE), LEFT + 2, top - ARMS / 2 + NOTE.leading, ARMS - 4)
    x = LEFT + ARMS + 6 * MM
    width = WIDTH - ARMS - 6 * MM - ASIDE_WIDTH - GUTTER
    y = _set(canvas, head.above, NOTE, x, top - 5, width) if head.above else top - 8
    y = _set(canvas, head.name, _body_name_style(head.name, width), x, y - 1, width)
    if head.below:
        _set(canvas, head.below, NOTE, x, y - 1, width)
    y = top - 5
    for line in paper.aside:
        y = _set(canvas, line, right(Style(8, 11)), LEFT + WIDTH - ASIDE_WIDTH, y, ASIDE_WIDTH)
    canvas.setStrokeColor(SEAL_DARK)
    canvas.setLineWidth(SEAL_RULE)
    canvas.line(LEFT, top - ARMS - 4 * MM, PAGE_WIDTH - RIGHT, top - ARMS - 4 * MM)


def _body_name_style(name: str, width: float) -> Style:
    """The name on one line where a slightly smaller size allows it."""
    long = lines.width_of(clean(name), BODY_NAME.face, BODY_NAME.size)
    size = BODY_NAME.size * width / long
    return replace(BODY_NAME, size=size) if SMALLEST_NAME <= size < BODY_NAME.size else BODY_NAME


def _draw_arms(canvas: Canvas, raw: bytes, x: float, top: float) -> None:
    shown = picture(raw)
    scale = ARMS / max(shown.width, shown.height)
    width, height = shown.width * scale, shown.height * scale
    left, bottom = x + (ARMS - width) / 2, top - ARMS + (ARMS - height) / 2
    canvas.drawImage(ImageReader(io.BytesIO(shown.jpeg)), left, bottom, width, height)


def _draw_running_head(canvas: Canvas, paper: Paper) -> None:
    top, share = PAGE_HEIGHT - TOP, WIDTH * 0.48
    title = lines.fitted(para([bold(paper.reference), " · ", paper.title], SMALL), share)
    lines.draw(canvas, title, LEFT, top)
    name = lines.fitted(para(paper.letterhead.name, right(NOTE)), WIDTH - share - GUTTER)
    lines.draw(canvas, name, LEFT + share + GUTTER, top)
    canvas.setStrokeColor(SEAL_DARK)
    canvas.setLineWidth(FRAME)
    canvas.line(LEFT, top - 4 * MM, PAGE_WIDTH - RIGHT, top - 4 * MM)


def _draw_foot(canvas: Canvas, paper: Paper, number: int, pages: int) -> None:
    slim = foot_height(paper, number) == FOOT_SLIM
    rule = BOTTOM + (FOOT_SLIM if slim else FOOT) - 3 * MM
    canvas.setStrokeColor(LINE_2)
    canvas.setLineWidth(HAIR)
    canvas.line(LEFT, rule, PAGE_WIDTH - RIGHT, rule)
    count = bold(_("Page %(number)d of %(pages)d") % {"number": number, "pages": pages})
    above = "Atestat" + (f" · {paper.form}" if paper.form else "")
    edge, top = LEFT + WIDTH - PAGE_NUMBER_WIDTH, rule - 2 * MM
    if slim:
        _set(canvas, [bold(paper.reference), " · ", printed_moment(paper.generated_at)], SMALL, LEFT, top, WIDTH / 2)
        _set(canvas, count, right(SMALL), edge, top, PAGE_NUMBER_WIDTH)
        return
    y = _set(canvas, above, right(NOTE), edge, top, PAGE_NUMBER_WIDTH)
    y = _set(canvas, count, right(SMALL), edge, y, PAGE_NUMBER_WIDTH)
    as_of = _("as of %(time)s") % {"time": printed_moment(paper.generated_at)}
    _set(canvas, as_of, right(NOTE), edge, y - 1, PAGE_NUMBER_WIDTH)
    x = LEFT
    if paper.verify_url:
        _draw_code(canvas, paper.verify_url, LEFT, BOTTOM)
        x = LEFT + CODE + GUTTER
    width = edge - x - GUTTER
    y = _set(canvas, _how_to_verify(paper), SMALL, x, top, width)
    _set(canvas, _checkpoint(paper.checkpoint), SMALL, x, y - 1.5, width)


def _draw_code(canvas: Canvas, address: str, x: float, y: float) -> None:
    """The QR code of the address, kept once per document and shown on every page."""
    if not canvas.hasForm("code"):
        matrix = segno.make(address, error="m", micro=False).matrix
        size = CODE / len(matrix)
        canvas.beginForm("code", 0, 0, CODE, CODE)
        canvas.setFillColor(INK)
        for row, modules in enumerate(matrix):
            for column, dark in enumerate(modules):
                if dark:
                    canvas.rect(column * size, CODE - (row + 1) * size, size, size, stroke=0, fill=1)
        canvas.endForm()
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm("code")
    canvas.restoreState()


def _how_to_verify(paper: Paper) -> Text:
    copy: list[str | Run] = [bold(_("Uncontrolled copy.")), " "] if paper.watermark is Watermark.COPY else []
    start: list[str | Run] = [*copy, bold(_("Verification:")), " "]
    if not paper.verify_url:
        return [*start, _("ask the body that issued it whether it is in force or was replaced.")]
    shown = link(paper.verify_url.split("://", 1)[-1], paper.verify_url)
    then = _(". The page says whether it is in force or was replaced.")
    return [*start, _("scan the code or open"), " ", shown, then]


def _checkpoint(checkpoint: Checkpoint | None) -> Text:
    start = bold(_("Audit trail:"))
    if checkpoint is None:
        return [start, " ", _("not sealed yet. The next checkpoint will cover this version.")]
    covered = _("covered by checkpoint %(number)s of %(time)s, %(events)s events, root") % {
        "number": printed_number(checkpoint.number),
        "time": printed_moment(checkpoint.at),
        "events": printed_number(checkpoint.events),
    }
    root, key = _in_fours(checkpoint.root), f"{checkpoint.key[:4]}…{checkpoint.key[-4:]}"
    return [start, " ", covered, " ", mono(root), ", ", _("key"), " ", mono(key)]


def _in_fours(root: str) -> str:
    """The first twelve and the last four characters: "c40e 91b7 5d2a…8f13"."""
    return f"{root[:4]}\u00a0{root[4:8]}\u00a0{root[8:12]}…{root[-4:]}"
