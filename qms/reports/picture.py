"""Pictures for paper: from bytes only, decoded within limits, written anew; nothing hidden in the file survives."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
MOST_SIDE = 1_200  # about 300 dots per inch at the width photos are printed
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")


class NotAPicture(ValueError):
    """The bytes are no picture we print; the message says which limit they met."""


@dataclass(frozen=True)
class Picture:
    """A JPEG written by us, with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def picture(raw: bytes) -> Picture:
    """The picture in these bytes, upright, without metadata. Raises NotAPicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotAPicture(f"more than {MOST_PIXELS} pixels")
                opened.draft("RGB", (MOST_SIDE, MOST_SIDE))
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((MOST_SIDE, MOST_SIDE))
                return _written(upright)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise NotAPicture(str(problem)) from problem
    except (OSError, SyntaxError, EOFError) as problem:
        raise NotAPicture("the file is damaged") from problem


def _written(image: Image.Image) -> Picture:
    """On white ground, as a plain JPEG."""
    if image.mode in ("RGBA", "LA", "PA", "P"):
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), image.width, image.height)
