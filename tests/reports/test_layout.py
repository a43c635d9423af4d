"""How text is broken and how pieces come onto pages: nothing is lost, nothing stands over the edge."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.reports import fonts, lines
from qms.reports.blocks import Column, Section, Setting, Table, Words, pieces_of
from qms.reports.grid import Grid, Row, SetRow, grid
from qms.reports.ink import CELL, TEXT, WIDTH, right
from qms.reports.layout import Page, paginate
from qms.reports.page import text_height
from qms.reports.pieces import Piece, Prose
from qms.reports.register import register_pdf
from qms.reports.text import Para, bold, clean, para
from tests.reports.reading import opened, squeezed
from tests.reports.sample import paper

WORD = st.text(alphabet="aбșW-. \n", max_size=60)


def written(made: Sequence[lines.Line]) -> str:
    return " ".join("".join(segment.text for segment in line.segments) for line in made)


def letters(text: str) -> str:
    """The text without white space: what must survive any breaking."""
    return "".join(text.split())


@settings(deadline=None)
@given(st.lists(st.tuples(WORD, st.booleans()), max_size=6), st.floats(min_value=12, max_value=300))
def test_no_letter_is_lost_and_no_line_is_too_long(pieces: list[tuple[str, bool]], width: float) -> None:
    paragraph = para([bold(text) if strong else text for text, strong in pieces], TEXT)
    made = lines.wrap(paragraph, width)
    assert letters(written(made)) == letters(clean("".join(text for text, _strong in pieces)))
    for line in made:
        for segment in line.segments:
            end = segment.start + lines.width_of(segment.text.rstrip(), segment.run.face or TEXT.face, TEXT.size)
            assert end <= width + 0.01


@settings(deadline=None)
@given(st.lists(st.text(alphabet="aбW ", min_size=1, max_size=80), min_size=1, max_size=5))
def test_emphasis_does_not_change_where_words_are_kept_together(texts: list[str]) -> None:
    whole = para(" ".join(texts), TEXT)
    first, *rest = whole.runs or (None,)
    if first is None or len(first.text) < 2:
        return
    assert not rest
    halves = Para((replace(first, text=first.text[:1]), replace(first, text=first.text[1:])), TEXT)
    plain = [letters(written([line])) for line in lines.wrap(whole, 90)]
    mixed = [letters(written([line])) for line in lines.wrap(halves, 90)]
    assert "".join(plain) == "".join(mixed)


def test_a_line_that_does_not_fit_is_cut_and_shows_it() -> None:
    (one,) = lines.fitted(para("Agenția Județeană pentru Plăți", TEXT), 60)
    text = "".join(segment.text for segment in one.segments)
    assert text.endswith("…")
    assert lines.width_of(text, TEXT.face, TEXT.size) <= 60


def test_text_to_the_right_ends_at_the_edge() -> None:
    (one,) = lines.wrap(para("12", right(CELL)), 100)
    assert one.indent + lines.width_of("12", CELL.face, CELL.size) == pytest.approx(100)


def placed(pieces: Sequence[Piece], height: float = 100.0) -> list[Page]:
    return paginate(pieces, WIDTH, lambda _number: height)


def rows(count: int, letters_each: int = 5) -> list[Row]:
    return [Row([para("w" * letters_each, CELL), para(str(n), CELL)]) for n in range(count)]


def shown(page: Page) -> list[SetRow]:
    """The rows of every table on the page."""
    grids = [one.piece for one in page.placed if isinstance(one.piece, Grid)]
    return [row for one in grids for row in one.rows[one.start : one.stop]]


def test_nothing_stands_below_the_edge_of_a_page() -> None:
    story = pieces_of(
        [Section("A"), Words("word " * 400), Table([Column("h"), Column("n")], [["x", "1"]] * 90)], Setting(WIDTH)
    )
    for page in placed(story):
        assert page.used <= 100.0001
        for one in page.placed:
            assert one.down + one.piece.height(WIDTH) <= 100.0001


def test_every_row_is_on_some_page_once_under_its_head() -> None:
    table = grid(rows(57), [100, 60], head=["a", "b"])
    pages = placed([table])
    assert all(isinstance(one.piece, Grid) and one.piece.head for page in pages for one in page.placed)
    numbers = [written(row.cells[1]) for page in pages for row in shown(page)]
    assert numbers == [str(n) for n in range(57)]


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    for fill in range(1, 9):
        story = pieces_of([Words("\n".join("x" * fill)), Section("Heading"), Words("a\nb\nc\nd\ne")], Setting(WIDTH))
        for page in placed(story):
            assert not page.placed[-1].piece.keep_with_next, fill


def test_a_band_is_never_the_last_row_on_a_page() -> None:
    for before in range(1, 12):
        table = grid([*rows(before), Row([para("Band", CELL)], band=True), *rows(3)], [100, 60])
        for page in placed([table]):
            part = page.placed[-1].piece
            assert isinstance(part, Grid)
            assert not part.rows[part.stop - 1].band, before


def test_a_paragraph_leaves_no_single_line_behind() -> None:
    for count in range(2, 30):
        for page in placed([Prose(para("\n".join("x" * count), TEXT))]):
            for one in page.placed:
                assert isinstance(one.piece, Prose)
                assert len(one.piece.lines(WIDTH)) > 1, count


def test_a_row_taller_than_a_page_runs_over_several() -> None:
    tall = Row([para("\n".join(str(n) for n in range(300)), CELL), para("short", CELL)])
    pages = placed([grid([*rows(2), tall, *rows(2)], [100, 60], head=["a", "b"])], 700)
    assert len(pages) > 4
    found = [written(row.cells[0]) for page in pages for row in shown(page)]
    assert " ".join(found).split() == ["wwwww"] * 2 + [str(n) for n in range(300)] + ["wwwww"] * 2


def test_a_piece_that_fits_on_no_page_is_still_printed() -> None:
    pages = placed([Prose(para("a", TEXT)), grid([Row([para("x\n" * 12, CELL)])], [100])], 50)
    assert sum(len(page.placed) for page in pages) == 2


def test_a_register_of_many_rows_has_them_all_in_order_with_a_slim_footer() -> None:
    columns = [Column("Nr.", wide=16), Column("Titlu", 2), Column("Unitate")]
    listed = [(str(n), f"Neconformitate nr. {n} la etajul doi", "Inspecție") for n in range(1, 1201)]
    reader = opened(register_pdf(replace(paper("ro"), title="Registrul neconformităților"), columns, listed, "2026"))
    text = squeezed(" ".join(page.extract_text() for page in reader.pages))
    assert "Rows: 1 200 · 2026" in text
    positions = [text.index(f"Neconformitate nr. {n} la") for n in (1, 2, 600, 1200)]
    assert positions == sorted(positions)
    assert all("Titlu" in page.extract_text() for page in reader.pages)
    assert "Verificare:" in reader.pages[0].extract_text()
    assert "Verificare:" not in reader.pages[1].extract_text()
    slim = replace(paper(), slim=True)
    assert text_height(slim, 2) > text_height(paper(), 2)


def test_missing_fonts_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(fonts.FontsMissing, match=r"manage\.py up"):
        fonts.font_folder((tmp_path,))
    assert fonts.fonts_present()
