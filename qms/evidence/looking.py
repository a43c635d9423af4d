"""The look into a foreign file, in the sandboxed child: packages are checked, pictures measured and written anew.

Knows no Django. Everything it may need is imported before the child loses the right to open files.
"""

from __future__ import annotations

import base64
import contextlib
import io
import warnings
from datetime import datetime
from typing import Any

from PIL import (
    ExifTags,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from qms.evidence.foreign import NotReadable, Package
from qms.evidence.kinds import DOCX, KINDS, ODS, ODT, PACKAGES, PICTURES, XLSX

MOST_PIXELS = 40_000_000
MOST_SIDE = 1_600
QUALITY = 82
FORMATS = {"png": ("PNG",), "jpg": ("JPEG", "MPO"), "webp": ("WEBP",)}
CODECS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
HEART = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", ODT: "content.xml", ODS: "content.xml"}
ODF_MACROS = ("basic/", "scripts/")
Image.preinit()


def look(data: bytes, kind: str) -> dict[str, Any]:
    """What the file shows of itself: for a picture its size, when and where it was taken, and the copy to show.

    Raises NotReadable for what is not of its kind, is damaged or goes over a limit.
    """
    found = KINDS[kind]
    if found in PACKAGES:
        return _package(data, kind)
    return _picture(data, kind) if found in PICTURES else {}


def _package(data: bytes, kind: str) -> dict[str, Any]:
    package, found = Package(data), KINDS[kind]
    if HEART[found] not in package.names:
        raise NotReadable("other_content", ending=kind)
    if found in (ODT, ODS):
        said = package.content("mimetype").strip() if "mimetype" in package.names else b""
        if said != found.media_type.encode():
            raise NotReadable("other_content", ending=kind)
        if any(name.lower().startswith(ODF_MACROS) for name in package.names):
            raise NotReadable("macros")
    package.xml(HEART[found])
    return {}


def _picture(data: bytes, kind: str) -> dict[str, Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS[kind]) as opened:
                return _measured(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except NotReadable:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError) as damage:
        raise NotReadable("broken_picture") from damage


def _too_many_pixels() -> NotReadable:
    return NotReadable("too_many_pixels", millions=MOST_PIXELS // 1_000_000)


def _measured(opened: Image.Image) -> dict[str, Any]:
    if opened.width * opened.height > MOST_PIXELS:
        raise _too_many_pixels()
    size = {"width": opened.width, "height": opened.height}
    hidden = _hidden(opened)
    opened.draft("RGB", (MOST_SIDE, MOST_SIDE))
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((MOST_SIDE, MOST_SIDE))
    return {**size, **hidden, "shown": base64.b64encode(_written(upright)).decode()}


def _written(image: Image.Image) -> bytes:
    """On white ground, as a plain JPEG; nothing hidden in the file survives."""
    if image.mode in ("RGBA", "LA", "PA", "P"):
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _hidden(opened: Image.Image) -> dict[str, Any]:
    """When and where the camera says the picture was taken; what makes no sense is left out."""
    found: dict[str, Any] = {}
    try:
        exif = opened.getexif()
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError):
        return found
    if isinstance(taken, str):
        with contextlib.suppress(ValueError):
            found["taken"] = datetime.fromisoformat(f"{taken[:10].replace(':', '-')} {taken[11:19]}").isoformat()
    latitude = _degrees(gps.get(2), gps.get(1), 90)
    longitude = _degrees(gps.get(4), gps.get(3), 180)
    if latitude is not None and longitude is not None:
        found |= {"latitude": latitude, "longitude": longitude}
    return found


def _degrees(parts: Any, side: Any, most: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= most:  # not a number fails here too
        return None
    return round(-value if str(side).upper() in ("S", "W") else value, 6)
