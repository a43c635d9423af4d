"""Rich text of a procedure on paper: what we know has its form, and no text is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.reports import fonts
from qms.reports.blocks import Heading, Setting, Table, Words, pieces_of
from qms.reports.grid import Grid
from qms.reports.ink import WIDTH
from qms.reports.pieces import Piece, Prose
from qms.reports.render import render
from qms.reports.rich import ListItem, Rich, blocks_of
from qms.reports.text import Run
from tests.reports.reading import links_of, squeezed, text_of
from tests.reports.sample import paper

SECTION = """
<h2>Scope</h2>
<p>The procedure <strong>applies</strong> to <em>all</em> missions, see <a href="https://a.invalid/x">the order</a>.</p>
<ul><li>first<ol><li>inner one</li><li>inner two</li></ol></li><li>second &amp; last</li></ul>
<table><tr><th>Role</th><th>Duty</th></tr><tr><td>Inspector</td><td>Ședință<br>twice</td></tr><tr><td>only</td></tr></table>
<p>End.</p>
"""


def test_paragraphs_headings_lists_and_tables_have_their_form() -> None:
    made = blocks_of(SECTION)
    assert [type(block) for block in made] == [Heading, Words, *[ListItem] * 4, Table, Words]
    items = [block for block in made if isinstance(block, ListItem)]
    assert [(item.sign, item.level) for item in items] == [("•", 1), ("1.", 2), ("2.", 2), ("•", 1)]


def test_emphasis_and_links_are_kept() -> None:
    words = blocks_of(SECTION)[1]
    assert isinstance(words, Words)
    runs = [run for run in list(words.text) if isinstance(run, Run)]  # type: ignore[arg-type]
    assert [run.text for run in runs if run.face == fonts.BOLD] == ["applies"]
    assert [run.text for run in runs if run.face == fonts.ITALIC] == ["all"]
    assert [run.link for run in runs if run.link] == ["https://a.invalid/x"]


def test_it_prints_as_one_reads_it() -> None:
    pdf = render(replace(paper("en"), story=[Rich(SECTION)], verify_url=""))
    text = squeezed(text_of(pdf))
    assert "The procedure applies to all missions, see the order." in text
    assert "second & last" in text
    assert links_of(pdf) == ["https://a.invalid/x"]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>open cell <b>bold",
        "</p></li></td>text<li>no list</li><td>no table</td>",
        "<script>alert(1)</script><style>p{}</style>text",
        "<a href='javascript:alert(1)'>text</a><img src='/etc/passwd'>",
        "<ul><li>text<p>more</p></li></ul></ul></table>",
        "&lt;b&gt;text &#0; &nbsp;<unknown>x</unknown><",
    ],
)
def test_broken_or_hostile_markup_prints_its_text_and_no_link(html: str) -> None:
    pdf = render(replace(paper("en"), story=[Rich(html)], verify_url=""))
    text = text_of(pdf)
    assert "text" in text or "open cell" in text
    assert "alert" not in text
    assert links_of(pdf) == []


def written(piece: Piece) -> str:
    """All the text of a paragraph or table."""
    if isinstance(piece, Prose):
        return "".join(run.text for run in piece.para.runs)
    assert isinstance(piece, Grid)
    cells = [cell for row in piece.rows for cell in row.cells]
    return "".join(segment.text for cell in cells for line in cell for segment in line.segments)


WORDS = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</li>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</td>", "one", "two "]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, max_size=14))
def test_no_word_is_lost_whatever_the_markup(parts: list[str]) -> None:
    pieces = pieces_of([Rich("".join(parts))], Setting(WIDTH))
    text = " ".join(written(piece) for piece in pieces)
    for word in ("one", "two"):
        assert text.count(word) >= sum(part.strip() == word for part in parts)
