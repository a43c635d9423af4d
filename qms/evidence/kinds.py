"""What kinds of file are taken, by what they hold and by how their name ends. Knows no Django: the sandbox uses it."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

from qms.evidence.foreign import OLE, ZIP, NotReadable


@dataclass(frozen=True)
class Kind:
    """A kind of file: its code, the endings its names have, and the type it is served as."""

    code: str
    endings: tuple[str, ...]
    media_type: str


PDF = Kind("pdf", ("pdf",), "application/pdf")
PNG = Kind("png", ("png",), "image/png")
JPG = Kind("jpg", ("jpg", "jpeg"), "image/jpeg")
WEBP = Kind("webp", ("webp",), "image/webp")
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Kind("docx", ("docx",), f"{_OFFICE}.wordprocessingml.document")
XLSX = Kind("xlsx", ("xlsx",), f"{_OFFICE}.spreadsheetml.sheet")
ODT = Kind("odt", ("odt",), "application/vnd.oasis.opendocument.text")
ODS = Kind("ods", ("ods",), "application/vnd.oasis.opendocument.spreadsheet")
TXT = Kind("txt", ("txt",), "text/plain; charset=utf-8")
CSV = Kind("csv", ("csv",), "text/csv; charset=utf-8")

KINDS = {kind.code: kind for kind in (PDF, PNG, JPG, WEBP, DOCX, XLSX, ODT, ODS, TXT, CSV)}
PICTURES, PACKAGES, TEXTS = (PNG, JPG, WEBP), (DOCX, XLSX, ODT, ODS), (TXT, CSV)
ENDINGS = {ending: kind for kind in KINDS.values() for ending in kind.endings}
_PROGRAMS = (
    "asp aspx bat cgi cmd dll exe hta htm html jar js jse jsp lnk mjs msi php phtml pif ps1 py scr sh svg vbe vbs"
)
PROGRAMS = frozenset(_PROGRAMS.split())
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe|body)[\s>/]", re.IGNORECASE)
_ACTIVE = re.compile(rb"<(?:!doctype\s+html|html|script)[\s>]", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_NAME = 150


def kind_of_name(name: str) -> Kind:
    """The kind a file's name promises. Raises NotReadable for a name that hides something and for other kinds."""
    if not name.strip() or len(name) > LONGEST_NAME or _CONTROLS.search(name) or "/" in name or "\\" in name:
        raise NotReadable("bad_name")
    *inner, ending = (part.strip().lower() for part in name.split("."))
    if PROGRAMS & set(inner[1:]):
        raise NotReadable("two_endings")
    if not "".join(inner) or ending not in ENDINGS:
        raise NotReadable("not_taken")
    return ENDINGS[ending]


def require_kind(data: bytes, kind: Kind) -> None:
    """Refuse content that is not of this kind, or that can be read as another kind as well. Raises NotReadable."""
    if not _begins(data, kind):
        if data.startswith(OLE) and kind in PACKAGES:
            raise NotReadable("old_format")
        raise NotReadable("other_content", ending=kind.code)
    if kind not in PACKAGES and zipfile.is_zipfile(io.BytesIO(data)):
        raise NotReadable("two_contents")
    if kind in PICTURES and _ACTIVE.search(data):
        raise NotReadable("two_contents")


def _begins(data: bytes, kind: Kind) -> bool:
    if kind in PACKAGES:
        return data.startswith(ZIP)
    if kind in TEXTS:
        return _is_text(data)
    if kind is WEBP:
        return data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if kind is PDF:
        return data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]
    return data.startswith({"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}[kind.code])


def _is_text(data: bytes) -> bool:
    """Text in UTF-8, UTF-16 with its mark, or one byte a letter; no page, no program, no picture."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return False
        return "\x00" not in text and not _MARKUP.search(text[:4096].encode())
    looks_binary = b"\x00" in data or data.startswith((b"%PDF-", b"\x89PNG", b"MZ", b"\x7fELF", b"#!", b"{\\rtf", OLE))
    return not looks_binary and not _MARKUP.search(data[:4096])
