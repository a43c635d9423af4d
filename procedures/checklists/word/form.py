"""A Word form read as a checklist: the parser the sandbox runs (``procedures.checklists.word.form:parse``)."""

from typing import Any

from procedures.checklists.structure import Checklist
from procedures.checklists.word.blocks import Block, Blocks, Cell, Paragraph, Table
from procedures.checklists.word.draft import Draft
from procedures.checklists.word.headings import (
    choose_heading,
    form_title,
    heading_of,
    is_comment,
    is_fill_in,
    is_numbered,
    next_line,
)
from procedures.checklists.word.objects import ObjectList, is_objects_heading, take_row
from procedures.checklists.word.package import WordDocument
from procedures.checklists.word.runs import BOX, TICKED
from procedures.checklists.word.tables import Layout, TableReader, has_box


def parse(data: bytes, language: str) -> dict[str, Any]:
    """The form as the JSON of a Checklist; raises NotReadable when the file is no Word document."""
    return read_document(WordDocument(data), language).to_json()


def read_document(document: WordDocument, language: str) -> Checklist:
    """The checklist of an opened document."""
    blocks = Blocks(document)
    draft = Draft(language)
    if document.body is not None:
        body = blocks.of(document.body)
        draft.title = form_title([block for block in body if isinstance(block, Paragraph)])
        _Reader(draft).read(body)
    for kind, part in document.beside:
        _beside(draft, kind.removesuffix("s"), blocks.of(part))
    return draft.checklist(blocks.merge_fields)


class _Reader:
    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._since: list[Paragraph] = []
        self._said = ""
        self._objects: ObjectList | None = None
        self._tables = 0
        self._before = Layout(0)

    def read(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._tables += 1
                self._table(block)

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        for code, words in paragraph.notes:
            self._draft.note(code, words or text or self._said)
        if self._objects and self._objects.open and self._objects.take(paragraph):
            return
        if text and is_objects_heading(text):
            self._objects = ObjectList(self._draft, text)
        elif BOX in text or TICKED in text:
            self._draft.note("boxes_outside_table", text)
        elif is_fill_in(text):
            self._draft.note("fill_in", self._said)
        elif is_comment(text, alone=False) and self._draft.since_comment:
            self._draft.serve_comment(text)
        elif text:
            self._since.append(paragraph)
        if text and not is_fill_in(text):
            self._said = text

    def _table(self, table: Table) -> None:
        inside = _frame(table)
        if inside is not None:
            self._draft.note("nested_table", inside.text, self._tables, 1)
            for block in inside.blocks:
                self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)
            return
        if self._lists_objects(table):
            return
        layout = Layout.of(table)
        self._open_section()
        if not layout.header and not self._since and layout.width == self._before.width:
            layout.answers, layout.names = self._before.answers, self._before.names
        self._since = []
        self._before = layout
        TableReader(self._draft, table, self._tables, layout).read()

    def _lists_objects(self, table: Table) -> bool:
        if self._objects is None or not self._objects.open:
            return False
        self._objects.open = False
        boxed = [sum(sign in (BOX, TICKED) for cell in row.cells for sign in cell.text) for row in table.rows]
        if max(boxed, default=0) != 1:
            return False
        for n, row in enumerate(table.rows, 1):
            if boxed[n - 1] and not take_row(self._draft, row):
                self._draft.note("boxes_without_answers", row.text, self._tables, n)
            elif not boxed[n - 1] and n > 1:
                self._draft.note("row_without_answers" if row.text else "blank_row", row.text, self._tables, n)
        return True

    def _open_section(self) -> None:
        chosen = choose_heading(self._since)
        if chosen is None:
            return
        heading = heading_of(chosen)
        title = heading.title or next_line(self._since, chosen)
        for each in self._since:
            above = heading_of(each).number if is_numbered(each) else ""
            if above and each is not chosen and heading.number.startswith(f"{above}."):
                self._draft.note("heading_without_rows", each.text)
        self._draft.open_section(heading.number, title, stays=is_numbered(chosen))


def _frame(table: Table) -> Cell | None:
    """The only cell of a table that is but a frame around other tables."""
    cells = [cell for row in table.rows for cell in row.cells]
    return cells[0] if len(cells) == 1 and cells[0].tables and any(map(has_box, cells)) else None


def _beside(draft: Draft, part: str, blocks: list[Block]) -> None:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [row.text for row in block.rows]
    words = " ".join(line for line in lines if line)
    if any(sign.isalpha() for sign in words):
        draft.note(part, words)
