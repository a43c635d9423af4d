"""The same papers in plain ReportLab, as its manual shows it: Paragraph, LongTable, SimpleDocTemplate."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from qms.reports import fonts
from qms.reports.ink import BOTTOM, LEFT, LINE, MM, RIGHT, SUNK, TOP

CELL = ParagraphStyle("cell", fontName=fonts.REGULAR, fontSize=8.5, leading=11)
NOTE = ParagraphStyle("note", fontName=fonts.REGULAR, fontSize=7.4, leading=9.8)
HEAD = ParagraphStyle("head", fontName=fonts.BOLD, fontSize=7.6, leading=10)
TITLE = ParagraphStyle("title", fontName=fonts.BOLD, fontSize=16, leading=19.5)
LONGEST = 500  # rows of one LongTable: its time grows faster than its rows


def table_pdf(
    letterhead: str, title: str, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]
) -> bytes:
    """A title and one table with a repeated head; a cell of several lines is two paragraphs."""
    fonts.ready()
    story: list[Any] = [Paragraph(escape(title), TITLE)]
    head = [Paragraph(escape(text), HEAD) for text in heads]
    for start in range(0, len(rows), LONGEST):
        cells = [[_cell(text) for text in row] for row in rows[start : start + LONGEST]]
        story.append(LongTable([head, *cells], colWidths=list(widths), repeatRows=1, style=STYLE))

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont(fonts.REGULAR, 7)
        canvas.drawString(LEFT, A4[1] - TOP, letterhead)
        canvas.drawString(LEFT, BOTTOM, f"{title} · {document.page}")

    out = io.BytesIO()
    margins = {"leftMargin": LEFT, "rightMargin": RIGHT, "topMargin": TOP + 9 * MM, "bottomMargin": BOTTOM + 9 * MM}
    document = SimpleDocTemplate(out, pagesize=A4, invariant=1, pageCompression=1, **margins)
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()


STYLE = [
    ("GRID", (0, 0), (-1, -1), 0.4, LINE),
    ("BACKGROUND", (0, 0), (-1, 0), SUNK),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 4.5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4.5),
    ("TOPPADDING", (0, 0), (-1, -1), 3.4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
]


def _cell(text: str) -> Any:
    first, _line, second = text.partition("\n")
    said = Paragraph(escape(first), CELL)
    return [said, Paragraph(escape(second), NOTE)] if second else said
