"""Rows of a table: items with exactly the answers printed there, comments, headings, and what is unclear."""

import re
from dataclasses import dataclass, field

from procedures.checklists.word.answers import around_boxes, as_answers, printed_words
from procedures.checklists.word.blocks import Cell, Paragraph, Row, Table
from procedures.checklists.word.draft import Draft, DraftItem
from procedures.checklists.word.headings import (
    BASIS_WORD,
    COMMENT,
    HEADER_WORD,
    comment_asked_on,
    heading_of,
    is_comment,
    is_numbered,
)
from procedures.checklists.word.objects import take_named_row
from procedures.checklists.word.runs import BOX, TICKED

ROW_NUMBER = re.compile(r"(?:№\s*)?(?:\d+(?:\.\d+)*|[IVXLC]+|[a-zа-я])\s*[.)]?", re.IGNORECASE)


def has_box(cell: Cell) -> bool:
    """A box stands in the cell."""
    return BOX in cell.text or TICKED in cell.text


@dataclass
class Layout:
    """How a table is laid out: its header rows, the names over its columns, the answers named there."""

    width: int
    header: int = 0
    names: dict[int, str] = field(default_factory=dict)
    answers: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table) -> "Layout":
        """From the rows before the first item."""
        layout = cls(max((cell.column + cell.span for row in table.rows for cell in row.cells), default=0))
        for n, row in enumerate(table.rows[:3]):
            if any(has_box(cell) for cell in row.cells):
                break
            named = {cell.column: words for cell in row.cells if (words := printed_words(cell.text))}
            if (named and _heads(row, named, table.rows[n + 1 :])) or (not named and _names_columns(row)):
                layout.header = n + 1
                layout.names |= {cell.column: cell.text for cell in row.cells if cell.text}
                layout.answers |= named
        return layout

    def covers(self, row: Row, cell: Cell) -> bool:
        """The cell reaches across the table."""
        return self.width > 1 and cell.span >= self.width and len(row.cells) == 1


def _heads(row: Row, named: dict[int, list[str]], below: list[Row]) -> bool:
    others = [cell.text for cell in row.cells if cell.column not in named and cell.text]
    below_words = [printed_words(cell.text) for each in below for cell in each.cells if cell.column in named]
    if row.is_header or not any(below_words):
        return bool(below) or row.is_header
    return all(len(text.split()) <= 3 and HEADER_WORD.search(text) for text in others)


def _names_columns(row: Row) -> bool:
    filled = [cell.text for cell in row.cells if cell.text]
    short = all(len(text) < 60 for text in filled)
    return len(filled) > 1 and (row.is_header or (short and bool(HEADER_WORD.search(" ".join(filled[:2])))))


