"""Opening a foreign zip package (DOCX, XLSX …) within limits. Runs in the sandboxed child, so it knows no Django.

Limits from ASVS 5.2: unpacked size, ratio and count are checked as declared and again while reading; nothing inside
may be a package itself, leave its folder, be a link, a program or encrypted.
"""

import io
import stat
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024
MOST_ENTRIES = 2_000
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
ARCHIVES = (ZIP, b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")


class NotReadable(Exception):
    """The file is refused; ``code`` names the sentence in ``sandbox.SENTENCES``, ``params`` fill it."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Package:
    """A checked zip package; ``names``, ``content`` and ``xml`` are all a parser gets of it."""

    def __init__(self, data: bytes) -> None:
        """Raises NotReadable when the package is none, is broken, or goes over a limit."""
        if not data:
            raise NotReadable("empty")
        if data.startswith(OLE):
            raise NotReadable("old_format")
        if not data.startswith(ZIP):
            raise NotReadable("not_a_package")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
            raise NotReadable("broken_package") from None
        _check_sizes(self._zip.infolist(), len(data))
        for entry in self._zip.infolist():
            _check_entry(entry)
        self.names = frozenset(self._zip.namelist())
        self._left = MOST_UNPACKED
        for entry in self._zip.infolist():
            packed_picture = entry.filename.lower().endswith((".emz", ".wmz"))
            if not packed_picture and next(self._chunks(entry.filename, 16), b"").startswith(ARCHIVES):
                raise NotReadable("nested_archive", name=entry.filename)

    def content(self, name: str) -> bytes:
        """What stands in the entry; raises NotReadable when it is missing, broken, or larger than declared."""
        if name not in self.names:
            raise NotReadable("broken_package")
        read = bytearray()
        for chunk in self._chunks(name, 64 * 1024):
            read += chunk
            self._left -= len(chunk)
            if self._left < 0:
                raise NotReadable("unpacked_too_large", megabytes=MOST_UNPACKED // 1024**2)
        return bytes(read)

    def xml(self, name: str) -> Element:
        """The entry as an element tree; document types, entities and references outwards are refused."""
        try:
            root: Element = fromstring(self.content(name), forbid_dtd=True)
        except DefusedXmlException:
            raise NotReadable("entities", name=name) from None
        except (ParseError, ValueError, LookupError):
            raise NotReadable("broken_xml", name=name) from None
        return root

    def _chunks(self, name: str, size: int) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as entry:
                while chunk := entry.read(size):
                    yield chunk
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
            raise NotReadable("broken_package") from None
        except Exception as broken:  # zlib.error, lzma.LZMAError, EOFError: the packed bytes are damaged
            raise NotReadable("broken_package") from broken


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise NotReadable("too_many_entries", most=MOST_ENTRIES)
    if unpacked > MOST_UNPACKED:
        raise NotReadable("unpacked_too_large", megabytes=MOST_UNPACKED // 1024**2)
    if unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed:
        raise NotReadable("packed_too_tightly", ratio=MOST_RATIO)
    if sum(entry.compress_size for entry in entries) > packed:  # entries that share their bytes
        raise NotReadable("broken_package")
    if len({entry.filename for entry in entries}) < len(entries):
        raise NotReadable("broken_package")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        raise NotReadable("unsafe_name")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise NotReadable("unsafe_name")
    if entry.flag_bits & 0x1:
        raise NotReadable("encrypted")
    if name.lower().rsplit("/", 1)[-1] in ("vbaproject.bin", "vbadata.xml"):
        raise NotReadable("macros")
