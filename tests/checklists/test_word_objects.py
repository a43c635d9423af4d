"""The objects of the check become a choice; merge fields are listed with the record field they mean."""

import pytest

from procedures.checklists.word.bindings import FIELDS
from procedures.checklists.word.objects import is_objects_heading, section_numbers
from qms.people.models import Organisation
from tests.checklists.forms import (
    YES_NO,
    Form,
    control_box,
    found,
    insert,
    items,
    merge_field,
    objects,
    old_box,
    quoted,
    text,
    titles,
)
from workflows.inspections.models import Inspection, Measure


def with_sections(form: Form) -> Form:
    for number, title in enumerate(("Документи", "База", "Персонал"), 1):
        form.line(f"{number}. {title}", bold=True)
        form.table([f"Въпрос {number}", YES_NO])
    return form


def test_boxed_lines_after_the_heading_are_objects_with_the_sections_they_name() -> None:
    form = Form()
    form.line("ОБЕКТ НА ПРОВЕРКАТА:", bold=True)
    for box, words in (
        (old_box(), " Документи на центъра (раздел 1);"),
        (control_box(), " База и персонал – раздели 2 и 3;"),
        (text("☐"), " Всички изисквания на чл. 31, ал. 3, т. 2 от Правилника;"),
        (text("☐"), " Цялостна проверка, раздели 1–3."),
    ):
        insert(form.line(""), box + text(words))
    form.line("(Записва се обектът на проверката съгласно заповедта)")
    form.line("НАЧИН НА ИЗВЪРШВАНЕ", bold=True)
    read = with_sections(form).read()
    assert objects(read) == [
        ("Документи на центъра (раздел 1)", ["1"]),
        ("База и персонал – раздели 2 и 3", ["2", "3"]),
        ("Всички изисквания на чл. 31, ал. 3, т. 2 от Правилника", []),
        ("Цялостна проверка, раздели 1–3", ["1", "2", "3"]),
    ]
    assert len(titles(read)) == 3
    assert found(read) == []


def test_listed_lines_after_the_heading_are_objects_when_there_are_no_boxes() -> None:
    form = Form()
    form.line("Обект на проверката:", bold=True)
    form.line("Дейността в периода от ….. г.", style="List Number")
    form.line("Книги и дневници", style="List Number")
    form.line("Констатирано е:", bold=True)
    form.line("1. ……………", bold=False)
    assert objects(form.read()) == [("Дейността в периода от ….. г.", []), ("Книги и дневници", [])]


def test_objects_in_one_line_are_told_apart() -> None:
    form = Form()
    form.line("Obiectul controlului: ☐ documente ☐ spații ☐ personal")
    assert objects(form.read("ro")) == [("documente", []), ("spații", []), ("personal", [])]


def test_objects_in_a_table_take_the_sections_of_their_cell() -> None:
    form = Form()
    form.line("Обект на проверката:", bold=True)
    form.table(["№", "Обект", "Раздели"], ["1", "☐ Документи", "1"], ["2", "☐ База и персонал", "2, 3"])
    read = with_sections(form).read()
    assert objects(read) == [("Документи", ["1"]), ("База и персонал", ["2", "3"])]
    assert [label for label, _answers in items(read)] == ["Въпрос 1", "Въпрос 2", "Въпрос 3"]


def test_objects_in_a_row_of_a_table_are_no_item() -> None:
    form = Form()
    form.table(["Обект на проверката:", "☐ Документи\n☐ База"], ["Вид", "☐ планова ☐ извънпланова"])
    read = form.read()
    assert objects(read) == [("Документи", []), ("База", [])]
    assert items(read) == [("Вид", ["планова", "извънпланова"])]


def test_an_object_that_names_an_unknown_section_is_reported() -> None:
    form = Form()
    form.line("Обект на проверката:")
    form.line("☐ База (раздел 7)")
    read = with_sections(form).read()
    assert objects(read) == [("База (раздел 7)", [])]
    assert quoted(read, "object_names_unknown_section").text == "База (раздел 7)"


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("ОБЕКТ НА ПРОВЕРКАТА: ", True),
        ("В. Обект на проверката:", True),
        ("Обекти на контрола", True),
        ("Obiectul verificării:", True),
        ("Object of the inspection:", True),
        ("(Записва се обекта на проверката съгласно заповедта за проверка)", False),
        ("Обектът на проверката се вписва от експерта", False),
        ("Обхват на проверката:", False),
    ],
)
def test_only_the_heading_itself_opens_the_list(text: str, is_heading: bool) -> None:
    assert is_objects_heading(text) == is_heading


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("раздел 1", ["1"]),
        ("раздели 1, 2 и 4", ["1", "2", "4"]),
        ("т. 2 – т. 4", ["2", "3", "4"]),
        ("secțiunile 1 și 3", ["1", "3"]),
        ("sections 2 to 4", ["2", "3", "4"]),
        ("Раздел II", ["II"]),
        ("чл. 49б, ал. 2, т. 5 от ЗПОО", []),
        ("документи на партньорите 2", []),
    ],
)
def test_named_sections_are_counted_and_articles_are_not(words: str, numbers: list[str]) -> None:
    assert section_numbers(words) == numbers


