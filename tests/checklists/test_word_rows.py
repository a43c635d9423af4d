"""Sections, comment rows, headers and merged cells of forms in the family of the Bulgarian findings protocol."""

from xml.etree import ElementTree

import pytest
from docx.shared import Pt

from procedures.checklists.structure import Answer
from procedures.checklists.word.headings import comment_asked_on, legal_basis, typed_number
from procedures.checklists.word.numbers import Numbers
from tests.checklists.forms import YES_NO, Form, found, insert, items, old_box, quoted, text, titles

LISTS = """<numbering>
<abstractNum abstractNumId="7"><lvl ilvl="0"><start val="1"/><numFmt val="upperRoman"/><lvlText val="%1."/></lvl>
<lvl ilvl="1"><start val="1"/><numFmt val="decimal"/><lvlText val="%1.%2."/></lvl>
<lvl ilvl="2"><start val="1"/><numFmt val="russianLower"/><lvlText val="%3)"/></lvl></abstractNum>
<num numId="1"><abstractNumId val="7"/></num><num numId="2"><abstractNumId val="7"/></num>
<num numId="3"><abstractNumId val="7"/><lvlOverride ilvl="0"><startOverride val="1"/></lvlOverride></num>
</numbering>"""


def test_numbered_and_heading_like_paragraphs_before_a_table_are_sections() -> None:
    form = Form()
    form.line("КОНСТАТИВЕН ПРОТОКОЛ", bold=True)
    form.line("от проверка на място")
    form.line("1. Документи", bold=True)
    form.table(["Заповед", YES_NO])
    form.line("II. Материална база")
    form.line("Отбелязва се за всяка зала.")
    form.table(["Зали", YES_NO], ["Достъп", YES_NO])
    form.line("Раздел 3 – Персонал")
    form.table(["Списък", YES_NO])
    form.line("Книги и дневници", style="Heading 2")
    form.table(["Дневник", YES_NO])
    form.line("Архив", bold=True)
    form.table(["Опис", YES_NO])
    read = form.read()
    assert titles(read) == [
        ("1", "Документи", 1),
        ("II", "Материална база", 2),
        ("3", "Персонал", 1),
        ("", "Книги и дневници", 1),
        ("", "Архив", 1),
    ]
    assert read.title == {"bg": "КОНСТАТИВЕН ПРОТОКОЛ"}
    assert found(read) == []


def test_a_title_in_the_line_after_its_number_belongs_to_it() -> None:
    form = Form()
    form.line("Раздел 1")
    form.line("Документи", bold=True)
    form.table(["Заповед", YES_NO])
    assert titles(form.read()) == [("1", "Документи", 1)]


def test_instructions_numbered_under_a_heading_are_no_sections() -> None:
    form = Form()
    form.line("2. База", bold=True)
    form.line("1. Огледът се прави в присъствието на директора.")
    form.line("2. Снимките се прилагат.")
    form.table(["Зали", YES_NO])
    assert titles(form.read()) == [("2", "База", 1)]


def test_the_nearest_of_headings_within_headings_is_the_section_and_those_above_are_reported() -> None:
    form = Form()
    form.line("3. Качество", bold=True)
    form.line("3.1. Вътрешна система")
    form.table(["Правила", YES_NO])
    form.line("3.2. Архив")
    form.table(["Опис", YES_NO])
    read = form.read()
    assert titles(read) == [("3.1", "Вътрешна система", 1), ("3.2", "Архив", 1)]
    assert quoted(read, "heading_without_rows").text == "3. Качество"


def test_numbers_counted_by_word_are_the_numbers_of_sections_and_items() -> None:
    form = Form()
    for title in ("Документи", "База"):
        form.line(title, style="List Number")
        table = form.table(["", "Заповед", YES_NO], ["", "План", YES_NO])
        for row in table.rows:
            row.cells[0].paragraphs[0].style = form.document.styles["List Number 2"]
    read = form.read()
    assert titles(read) == [("1", "Документи", 2), ("2", "База", 2)]
    assert [item.number for item in read.items] == ["1", "2", "3", "4"]


def test_lists_count_on_through_the_document_and_anew_under_each_heading() -> None:
    numbers = Numbers.read(ElementTree.fromstring(LISTS))
    places = [
        ("1", 0),
        ("1", 1),
        ("1", 1),
        ("2", 0),
        ("2", 1),
        ("2", 2),
        ("2", 2),
        ("3", 0),
        ("1", 0),
        ("9", 0),
        ("0", 0),
    ]
    printed = [numbers.next(*place).number for place in places]
    assert printed == ["I.", "I.1.", "I.2.", "II.", "II.1.", "а)", "б)", "I.", "III.", "", ""]


