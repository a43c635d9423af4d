"""A drawn picture in place of a photo, so that the demo has evidence of its own and nobody's face."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def notice_board(caption: str) -> bytes:
    """A notice board with an empty place, as PNG bytes; the caption is written into the picture's text field."""
    picture = Image.new("RGB", (960, 640), "#e9e4d8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((80, 60, 880, 580), fill="#b98d5e", outline="#7a5a38", width=14)
    for left, top, right, bottom in (
        (130, 110, 360, 300),
        (400, 110, 620, 250),
        (130, 330, 330, 530),
        (660, 110, 830, 350),
    ):
        draw.rectangle((left, top, right, bottom), fill="#fdfdfa", outline="#c9c5ba")
        for line in range(top + 24, bottom - 16, 18):
            draw.line((left + 18, line, right - 18 - (line % 40), line), fill="#9aa3a8", width=3)
    draw.rectangle((390, 300, 620, 530), outline="#9b1d33", width=5)
    for x in (390, 620):
        draw.ellipse((x - 6, 294, x + 6, 306), fill="#9b1d33")
    out = io.BytesIO()
    picture.info["Description"] = caption
    picture.save(out, "PNG")
    return out.getvalue()