def test_merge_fields_are_listed_once_and_bound_where_a_record_field_is_meant() -> None:
    form = Form()
    insert(
        form.line("Заповед № "),
        merge_field(" MERGEFIELD  Official", "_number  \\* MERGEFORMAT ", shown="«Official_number»"),
    )
    insert(form.line("от "), merge_field(' MERGEFIELD "ControlStartDate" '))
    insert(form.line("пак "), merge_field(" MERGEFIELD  Official_number2  \\* MERGEFORMAT "))
    simple = '<w:fldSimple w:instr=" MERGEFIELD  LicenceNumber "><w:r><w:t>«LicenceNumber»</w:t></w:r></w:fldSimple>'
    insert(form.line("лицензия "), simple)
    form.line("екип: «Experts» и {{ leader }}, по „«Заглавие»“")
    form.document.sections[0].header.paragraphs[0].text = "«Official_number»"
    insert(form.document.sections[0].footer.paragraphs[0], merge_field(" MERGEFIELD CompanyName "))
    read = form.read()
    assert [(field.name, field.bound_to) for field in read.merge_fields] == [
        ("Official_number", "inspection.order_number"),
        ("ControlStartDate", "inspection.began_at"),
        ("Official_number2", "inspection.order_number"),
        ("LicenceNumber", None),
        ("Experts", "inspection.team"),
        ("leader", "inspection.leader"),
        ("CompanyName", "inspection.object_name"),
    ]
    assert items(read) == []
    assert read.sections == ()


@pytest.mark.parametrize("bound", sorted(FIELDS))
def test_every_binding_names_a_real_field(bound: str) -> None:
    record, _dot, name = bound.partition(".")
    model = {"inspection": Inspection, "measure": Measure, "organisation": Organisation}[record]
    assert hasattr(model, name)


def test_a_merge_field_in_a_question_stays_in_its_words() -> None:
    form = Form()
    table = form.table(["", YES_NO])
    insert(table.cell(0, 0), text("Дейност от ") + merge_field(" MERGEFIELD DateFrom ") + text(" г."))
    assert items(form.read()) == [("Дейност от «DateFrom» г.", ["Да", "Не"])]


def test_the_condition_of_a_field_is_not_printed() -> None:
    form = Form()
    table = form.table(["", YES_NO])
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    condition = (
        f"<w:r><w:instrText> IF </w:instrText></w:r>{merge_field(' MERGEFIELD Kind ', shown='план')}{text('скрито')}"
    )
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    insert(table.cell(0, 0), text("Заповед ") + begin + condition + separate + text("и план") + end)
    read = form.read()
    assert items(read) == [("Заповед и план", ["Да", "Не"])]
    assert [field.name for field in read.merge_fields] == ["Kind"]


def test_a_field_that_shows_another_name_than_its_own_is_reported() -> None:
    form = Form()
    table = form.table(["Концепция", ""])
    insert(table.cell(0, 1), merge_field(" MERGEFIELD  1.  \\* MERGEFORMAT ", shown="«1.1»"))
    read = form.read()
    assert [field.name for field in read.merge_fields] == ["1."]
    assert found(read, "placeholder_differs") == [("placeholder_differs", 1, 1)]
    assert quoted(read, "placeholder_differs").text == "«1.1» ≠ 1."


def test_a_document_without_items_gives_its_merge_fields_and_no_sections() -> None:
    form = Form()
    form.line("1. Уведомление", bold=True)
    form.table(["Изх. №", "..."])
    insert(form.line("До "), merge_field(" MERGEFIELD City "))
    read = form.read()
    assert (read.sections, [field.name for field in read.merge_fields]) == ((), ["City"])
    assert found(read) == [("row_without_answers", 1, 1)]