def test_a_section_without_items_stays_when_it_is_numbered() -> None:
    form = Form()
    form.line("1. Документи")
    form.table(["Заповед", YES_NO])
    form.line("2. Допълнителни документи")
    form.table(["", ""], ["Коментар: …"])
    read = form.read()
    assert titles(read) == [("1", "Документи", 1), ("2", "Допълнителни документи", 0)]
    assert found(read) == [("blank_row", 2, 1), ("comment_without_items", 2, 2)]


def test_a_table_that_goes_on_after_a_plain_line_stays_in_its_section() -> None:
    form = Form()
    form.line("1. Документи", bold=True)
    form.table(["Показател", "Да/Не"], ["Заповед", YES_NO])
    form.line("продължение")
    form.table(["План", YES_NO])
    assert titles(form.read()) == [("1", "Документи", 2)]


def test_numbered_rows_across_a_table_open_sections_and_others_are_kept_as_guidance() -> None:
    form = Form()
    form.table(
        ["№", "Показател", "Да", "Не"],
        ["I. Документи"],
        ["1", "Заповед", "☐", "☐"],
        ["За персонала"],
        ["2", "Списък", "☐", "☐"],
        ["II. База"],
        ["3", "Зали", "☐", "☐"],
    )
    read = form.read()
    assert titles(read) == [("I", "Документи", 2), ("II", "База", 1)]
    assert [dict(item.guidance) for item in read.items] == [{}, {"bg": "За персонала"}, {}]
    assert found(read) == [("row_across", 1, 4)]


def comments(form: Form, language: str = "bg") -> list[tuple[str, ...]]:
    return [item.comment_required_on for item in form.read(language).items]


def test_a_comment_row_serves_the_items_above_it_since_the_one_before() -> None:
    form = Form()
    form.line("1. Документи", bold=True)
    form.table(
        ["Заповед", YES_NO],
        ["Коментар: …"],
        ["План", YES_NO],
        ["Протокол", YES_NO],
        ["Коментари относно:\nдатата\n…\nподписите\n..."],
        ["Опис", YES_NO],
    )
    form.line("2. База", bold=True)
    form.table(["Зали", YES_NO], ["Забележка:", ""])
    read = form.read()
    assert comments(form) == [("no",), ("no",), ("no",), (), ("no",)]
    assert [item.guidance.get("bg", "") for item in read.items] == [
        "",
        "датата\nподписите",
        "датата\nподписите",
        "",
        "",
    ]
    assert found(read) == []


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Коментар:", ("no",)),
        ("Констатации:", ("no",)),
        ("Коментар (при отговор „Да“):", ("yes",)),
        ("Коментар (задължителен при „Не“ и „Н/П“): …", ("no", "na")),
        ("Обосновка – задължително:", ("yes", "no", "na")),
        ("Забележка (при необходимост)", ("no",)),
        ("Comment, if No", ("no",)),
    ],
)
def test_a_comment_is_required_on_the_answers_the_row_names(words: str, codes: tuple[str, ...]) -> None:
    form = Form()
    labels = "Yes ☐ No ☐ N/A ☐" if words.startswith("Comment") else "Да ☐ Не ☐ Н/П ☐"
    form.table(["Заповед", labels], [words])
    assert comments(form) == [codes]


def test_an_answer_within_another_is_not_taken_for_it() -> None:
    answers = (Answer("yes", {"bg": "Съответства"}), Answer("no", {"bg": "Не съответства"}))
    assert comment_asked_on("Коментар при „Не съответства“", answers) == ("no",)
    assert comment_asked_on("Коментар при „Съответства“", answers) == ("yes",)


def test_a_comment_row_over_answers_without_a_no_is_reported() -> None:
    form = Form()
    form.table(["Архив", "☐ пълен ☐ непълен"], ["Коментар:"])
    assert comments(form) == [()]
    assert found(form.read()) == [("comment_without_answer", 1, 2)]


def test_a_comment_column_serves_its_rows() -> None:
    form = Form()
    form.table(["Nr.", "Cerința", "Da", "Nu", "N.A.", "Observații"], ["1.", "Regulament", "☐", "☐", "☐", ""])
    read = form.read("ro")
    assert items(read) == [("Regulament", ["Da", "Nu", "N.A."])]
    assert comments(form, "ro") == [("no",)]
    assert found(read) == []


