"""Word forms made for the tests, with the ways such forms draw boxes, and what comes out of reading them."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from procedures.checklists.structure import Checklist, NotUnderstood, text_in
from procedures.checklists.word.form import read_document
from procedures.checklists.word.package import WordDocument

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
YES_NO = "Да ☐ Не ☐"


class Form:
    """A Word form under construction."""

    def __init__(self) -> None:
        self.document = Document()

    def line(self, text: str, bold: bool = False, style: str | None = None) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(text).bold = bold
        return paragraph

    def table(self, *rows: Sequence[str]) -> Table:
        table: Table = self.document.add_table(len(rows), max(len(row) for row in rows))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
            if len(texts) == 1 and len(row.cells) > 1:
                row.cells[0].merge(row.cells[-1])
        return table

    def save(self) -> bytes:
        data = io.BytesIO()
        self.document.save(data)
        return data.getvalue()

    def read(self, language: str = "bg") -> Checklist:
        return read_document(WordDocument(self.save()), language)


def insert(place: _Cell | Paragraph, xml: str) -> None:
    """Runs, fields and controls as Word writes them, at the end of a cell's first paragraph or a paragraph."""
    paragraph = place.paragraphs[0] if isinstance(place, _Cell) else place
    for each in parse_xml(f"<w:p {NS}>{xml}</w:p>"):
        paragraph._p.append(each)


def text(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def old_box(ticked: bool = False) -> str:
    """A check box of the forms of Word 97."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{int(ticked)}"/></w:checkBox>'
        '</w:ffData></w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> FORMCHECK</w:instrText></w:r><w:r>'
        '<w:instrText>BOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control_box(ticked: bool = False) -> str:
    """A check box content control."""
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    )


def symbol_box() -> str:
    return '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'


def letter_box() -> str:
    """A letter in a symbol font."""
    return '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>o</w:t></w:r>'


def symbol_field() -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SYMBOL 168 \\f "Wingdings" \\s 12 '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def merge_field(*pieces: str, shown: str = "") -> str:
    """A merge field, its code cut in pieces as Word does."""
    code = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{text(shown) if shown else ""}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def items(checklist: Checklist) -> list[tuple[str, list[str]]]:
    """Label and printed answers of every item."""
    language = checklist.language
    return [
        (text_in(item.label, language), [text_in(answer.label, language) for answer in item.answers])
        for item in checklist.items
    ]


def titles(checklist: Checklist) -> list[tuple[str, str, int]]:
    """Number, title and count of items of every section."""
    return [(each.number, text_in(each.title, checklist.language), len(each.items)) for each in checklist.sections]


def objects(checklist: Checklist) -> list[tuple[str, list[str]]]:
    """Label and section numbers of every object of the check."""
    numbers = {section.key: section.number for section in checklist.sections}
    return [
        (text_in(one.label, checklist.language), [numbers[key] for key in one.sections]) for one in checklist.objects
    ]


def found(checklist: Checklist, *codes: str) -> list[Any]:
    """Code, table and row of what was not understood; only these codes, if some are given."""
    return [(one.code, one.table, one.row) for one in checklist.not_understood if not codes or one.code in codes]


def quoted(checklist: Checklist, code: str) -> NotUnderstood:
    return next(each for each in checklist.not_understood if each.code == code)