class TableReader:
    """Reads the rows of one table into the draft. ``number``: which table of the document, counted from 1."""

    def __init__(self, draft: Draft, table: Table, number: int, layout: Layout) -> None:
        self._draft, self._table, self._number, self._layout = draft, table, number, layout
        self._row = 0
        self._group = ""
        self._above: dict[int, str] = {}
        self._last: DraftItem | None = None

    def read(self) -> None:
        """Every row ends as an item, a comment, a heading, or a line of what was not understood."""
        for n, row in enumerate(self._table.rows, 1):
            self._row = n
            self._remarks(row)
            if n > self._layout.header and not self._repeats_header(row):
                self._read(row)
            for cell in row.cells:
                if not cell.continues:
                    self._above[cell.column] = cell.text
        if self._last is None:  # what looked like a header heads no items
            for n, row in enumerate(self._table.rows[: self._layout.header], 1):
                self._draft.note("row_without_answers", row.text, self._number, n)

    def _repeats_header(self, row: Row) -> bool:
        texts = {cell.column: cell.text for cell in row.cells if cell.text}
        return bool(self._layout.answers) and texts == self._layout.names

    def _remarks(self, row: Row) -> None:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                for code, text in paragraph.notes:
                    self._note(code, text or row.text)
            if cell.tables:
                self._note("nested_table", cell.text)
        if any(TICKED in cell.text for cell in row.cells):
            self._note("box_already_ticked", row.text)

    def _note(self, code: str, text: str = "") -> None:
        self._draft.note(code, text, self._number, self._row)

    def _read(self, row: Row) -> None:
        filled = [cell for cell in row.cells if cell.text]
        boxed = [cell for cell in filled if has_box(cell)]
        offered = [cell for cell in row.cells if cell.choices]
        if boxed:
            if not take_named_row(self._draft, row):
                self._boxed_item(row, boxed)
        elif offered:
            self._item(row, offered, offered[0].choices)
        elif not filled:
            self._note("blank_row")
        elif self._is_comment(row, filled):
            if unclear := self._draft.serve_comment("\n".join(cell.text for cell in filled)):
                self._note(unclear, row.text)
        elif self._layout.covers(row, filled[0]):
            self._across(filled[0])
        else:
            self._unboxed(row)

    def _is_comment(self, row: Row, filled: list[Cell]) -> bool:
        words = [cell for cell in filled if not ROW_NUMBER.fullmatch(cell.text)]
        return bool(words) and is_comment(words[0].text, alone=len(row.cells) == 1)

    def _across(self, cell: Cell) -> None:
        paragraph = next((each for each in cell.paragraphs if each.text), Paragraph(""))
        if is_numbered(paragraph):
            heading = heading_of(Paragraph(cell.text, cell.bold, paragraph.is_heading, paragraph.place))
            self._draft.open_section(heading.number, heading.title)
            self._group = ""
        else:
            self._group = cell.text
            self._note("row_across", cell.text)

    def _boxed_item(self, row: Row, boxed: list[Cell]) -> None:
        labels: list[str] = []
        beside: list[str] = []
        for cell in boxed:
            around = around_boxes(cell.text)
            labels += self._named_by_header(cell, around.labels)
            beside += [each for each in (around.before, around.after) if each]
        if not all(labels):
            self._note("boxes_without_answers", row.text)
        for cell in row.cells:
            if cell not in boxed and not cell.text and cell.column in self._layout.answers and not cell.continues:
                self._note("box_not_printed", " / ".join(self._layout.answers[cell.column]))
        self._item(row, boxed, [label for label in labels if label], beside)

    def _named_by_header(self, cell: Cell, labels: tuple[str, ...]) -> list[str]:
        if any(labels):
            return list(labels)
        named = self._layout.answers.get(cell.column, [])
        if len(named) == len(labels):
            return named
        name = self._layout.names.get(cell.column, "")
        return [name] if len(labels) == 1 and name and not COMMENT.match(name) else list(labels)

    def _unboxed(self, row: Row) -> None:
        label_at = next((n for n, cell in enumerate(row.cells) if cell.text and not ROW_NUMBER.fullmatch(cell.text)), 0)
        worded = [cell for cell in row.cells[label_at + 1 :] if printed_words(cell.text)]
        words = [word for cell in worded for word in printed_words(cell.text)]
        asked = [cell for cell in row.cells if cell.column in self._layout.answers]
        if len(words) > 1:
            self._item(row, worded, words)
        elif asked and all(not cell.text for cell in asked):
            if all(cell.continues for cell in asked):
                self._joined(row)
            else:
                self._item(row, asked, [word for cell in asked for word in self._layout.answers[cell.column]])
                self._note("answers_from_header", row.text)
        elif asked or words:
            self._note("answer_not_understood", row.text)
        elif self._last is not None and row.cells[-1].continues:
            self._joined(row)
        elif self._last is not None and len(row.cells) > 1 and not row.cells[-1].text:
            self._note("blank_answers", row.text)
        else:
            self._note("row_without_answers", row.text)

    def _joined(self, row: Row) -> None:
        if self._last is not None:
            self._last.guidance.append(row.text)
        self._note("merged_answer", row.text)

    def _item(self, row: Row, answering: list[Cell], labels: list[str], beside: list[str] | None = None) -> None:
        beside = list(beside or [])
        number, texts, basis = self._words(row, answering)
        if not texts and beside:
            texts, beside = beside[:1], beside[1:]
        elif beside:
            self._note("text_beside_answers", " ".join(beside))
        if not labels or not texts:
            if labels:
                self._merged_or_missing(row, labels)
            return
        if len(set(labels)) < len(labels):
            self._note("repeated_answers", row.text)
            return
        answers = as_answers(labels, self._draft.language)
        item = DraftItem(texts[0], answers, number, [self._group, *texts[1:], *beside], basis)
        asked = [name for name in self._layout.names.values() if COMMENT.match(name)]
        self._draft.add(item)
        if asked:
            item.comment_on = comment_asked_on(asked[0], answers)
        self._last = item

    def _merged_or_missing(self, row: Row, labels: list[str]) -> None:
        merged = any(cell.continues and self._above.get(cell.column) for cell in row.cells)
        before = self._last
        if not merged or before is None:
            self._note("label_missing", row.text)
            return
        printed = [next(iter(answer.label.values())) for answer in before.answers]
        if set(printed).isdisjoint(labels):
            before.answers = as_answers([*printed, *labels], self._draft.language)
            return
        self._note("merged_label", before.label)
        again = DraftItem(before.label, as_answers(labels, self._draft.language), before.number, list(before.guidance))
        self._draft.add(again)
        self._last = again

    def _words(self, row: Row, answering: list[Cell]) -> tuple[str, list[str], str]:
        """The number of the item, its question with what stands beside it, and the legal basis."""
        texts: list[str] = []
        groups: list[str] = []
        number = basis = ""
        for cell in row.cells:
            name = self._layout.names.get(cell.column, "")
            if cell in answering or cell.column in self._layout.answers or COMMENT.match(name):
                continue
            counted = next((each.place.number for each in cell.paragraphs if each.place.number), "")
            number = number or counted.strip(" .)")
            if not texts and ROW_NUMBER.fullmatch(cell.text):
                number = cell.text.strip(" .)")
            elif texts and BASIS_WORD.search(name):
                basis = " ".join(cell.text.split())
            elif cell.text and not cell.goes_on:
                texts.append(cell.text)
            elif cell.goes_on or cell.continues:
                groups.append(cell.text or self._above.get(cell.column, ""))
        if not texts:
            texts = [cell.text for cell in row.cells if cell.goes_on and cell not in answering and cell.text]
            return number, texts, basis
        return number, [*texts, *(each for each in groups if not ROW_NUMBER.fullmatch(each))], basis
