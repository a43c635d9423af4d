"""The whole sample report, read back from its bytes, in three languages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from qms.reports.blocks import Block, Contents, NewPage, Section, Words
from qms.reports.paper import Watermark
from qms.reports.render import render
from tests.reports.reading import fonts_of, images_of, links_of, opened, squeezed, text_of
from tests.reports.sample import AT, WORDS, paper


@pytest.mark.parametrize("language", ["ro", "bg", "en"])
def test_every_word_can_be_read_back(language: str) -> None:
    text = squeezed(text_of(render(paper(language))))
    for word in ("body", "address", "title", "subtitle", "question", "basis", "found", "prose"):
        assert squeezed(WORDS[language][word]) in text, word


def test_romanian_and_bulgarian_letters_come_out_as_they_went_in() -> None:
    text = text_of(render(replace(paper(), story=[Words("Ședință, țară, șase ȘȚ ăâî – Щъркел, ѝ, Ю, № „“ ✓ ✕ ☐ → €")])))
    assert "Ședință, țară, șase ȘȚ ăâî – Щъркел, ѝ, Ю, № „“ ✓ ✕ ☐ → €" in text


@pytest.mark.parametrize("language", ["ro", "bg"])
def test_every_font_is_embedded_as_a_subset(language: str) -> None:
    fonts = fonts_of(render(paper(language, Watermark.DRAFT)))
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font["/FontDescriptor"].get_object(), font["/BaseFont"]
        assert "DejaVu" in font["/BaseFont"]
        assert "/ToUnicode" in font


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render(paper("bg")) == render(paper("bg"))


def test_another_moment_or_language_gives_other_bytes() -> None:
    first = render(paper("en"))
    assert render(replace(paper("en"), generated_at=AT + timedelta(minutes=1))) != first
    assert render(replace(paper("en"), language="ro")) != first


def test_each_page_says_which_of_how_many_it_is() -> None:
    pages = opened(render(paper("en"))).pages
    assert len(pages) >= 4
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


@pytest.mark.parametrize(("language", "tag"), [("ro", "ro-RO"), ("bg", "bg-BG"), ("en", "en-GB")])
def test_the_file_names_its_language_title_and_author(language: str, tag: str) -> None:
    reader = opened(render(paper(language)))
    assert str(reader.root_object["/Lang"]) == tag
    assert reader.metadata is not None
    assert reader.metadata.title == f"{WORDS[language]['title']} RI-014/2026"
    assert reader.metadata.author == WORDS[language]["body"]


@pytest.mark.parametrize(("mark", "word"), [(Watermark.DRAFT, "DRAFT"), (Watermark.COPY, "UNCONTROLLED COPY")])
def test_the_watermark_is_on_every_page(mark: Watermark, word: str) -> None:
    for page in opened(render(paper("en", mark))).pages:
        assert word in page.extract_text()


def test_without_a_mark_there_is_no_watermark_word() -> None:
    assert "DRAFT" not in text_of(render(paper("en")))


def test_a_copy_calls_itself_uncontrolled_in_the_footer() -> None:
    assert "Uncontrolled copy. Verification: scan the code" in squeezed(text_of(render(paper("en", Watermark.COPY))))


def test_the_footer_prints_the_checkpoint_in_the_bodys_time() -> None:
    text = squeezed(text_of(render(paper("en"))))
    assert "checkpoint 3 907 of 2 April 2026, 16:42, 31 556 events, root c40e 91b7 5d2a…8f13, key 9c1f…e07a" in text


def test_a_paper_that_is_not_sealed_says_so() -> None:
    assert "Audit trail: not sealed yet" in squeezed(text_of(render(paper("en", checkpoint=None))))


def test_a_signature_that_is_missing_is_shown_as_missing_and_none_is_called_more_than_simple() -> None:
    text = squeezed(text_of(render(paper("en"))))
    assert "not signed yet" in text
    assert "simple electronic signature" in text
    assert "on behalf of Radu Ionescu" in text
    assert "qualified" not in text.lower()


def test_photos_are_there_with_the_hash_of_the_original() -> None:
    pdf = render(paper("en"))
    assert images_of(pdf) == 4
    assert "original " in text_of(pdf)


def test_links_are_the_verification_address_and_the_one_in_the_text() -> None:
    assert set(links_of(render(paper()))) == {"https://qms.exemplu.invalid/v/7ac1-d93e", "https://exemplu.invalid/a"}


def test_the_contents_name_the_page_on_which_each_section_is() -> None:
    story: list[Block] = [
        Contents("Contents"),
        NewPage(),
        Section("First"),
        Words("a"),
        NewPage(),
        Section("Second"),
        Words("b"),
    ]
    reader = opened(render(replace(paper("en"), story=story)))
    first = squeezed(reader.pages[0].extract_text())
    assert "1. First 2" in first
    assert "2. Second 3" in first
    assert [reader.get_destination_page_number(entry) for entry in reader.outline] == [1, 2]  # type: ignore[arg-type]


def test_progress_grows_to_a_hundred() -> None:
    heard: list[int] = []
    render(paper(), heard.append)
    assert heard == sorted(set(heard))
    assert heard[-1] == 100
