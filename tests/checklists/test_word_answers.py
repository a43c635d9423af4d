"""Answers are taken exactly as printed, in whatever way the form draws its boxes."""

import pytest

from procedures.checklists.word.answers import Boxed, around_boxes, as_answers, code_of, kind_of, printed_words
from tests.checklists.forms import (
    YES_NO,
    Form,
    control_box,
    found,
    insert,
    items,
    letter_box,
    old_box,
    symbol_box,
    symbol_field,
    text,
)

BOXES = [old_box(), control_box(), symbol_box(), letter_box(), symbol_field()]


@pytest.mark.parametrize("box", [*BOXES, *(text(sign) for sign in ("□", "❑", "[ ]", "[  ]", "( )", "|__|", "○"))])
def test_a_box_of_any_kind_is_a_box(box: str) -> None:
    form = Form()
    form.line("1. Документи", bold=True)
    table = form.table(["Заповед", ""], ["Протокол", ""])
    insert(table.cell(0, 1), text("Да ") + box + text("   Не ") + box)
    insert(table.cell(1, 1), box + text(" Да  ") + box + text(" Не  ") + box + text(" Неприложимо"))
    read = form.read()
    assert items(read) == [("Заповед", ["Да", "Не"]), ("Протокол", ["Да", "Не", "Неприложимо"])]
    assert found(read) == []


@pytest.mark.parametrize("box", [old_box(ticked=True), control_box(ticked=True), text("☒"), text("☑"), text("[x]")])
def test_a_box_ticked_in_the_form_is_a_box_and_is_reported(box: str) -> None:
    form = Form()
    table = form.table(["Заповед", ""])
    insert(table.cell(0, 1), text("Да ") + box + text(" Не ☐"))
    read = form.read()
    assert items(read) == [("Заповед", ["Да", "Не"])]
    assert found(read) == [("box_already_ticked", 1, 1)]


@pytest.mark.parametrize(
    ("printed", "before", "labels", "after"),
    [
        ("Да  ☐     Не  ☐ ", "", ("Да", "Не"), ""),
        ("Да  ☐\nНе  ☐ ", "", ("Да", "Не"), ""),
        ("☐ Да ☐ Не", "", ("Да", "Не"), ""),
        ("☐Да\n☐Не\n☐Н/П", "", ("Да", "Не", "Н/П"), ""),
        ("ДА ☐/ НЕ ☐ / Н.П. ☐", "", ("ДА", "НЕ", "Н.П."), ""),
        ("Da ☐ Nu ☐ N.A. ☐", "", ("Da", "Nu", "N.A."), ""),
        ("Има архив: Да ☐ Не ☐", "Има архив", ("Да", "Не"), ""),
        ("Има архив ☐ да ☐ не", "Има архив", ("да", "не"), ""),
        ("Има архив\nпълен ☐ частичен ☐", "Има архив", ("пълен", "частичен"), ""),
        ("Да ☐ Не ☐ (виж т. 5)", "", ("Да", "Не"), "(виж т. 5)"),
        ("☐ планова ☐ извънпланова", "", ("планова", "извънпланова"), ""),
        ("Не съответства ☐ Съответства ☐", "", ("Не съответства", "Съответства"), ""),
        ("☐", "", ("",), ""),
    ],
)
def test_words_around_boxes_are_told_apart(printed: str, before: str, labels: tuple[str, ...], after: str) -> None:
    assert around_boxes(printed) == Boxed(before, labels, after)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Да/ Не", ["Да", "Не"]),
        ("Да Не", ["Да", "Не"]),
        ("ДА / НЕ / НЕПРИЛОЖИМО", ["ДА", "НЕ", "НЕПРИЛОЖИМО"]),
        ("Da / Nu / Nu se aplică", ["Da", "Nu", "Nu se aplică"]),
        ("Yes/No/N/A", ["Yes", "No", "N/A"]),
        ("Да ___ Не ___", ["Да", "Не"]),
        ("Съответства или не съответства", ["Съответства", "не съответства"]),
        ("", []),
        ("Данни", []),
        ("Да се провери", []),
        ("Нежилищна", []),
    ],
)
def test_a_cell_of_answers_has_nothing_but_answers(printed: str, words: list[str]) -> None:
    assert printed_words(printed) == words


def test_known_answers_have_codes_and_others_are_counted() -> None:
    labels = ["Да", "НЕ", "Частично съответства", "Н/П", "Nu este cazul", "Îndeplinită", "добро"]
    assert [code_of(label) for label in labels] == ["yes", "no", "partly", "na", "na", "yes", ""]
    assert [answer.code for answer in as_answers(["Да", "Не", "По-късно"], "bg")] == ["yes", "no", "a3"]
    assert [answer.code for answer in as_answers(["Да", "Налично", "Не"], "bg")] == ["a1", "a2", "no"]
    assert kind_of(as_answers(["Да", "Не", "Н/П"], "bg")) == "yes_no"
    assert kind_of(as_answers(["Да", "Не", "По-късно"], "bg")) == "choice"
    assert kind_of(as_answers(["планова", "извънпланова"], "bg")) == "choice"


