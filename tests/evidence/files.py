"""Files for the tests of evidence: honest ones of every kind, and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
TEXT = "Constatări: тръба, țeavă\n".encode()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "teal", **more: object) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, kind, **more)
    return data.getvalue()


def photo_with_place() -> bytes:
    """A JPEG as a phone makes it: turned, with time and place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2026:05:14 10:11:12"
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 10.0, 30.0), 3: "E", 4: (28.0, 38.0, 24.0)})
    return picture("JPEG", (80, 40), exif=exif)


def office(*entries: tuple[str, bytes], kind: str = "docx") -> bytes:
    heart = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}.get(kind, "content.xml")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        if kind in ("odt", "ods"):
            what = {"odt": "text", "ods": "spreadsheet"}[kind]
            package.writestr("mimetype", f"application/vnd.oasis.opendocument.{what}")
        package.writestr(heart, b"<document/>")
        for name, content in entries:
            package.writestr(name, content)
    return data.getvalue()


def huge_png(side: int = 13_000) -> bytes:
    """A few kB that unpack to 169 million pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    packer = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    rows = b"".join(packer.compress(row * 1000) for _ in range(side // 1000)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


HONEST = {
    "report.pdf": PDF,
    "scan.png": picture("PNG"),
    "photo.JPG": picture("JPEG"),
    "photo.jpeg": photo_with_place(),
    "photo.webp": picture("WEBP"),
    "letter.docx": office(),
    "table.xlsx": office(kind="xlsx"),
    "letter.odt": office(kind="odt"),
    "table.ods": office(kind="ods"),
    "notă de teren.txt": TEXT,
    "списък.csv": "№;обект\n1;тръба\n".encode("utf-16"),
}
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_HTML = b"<!DOCTYPE html><html><body onload=alert(1)></body></html>"
# name, bytes, code of the refusal
HOSTILE = [
    ("drawing.svg", _SVG, "not_taken"),
    ("drawing.png", _SVG, "other_content"),
    ("page.html", _HTML, "not_taken"),
    ("page.txt", _HTML, "other_content"),
    ("page.pdf", _HTML, "other_content"),
    ("program.txt", b"MZ\x90\x00\x03", "other_content"),
    ("script.txt", b"#!/bin/sh\nrm -r x\n", "other_content"),
    ("photo.png", picture("JPEG"), "other_content"),
    ("photo.php.jpg", picture("JPEG"), "two_endings"),
    ("letter.docx.exe", office(), "not_taken"),
    ("letter", office(), "not_taken"),
    (".pdf", PDF, "not_taken"),
    ("../../etc/passwd.pdf", PDF, "bad_name"),
    ("C:\\temp\\report.pdf", PDF, "bad_name"),
    ("report\u202efdp.txt", TEXT, "bad_name"),
    ("report\r\nX: y.pdf", PDF, "bad_name"),
    ("x" * 200 + ".pdf", PDF, "bad_name"),
    ("", PDF, "bad_name"),
    ("nothing.pdf", b"", "empty"),
    ("big.pdf", PDF + bytes(25 * 1024 * 1024) + PDF, "too_large"),
    ("cut.pdf", PDF[:40], "other_content"),
    ("two.pdf", PDF.replace(b"%%EOF", b"") + office() + b"%%EOF", "two_contents"),
    ("two.png", picture("PNG") + office(), "two_contents"),
    ("comment.jpg", picture("JPEG", comment=b"<script>alert(1)</script>"), "two_contents"),
    ("cut.png", picture("PNG", (300, 300))[:200], "broken_picture"),
    ("bomb.png", huge_png(), "too_many_pixels"),
    ("49 megapixels.png", huge_png(7_000), "too_many_pixels"),
    ("bomb.docx", office(("word/media/a.bin", bytes(30 * 1024 * 1024))), "packed_too_tightly"),
    ("macros.docx", office(("word/vbaProject.bin", b"x")), "macros"),
    ("macros.ods", office(("Basic/Standard/Module1.xml", b"<m/>"), kind="ods"), "macros"),
    ("nested.xlsx", office(("xl/a.zip", office()), kind="xlsx"), "nested_archive"),
    ("table.docx", office(kind="xlsx"), "other_content"),
    ("letter.ods", office(kind="odt"), "other_content"),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_format"),
    ("entity.docx", office(("word/x.xml", b"<a/>")).replace(b"<document/>", b"<document/>")[:60], "broken_package"),
]