def test_a_question_that_begins_with_comments_is_an_item() -> None:
    form = Form()
    form.table(["Показател", "Да/Не"], ["Коментари на потребителите се събират", ""])
    assert items(form.read()) == [("Коментари на потребителите се събират", ["Да", "Не"])]


def test_a_comment_line_after_a_table_serves_it() -> None:
    form = Form()
    form.table(["Заповед", YES_NO])
    form.line("Коментар: ………………………")
    assert comments(form) == [("no",)]


def test_a_header_repeated_by_hand_is_no_item() -> None:
    form = Form()
    form.table(["Показател", "Да/Не"], ["Заповед", YES_NO], ["Показател", "Да/Не"], ["План", YES_NO])
    assert items(form.read()) == [("Заповед", ["Да", "Не"]), ("План", ["Да", "Не"])]


def test_a_header_of_two_lines_is_read() -> None:
    form = Form()
    table = form.table(
        ["Показател", "Отговор", "", "Основание"], ["", "Да", "Не", ""], ["План", "", "", "чл. 5, ал. 1 от ЗПОО"]
    )
    table.cell(0, 1).merge(table.cell(0, 2))
    read = form.read()
    assert items(read) == [("План", ["Да", "Не"])]
    assert read.items[0].legal_basis == "чл. 5, ал. 1 от ЗПОО"


def test_a_question_merged_over_rows_gets_the_answers_of_all_of_them() -> None:
    form = Form()
    table = form.table(["Заповед", "Да ☐"], ["", "Не ☐"], ["План", YES_NO])
    table.cell(0, 0).merge(table.cell(1, 0))
    assert items(form.read()) == [("Заповед", ["Да", "Не"]), ("План", ["Да", "Не"])]


def test_a_question_merged_over_rows_with_answers_of_their_own_is_repeated_and_reported() -> None:
    form = Form()
    table = form.table(["Заповед", YES_NO], ["", YES_NO])
    table.cell(0, 0).merge(table.cell(1, 0))
    read = form.read()
    assert items(read) == [("Заповед", ["Да", "Не"])] * 2
    assert len({item.key for item in read.items}) == 2
    assert found(read) == [("merged_label", 1, 2)]


def test_an_answer_merged_over_rows_belongs_to_the_first_and_is_reported() -> None:
    form = Form()
    table = form.table(["Заповед", YES_NO], ["и нейните приложения", ""])
    table.cell(0, 1).merge(table.cell(1, 1))
    read = form.read()
    assert items(read) == [("Заповед", ["Да", "Не"])]
    assert read.items[0].guidance == {"bg": "и нейните приложения"}
    assert found(read) == [("merged_answer", 1, 2)]


def test_an_answer_merged_over_rows_under_a_header_makes_no_second_item() -> None:
    form = Form()
    table = form.table(["Показател", "Да/Не"], ["Заповед", ""], ["и нейните приложения", ""])
    table.cell(1, 1).merge(table.cell(2, 1))
    read = form.read()
    assert items(read) == [("Заповед", ["Да", "Не"])]
    assert found(read) == [("answers_from_header", 1, 2), ("merged_answer", 1, 3)]


def test_a_group_merged_beside_its_rows_is_kept_with_each() -> None:
    form = Form()
    table = form.table(["Персонал", "Списък", YES_NO], ["", "Договори", YES_NO])
    table.cell(0, 0).merge(table.cell(1, 0))
    read = form.read()
    assert items(read) == [("Списък", ["Да", "Не"]), ("Договори", ["Да", "Не"])]
    assert [item.guidance for item in read.items] == [{"bg": "Персонал"}] * 2


def test_answers_in_a_table_within_the_cell_are_read_and_reported() -> None:
    form = Form()
    table = form.table(["Заповед", ""])
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Да ☐", "Не ☐"
    read = form.read()
    assert items(read) == [("Заповед", ["Да", "Не"])]
    assert found(read) == [("nested_table", 1, 1)]


def test_a_table_that_is_only_a_frame_is_looked_into() -> None:
    form = Form()
    frame = form.document.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].add_run("1. Документи").bold = True
    inner = frame.add_table(2, 2)
    for row, label in enumerate(("Заповед", "План")):
        inner.cell(row, 0).text, inner.cell(row, 1).text = label, YES_NO
    read = form.read()
    assert titles(read) == [("1", "Документи", 2)]
    assert found(read) == [("nested_table", 1, 1)]


