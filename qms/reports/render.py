"""A paper to PDF bytes. The same paper gives the same bytes: no clock, no chance and no machine setting goes in."""

import io
from collections.abc import Callable

from django.utils import timezone, translation
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from qms.reports import fonts
from qms.reports.blocks import Setting, entries_of, pieces_of
from qms.reports.ink import LEFT, PAGE_HEIGHT, PAGE_WIDTH, TOP, WIDTH
from qms.reports.layout import Page, paginate
from qms.reports.page import draw_furniture, head_height, text_height
from qms.reports.paper import LANGUAGE_TAGS, Paper
from qms.reports.text import clean

rl_config.trustedHosts, rl_config.trustedSchemes = None, []  # nothing here fetches; should anything ever, it may not
rl_config.useA85 = 0  # streams as bytes: a fifth smaller than as letters, and quicker
Progress = Callable[[int], None]


def render(paper: Paper, progress: Progress | None = None) -> bytes:
    """The paper as PDF; `progress` hears whole percents. Raises FontsMissing."""
    fonts.ready()
    with translation.override(paper.language), timezone.override(paper.time_zone):
        setting = Setting(WIDTH)
        pieces = pieces_of(paper.story, setting)
        hear = _halves(progress)
        pages = paginate(pieces, WIDTH, lambda number: text_height(paper, number), lambda share: hear(share / 2))
        setting.pages.update(entries_of(pages))
        return _drawn(paper, pages, lambda share: hear(0.5 + share / 2))


def _drawn(paper: Paper, pages: list[Page], hear: Callable[[float], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.REGULAR,
        lang=LANGUAGE_TAGS.get(paper.language, paper.language),
    )
    canvas.setTitle(clean(f"{paper.title} {paper.reference}".strip()))
    canvas.setAuthor(clean(paper.author or paper.letterhead.name))
    canvas.setSubject(clean(paper.reference))
    canvas.setCreator("Atestat")
    for number, page in enumerate(pages, start=1):
        draw_furniture(canvas, paper, number, len(pages))
        start = PAGE_HEIGHT - TOP - head_height(number)
        for placed in page.placed:
            placed.piece.draw(canvas, LEFT, start - placed.down, WIDTH)
        canvas.showPage()
        hear(number / len(pages))
    canvas.save()
    return out.getvalue()


def _halves(progress: Progress | None) -> Callable[[float], None]:
    """Calls `progress` only when the whole percent has grown."""
    told = -1

    def hear(share: float) -> None:
        nonlocal told
        if progress and int(share * 100) > told:
            told = int(share * 100)
            progress(told)

    return hear
