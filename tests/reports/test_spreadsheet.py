"""Lists as CSV and XLSX: every cell text, none a formula."""

import csv
import io
import itertools
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from openpyxl import load_workbook

from qms.reports.spreadsheet import cell, csv_lines, xlsx

HEAD = ("Reference", "Название", "Title")
ROWS = [("NC-2026-001", "Ședință", "=1+1"), ("NC-2026-002", None, 'say "x";\nthen, y')]


def test_csv_reads_back_as_it_was_and_begins_with_a_mark_for_excel() -> None:
    whole = "".join(csv_lines(HEAD, ROWS))
    assert whole.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(whole[1:], newline="")))
    assert read == [list(HEAD), ["NC-2026-001", "Ședință", "'=1+1"], ["NC-2026-002", "", 'say "x";\nthen, y']]


def test_csv_is_made_line_by_line() -> None:
    lines = csv_lines(("x",), itertools.repeat(("a",)))
    assert [next(lines), next(lines)] == ["\ufeffx\r\n", "a\r\n"]


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C c'!A0",
        "+1",
        "-1+2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
    ],
)
def test_text_that_could_start_a_formula_is_marked(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (-3, "-3"),
        (True, "True"),
        ("a=b", "a=b"),
        (date(2026, 4, 2), "2026-04-02"),
        (datetime(2026, 4, 2, 13, tzinfo=UTC), "2026-04-02T13:00:00+00:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("x\x00\x07y", "xy"),
        ("№ 5", "№ 5"),
    ],
)
def test_values_become_plain_text(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_a_cell_holds_no_more_than_a_spreadsheet_can() -> None:
    assert len(cell("=" + "a" * 50_000)) <= 32_767


def test_xlsx_cells_are_all_text_and_the_head_is_frozen() -> None:
    sheet = load_workbook(io.BytesIO(xlsx(HEAD, [*ROWS, (5, date(2026, 1, 2), "#REF!")], "In/ve*ntar")))["Inventar"]
    assert sheet.freeze_panes == "A2"
    values = [[one.value for one in row] for row in sheet.iter_rows()]
    assert values[0] == list(HEAD)
    assert values[1][2] == "'=1+1"
    assert values[3] == ["5", "2026-01-02", "#REF!"]
    assert {one.data_type for row in sheet.iter_rows() for one in row if one.value} <= {"s", "inlineStr"}


def test_xlsx_of_nothing_has_its_head() -> None:
    sheet = load_workbook(io.BytesIO(xlsx(HEAD, [], "")))["Atestat"]
    assert sheet.max_row == 1
