"""User text on paper: whatever it is, it comes out as text, and the report comes out."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from qms.reports.blocks import Block, Facts, Section, Table, Title, Words
from qms.reports.blocks import Column as Col
from qms.reports.ink import TEXT
from qms.reports.mission import Answers, Item, ItemGroup, Signatures, Signed
from qms.reports.paper import Letterhead
from qms.reports.picture import NotAPicture, picture
from qms.reports.render import render
from qms.reports.text import LONGEST, UNKNOWN_GLYPH, bold, clean, link, para
from tests.reports.reading import images_of, links_of, squeezed, text_of
from tests.reports.sample import AT, paper, photo_bytes

HOSTILE = {
    "a local image": '<img src="/etc/passwd"/> <img src="file:///etc/passwd">',
    "a colour that once ran code": "<font color=\"[[getattr(pow,'__globals__')['os'].system('id')]]\">x</font>",
    "unbalanced tags": "<b>abc</i> <para> </para></para> & &lt; &#0; <a href='javascript:alert(1)'>x</a>",
    "controls": "one\x00two\x07three\x1b[31mfour\x7f\x85\u2028five\r\nsix\tseven",
    "right to left and overrides": "שלום \u202egnp.exe\u202c مرحبا \u200f\u2066x\u2069",
    "emoji and rare planes": "👩‍🚒🔥 𝔘𝔫𝔦 \U0010ffff \U000e0041",
    "half a surrogate pair": "x\ud800y\udfff",
    "one endless word": "W" * 10_000,
    "many spaces and lines": " " * 3_000 + "\n" * 300 + "end",
    "templates": "%(name)s {0} {{ x }} %s %% {% include '/etc/passwd' %}",
    "nothing": "",
}


def everywhere(text: str) -> list[Block]:
    """The text in every place a block has for text."""
    return [
        Title(text[:200], text),
        Facts([(text[:200], text), ("label", [bold(text), text, link(text, text)])]),
        Section(text[:300]),
        Words(text),
        Table([Col(text[:60]), Col("b", align="right")], [[text, "1"], ["2", [bold("x"), text]]]),
        Answers([ItemGroup(text[:40], text[:300], [Item(text[:20], text, text[:300], "no", text, text)], text)]),
        Signatures([Signed(text[:300], text[:300], text[:300], AT, text[:300])], text[:64], text[:500]),
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_report_comes_out_with_hostile_text_in_every_place(text: str) -> None:
    letterhead = Letterhead(text[:200] or "x", text[:200], text[:200])
    hostile = replace(paper("en"), story=everywhere(text), letterhead=letterhead, reference=text[:80], title=text[:200])
    pdf = render(hostile)
    assert images_of(pdf) == 0
    assert links_of(pdf) in (["https://qms.exemplu.invalid/v/7ac1-d93e"] * len(links_of(pdf)), [])
    assert "Page 1 of" in text_of(pdf)


def test_markup_is_printed_as_its_characters() -> None:
    text = HOSTILE["a local image"]
    assert squeezed(text) in squeezed(text_of(render(replace(paper(), story=[Words(text)]))))


def test_a_ten_thousand_letter_word_is_printed_whole() -> None:
    pdf = render(replace(paper(), story=[Table([Col("a"), Col("b")], [["W" * 10_000, "z"]])]))
    assert text_of(pdf).count("W") == 10_000


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x00b\x1bc", "abc"),
        ("a\u202eb\u2066c\u200bd\u00ade", "abcde"),
        ("s\u0326 t\u0326", "ș ț"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("tab\there", "tab here"),
        ("🔥", UNKNOWN_GLYPH),
        ("x\ud800y", "xy"),
    ],
)
def test_clean_keeps_what_can_be_printed(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_text_over_the_limit_says_how_much_is_left_out() -> None:
    shortened = clean("a" * (LONGEST + 7))
    assert shortened.startswith("a" * LONGEST)
    assert shortened.endswith("[7 more characters are in the record]")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//evil.invalid", "ftp://x", "http://[", " "],
)
def test_an_address_of_another_kind_is_no_link(address: str) -> None:
    run = link("words", address)
    assert run.text == "words"
    assert run.link is None


@pytest.mark.parametrize("address", ["http://a.invalid", "https://a.invalid/b", "mailto:a@b.invalid"])
def test_web_and_mail_addresses_are_links(address: str) -> None:
    assert link("words", address).link == address


def test_reportlabs_paragraph_is_used_nowhere() -> None:
    folder = Path(__file__).parents[2] / "qms" / "reports"
    for file in folder.rglob("*.py"):
        code = file.read_text()
        assert "platypus" not in code, file
        assert "Paragraph(" not in code, file


def test_para_keeps_emphasis_apart_from_text() -> None:
    made = para(["<b>", bold("</b>")], TEXT)
    assert [run.text for run in made.runs] == ["<b>", "</b>"]


def test_a_picture_is_written_anew_without_metadata() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "secret place"
    exif[0x0112] = 6  # turned by a quarter
    Image.new("RGB", (40, 20), "red").save(out, "JPEG", exif=exif)
    shown = picture(out.getvalue())
    assert (shown.width, shown.height) == (20, 40)
    assert b"secret place" not in shown.jpeg
    assert shown == picture(out.getvalue())


def test_a_large_picture_is_made_smaller_and_a_transparent_one_stands_on_white() -> None:
    assert max(picture(photo_bytes(90, (3000, 2000))).__dict__[side] for side in ("width", "height")) <= 1200
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(picture(out.getvalue()).jpeg)).getpixel((1, 1)) == (255, 255, 255)


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (13_000, 13_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", photo_bytes()[:400], bomb()],
    ids=["nothing", "text", "svg", "cut short", "a bomb of 169 megapixels"],
)
def test_what_is_no_picture_within_limits_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAPicture):
        picture(raw)