def test_rows_and_cells_in_content_controls_are_seen() -> None:
    form = Form()
    table = form.table(["Заповед", ""], ["План", YES_NO])
    cell = table.cell(0, 1)
    insert(cell, text("Да ") + old_box() + text(" Не ") + old_box())
    for part in (cell._tc, table.rows[1]._tr):
        _wrap(part)
    assert items(form.read()) == [("Заповед", ["Да", "Не"]), ("План", ["Да", "Не"])]


def _wrap(part: object) -> None:
    from docx.oxml import OxmlElement

    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    part.addprevious(control)  # type: ignore[attr-defined]
    control.append(content)
    content.append(part)


def test_tracked_changes_are_taken_as_done_and_reported() -> None:
    form = Form()
    table = form.table(["Заповед", YES_NO])
    insert(table.cell(0, 0), f'<w:ins w:id="1" w:author="x">{text(" и план")}</w:ins>')
    insert(table.cell(0, 0), '<w:del w:id="2" w:author="x"><w:r><w:delText> и опис</w:delText></w:r></w:del>')
    read = form.read()
    assert items(read) == [("Заповед и план", ["Да", "Не"])]
    assert found(read) == [("tracked_insertion", 1, 1), ("tracked_deletion", 1, 1)]


def test_what_stands_outside_the_text_is_reported() -> None:
    form = Form()
    form.document.sections[0].header.paragraphs[0].text = "АГЕНЦИЯ"
    form.document.sections[0].footer.paragraphs[0].text = "2"
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>печат</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    insert(form.line("Преди таблицата"), box)
    table = form.table(["Заповед", YES_NO])
    insert(table.cell(0, 0), box + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    form.line("Подпис: Да ☐")
    form.line("1. ………………………………")
    read = form.read()
    assert items(read) == [("Заповед", ["Да", "Не"])]
    assert found(read) == [
        ("text_box", 1, 1),
        ("footnote", 1, 1),
        ("text_box", None, None),
        ("boxes_outside_table", None, None),
        ("fill_in", None, None),
        ("header", None, None),
    ]
    assert quoted(read, "fill_in").text == "Подпис: Да ☐"


def test_a_long_question_keeps_its_lines_without_spare_spaces() -> None:
    form = Form()
    table = form.table(["", YES_NO])
    table.cell(0, 0).text = "Правилник,   който съдържа:\n\n а) управление;\n"
    table.cell(0, 0).paragraphs[0].paragraph_format.space_after = Pt(3)
    assert items(form.read()) == [("Правилник, който съдържа:\nа) управление;", ["Да", "Не"])]


def test_keys_stay_when_the_form_is_rearranged() -> None:
    def keys(*rows: str) -> dict[str, str]:
        form = Form()
        form.line("1. Документи", bold=True)
        form.table(*([row, YES_NO] for row in rows))
        return {item.label["bg"]: item.key for item in form.read().items}

    before, after = keys("Заповед", "План"), keys("Опис", "План", "Заповед")
    assert {label: after[label] for label in before} == before
    assert len(set(after.values())) == 3


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1. Документи", "1"),
        ("2.1.3. База", "2.1.3"),
        ("2.1 База", "2.1"),
        ("ІV. Персонал", "ІV"),
        ("Раздел II: Персонал", "II"),
        ("Secțiunea 4 – Personal", "4"),
        ("3) Архив", "3"),
        ("12 месеца", None),
        ("22.11.2026 г.", None),
        ("Документи", None),
    ],
)
def test_typed_numbers_are_told_from_dates_and_counts(text: str, number: str | None) -> None:
    typed = typed_number(text)
    assert (typed.number if typed else None) == number


def test_articles_in_a_question_are_its_legal_basis() -> None:
    words = "Правилник (чл. 49б, ал. 2, т. 5 от ЗПОО и  чл. 23, ал. 4, т. 3 от ПДНАПОО), който"
    assert legal_basis(words) == "чл. 49б, ал. 2, т. 5 от ЗПОО; чл. 23, ал. 4, т. 3 от ПДНАПОО"
    assert legal_basis("Regulament (art. 12 alin. (2))") == "art. 12 alin. (2)"
    assert legal_basis("Правилник") == ""
