"""Colours, sizes and measures of the printed page: the same tokens as on screen."""

from dataclasses import dataclass, replace
from typing import Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from qms.reports import fonts

MM = float(mm)
PAGE_WIDTH, PAGE_HEIGHT = float(A4[0]), float(A4[1])
LEFT, RIGHT, TOP, BOTTOM = 22 * MM, 16 * MM, 14 * MM, 9 * MM  # the left margin is for the binder
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HAIR, FRAME, SEAL_RULE = 0.4, 0.8, 1.2

INK, INK_2 = HexColor("#17212b"), HexColor("#46525f")
LINE, LINE_2, CONTROL = HexColor("#c6cdd1"), HexColor("#a4afb6"), HexColor("#78848f")
SUNK, SEAL, SEAL_DARK = HexColor("#edf0ef"), HexColor("#155463"), HexColor("#0d3a46")
LATE, WARN, OK, INFO, STILL = (HexColor(c) for c in ("#9b1d33", "#754700", "#1d6038", "#2a4d86", "#46525f"))
MARK = HexColor("#eff1f2")  # the watermark: below the text, and light enough to read it

Tone = Literal["ink", "soft", "seal", "late", "warn", "ok", "info", "still"]
TONES: dict[Tone, Color] = {
    "ink": INK,
    "soft": INK_2,
    "seal": SEAL_DARK,
    "late": LATE,
    "warn": WARN,
    "ok": OK,
    "info": INFO,
    "still": STILL,
}
Align = Literal["left", "right", "centre"]


@dataclass(frozen=True)
class Style:
    """How a paragraph is set; sizes in points."""

    size: float
    leading: float
    face: str = fonts.REGULAR
    tone: Tone = "ink"
    align: Align = "left"


TEXT = Style(9.5, 12.8)
TITLE = Style(16, 19.5, fonts.BOLD)
SUBTITLE = Style(9.5, 12.8, tone="soft")
HEADING = Style(10, 12.8, fonts.BOLD, "seal")
SUBHEADING = Style(9, 11.6, fonts.BOLD)
CELL = Style(8.5, 11)
HEAD_CELL = Style(7.6, 10, fonts.BOLD)
NOTE = Style(7.4, 9.8, tone="soft")
SMALL = Style(7, 8.8)
FIGURE = Style(15, 18, fonts.BOLD)
BODY_NAME = Style(10, 12.6, fonts.BOLD)


def centred(style: Style) -> Style:
    """The same style, centred."""
    return replace(style, align="centre")


def right(style: Style) -> Style:
    """The same style, at the right edge."""
    return replace(style, align="right")