def test_not_applicable_is_offered_only_where_it_is_printed() -> None:
    form = Form()
    form.table(
        ["№", "Изискване", "Да", "Не", "Неприложимо"], ["1", "Заповед", "☐", "☐", ""], ["2", "План", "☐", "☐", "☐"]
    )
    read = form.read()
    assert items(read) == [("Заповед", ["Да", "Не"]), ("План", ["Да", "Не", "Неприложимо"])]
    assert [item.number for item in read.items] == ["1", "2"]
    assert found(read) == [("box_not_printed", 1, 2)]


def test_a_blank_answer_cell_takes_the_answers_of_the_header_and_is_reported() -> None:
    form = Form()
    form.table(["Показател", "Да/ Не"], ["Данни", " "], ["Правилник", "Да ☐ Не ☐ Н/П ☐"])
    read = form.read()
    assert items(read) == [("Данни", ["Да", "Не"]), ("Правилник", ["Да", "Не", "Н/П"])]
    assert found(read) == [("answers_from_header", 1, 2)]


def test_blank_columns_take_the_answers_over_them() -> None:
    form = Form()
    form.table(["Cerința", "DA", "NU", "Observații"], ["Regulament", "", "", ""])
    read = form.read("ro")
    assert items(read) == [("Regulament", ["DA", "NU"])]
    assert found(read) == [("answers_from_header", 1, 2)]


def test_a_blank_answer_cell_without_a_header_is_reported_and_makes_no_item() -> None:
    form = Form()
    form.table(["Данни", YES_NO], ["Правилник", ""])
    read = form.read()
    assert items(read) == [("Данни", ["Да", "Не"])]
    assert found(read) == [("blank_answers", 1, 2)]


def test_printed_words_without_boxes_are_answers() -> None:
    form = Form()
    form.table(["Заповед", "Да / Не"], ["План", "Да / Не / Неприложимо"], ["Протокол", "Да", "Не"])
    assert items(form.read()) == [
        ("Заповед", ["Да", "Не"]),
        ("План", ["Да", "Не", "Неприложимо"]),
        ("Протокол", ["Да", "Не"]),
    ]


def test_lone_boxes_take_the_words_of_the_header_over_them_whatever_these_are() -> None:
    form = Form()
    form.table(["Критерий", "Отлично", "Добре", "Слабо"], ["Архив", "☐", "☐", "☐"])
    read = form.read()
    assert items(read) == [("Архив", ["Отлично", "Добре", "Слабо"])]
    assert read.items[0].kind == "choice"


def test_a_drop_down_list_is_a_choice() -> None:
    form = Form()
    table = form.table(["Архив", ""], ["База", ""])
    control = "".join(f'<w:listItem w:displayText="{word}" w:value="{word}"/>' for word in ("пълен", "непълен"))
    insert(
        table.cell(0, 1),
        f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="Изберете"/>{control}</w:dropDownList></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>Изберете</w:t></w:r></w:sdtContent></w:sdt>",
    )
    insert(
        table.cell(1, 1),
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="добра"/>'
        '<w:listEntry w:val="лоша"/>'
        "</w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    assert items(form.read()) == [("Архив", ["пълен", "непълен"]), ("База", ["добра", "лоша"])]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Заповед", "☐ ☐"], "boxes_without_answers"),
        (["Заповед", "Да ☐ Не ☐ Да ☐ Не ☐"], "repeated_answers"),
        (["", YES_NO], "label_missing"),
        (["Заповед", "виж приложението"], "row_without_answers"),
        (["", ""], "blank_row"),
    ],
)
def test_a_row_that_is_not_understood_is_reported_with_table_and_row(row: list[str], code: str) -> None:
    form = Form()
    form.table(["План", YES_NO], row)
    read = form.read()
    assert items(read) == [("План", ["Да", "Не"])]
    assert found(read) == [(code, 1, 2)]


def test_words_in_an_answer_cell_that_are_no_answers_are_reported() -> None:
    form = Form()
    form.table(["Показател", "Да/Не"], ["План", YES_NO], ["Заповед", "виж т. 5"])
    read = form.read()
    assert items(read) == [("План", ["Да", "Не"])]
    assert found(read) == [("answer_not_understood", 1, 3)]


def test_words_beside_the_answers_are_kept_as_guidance_and_reported() -> None:
    form = Form()
    form.table(["План", "Да ☐ Не ☐ (за 2026 г.)"])
    read = form.read()
    assert items(read) == [("План", ["Да", "Не"])]
    assert read.items[0].guidance == {"bg": "(за 2026 г.)"}
    assert found(read) == [("text_beside_answers", 1, 1)]
