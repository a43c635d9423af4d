"""Lists as CSV and XLSX. Every cell is text, and none can be taken for a formula by the program that opens it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Font

Value = object
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML, and so XLSX, cannot hold
FORMULA_STARTS = tuple(
    "=+-@\t\r\n\0＝＋－＠"
)  # the last four: full-width forms, which some programs fold to the plain ones
MOST_IN_A_CELL = 32_767
WIDTHS = (8, 60)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class _Lines:
    """A file for csv.writer that hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        """The line, unchanged."""
        return line


def cell(value: Value) -> str:
    """The value as a spreadsheet cell: ISO dates, no control characters, a ' before what would start a formula."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    marked = "'" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else ""
    return marked + CONTROL.sub("", text)[: MOST_IN_A_CELL - 1]


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The list as CSV lines for a streaming response; begins with a BOM, so that Excel reads ș and щ."""
    write = csv.writer(_Lines(), lineterminator="\r\n").writerow
    yield "\ufeff" + str(write([cell(str(name)) for name in head]))
    for row in rows:
        yield str(write([cell(value) for value in row]))


def xlsx(head: Sequence[str], rows: Iterable[Sequence[Value]], sheet: str = "Atestat") -> bytes:
    """The list as an XLSX file: first row bold and frozen, all cells text. Only this loads openpyxl (20 MB)."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = EPOCH
    page = book.create_sheet(_sheet_name(sheet))
    page.freeze_panes = "A2"
    for nth, name in enumerate(head, start=1):
        page.column_dimensions[get_column_letter(nth)].width = min(max(len(str(name)) * 1.6, WIDTHS[0]), WIDTHS[1])
    strong = Font(bold=True)

    def text_cell(value: Value, font: Font | None = None) -> Cell:
        made = WriteOnlyCell(page, value=cell(value))
        made.data_type = "s"
        if font:
            made.font = font
        return made

    page.append([text_cell(str(name), strong) for name in head])
    for row in rows:
        page.append([text_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(name: str) -> str:
    """At most 31 characters, without those Excel forbids."""
    return "".join(letter for letter in name if letter not in "[]:*?/\\")[:31].strip("'") or "Atestat"
