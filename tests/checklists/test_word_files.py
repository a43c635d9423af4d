"""Files that are no form are refused; real forms of a Bulgarian agency are read as a person reads them.

The expectations of the real forms were written from their pages, not from the reader's own output.
"""

import functools
import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from procedures.checklists.importing import as_printed, read_form, title_of
from procedures.checklists.structure import Checklist, canonical_bytes
from qms.evidence.sandbox import ForeignFileRefused
from tests.checklists.forms import YES_NO, Form, found, items, objects, titles

FAMILY = Path(__file__).resolve().parents[3] / "shared" / "data" / "docx" / "bg-is-napoo"
needs_family = pytest.mark.skipif(not FAMILY.is_dir(), reason="the real forms are not here")
PROTOCOL = "CIPOApplicationPK/Приложение 2 - Констативен протокол - ПК - ЦИПО.docx"
ORDER, LETTER, EXPERTS = (
    "CIPOApplicationPK/Приложение 1 - заповед ПК.docx",
    "CIPOApplicationPK/Приложение 3 - Писмо до ЦИПО.docx",
    "CIPOApplicationPK/Приложение 4 - Доклад експерти.docx",
)
LICENCE = "CIPOLicensing/CIPOApplication1/Form_CIPO-JV-14.06.docx"
JOBS = "CIPOJobOrganizing/CIPOJobApplication1/Form_CIPO-JV-14.06.docx"
SCORES = "CIPOLicensing/CIPO_Application11/Prilojenie 11 - doklad BE_.docx"


@functools.cache
def real(name: str) -> Checklist:
    path = FAMILY / name
    return read_form(path.read_bytes(), path.name, "bg")


def changed(**parts: bytes | None) -> bytes:
    """A small good form with parts replaced (document_xml=…) or left out (None)."""
    form = Form()
    form.table(["Заповед", YES_NO])
    names = {
        "document": "word/document.xml",
        "types": "[Content_Types].xml",
        "rels": "_rels/.rels",
        "macros": "word/vbaProject.bin",
    }
    wanted = {names[part]: content for part, content in parts.items()}
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form.save())) as good, zipfile.ZipFile(data, "w") as bad:
        for name in good.namelist():
            content = wanted.pop(name, good.read(name))
            if content is not None:
                bad.writestr(name, content)
        for name, content in wanted.items():
            bad.writestr(name, content or b"")
    return data.getvalue()


def types_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("[Content_Types].xml")


MACRO_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"just words", "not_a_package"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_format"),
        (changed(types=None), "not_word"),
        (changed(document=None), "not_word"),
        (changed(document=b"<w:document/>"), "broken_xml"),
        (changed(document=b"<document/>"), "not_word"),
        (changed(document=b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'), "entities"),
        (changed(macros=b"x"), "macros"),
        (changed(types=types_of(changed()).replace(WORD_TYPE, MACRO_TYPE)), "macros"),
        (changed(types=types_of(changed()).replace(WORD_TYPE, SHEET_TYPE)), "not_word"),
    ],
)
def test_a_file_that_is_no_such_document_is_refused_with_one_line(data: bytes, code: str) -> None:
    with pytest.raises(ForeignFileRefused) as refused:
        read_form(data, "form.docx", "bg")
    assert refused.value.code == code
    assert "\n" not in str(refused.value)


def test_a_document_nested_without_end_is_refused() -> None:
    depth = 3_000
    body = b'<w:document xmlns:w="urn:w"><w:body>' + b"<w:tbl><w:tr><w:tc>" * depth
    with pytest.raises(ForeignFileRefused) as refused:
        read_form(
            changed(document=body + b"</w:tc></w:tr></w:tbl>" * depth + b"</w:body></w:document>"), "a.docx", "bg"
        )
    assert refused.value.code == "too_complex"


def test_more_questions_than_a_checklist_has_are_refused() -> None:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in ("Въпрос", YES_NO))
    row = f"<w:tr>{cells}</w:tr>"
    body = f'<w:document xmlns:w="urn:w"><w:body><w:tbl>{row * 2_001}</w:tbl></w:body></w:document>'
    with pytest.raises(ForeignFileRefused) as refused:
        read_form(changed(document=body.encode()), "form.docx", "bg")
    assert refused.value.code == "too_complex"
    fewer = body.replace(row, "", 1).encode()
    assert len(read_form(changed(document=fewer), "form.docx", "bg").items) == 2_000


def test_a_good_form_under_another_name_is_refused() -> None:
    with pytest.raises(ForeignFileRefused):
        read_form(changed(), "form.docm", "bg")


def test_the_same_file_gives_the_same_bytes() -> None:
    once, again = (read_form(changed(), "form.docx", "bg") for _time in range(2))
    assert canonical_bytes(once) == canonical_bytes(again)
    assert title_of(once, "here/form.docx") == "form"


def test_the_reader_needs_no_django() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import procedures.checklists.word.form; print(*sys.modules)"
    root = str(Path(__file__).resolve().parents[2])
    loaded = subprocess.run([sys.executable, "-I", "-c", code, root], capture_output=True, text=True, check=True).stdout
    assert "procedures.checklists.word.form" in loaded
    assert not [name for name in loaded.split() if name.split(".")[0] in ("django", "lxml", "docx")]


def test_a_strict_document_is_read_as_well() -> None:
    def strict(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                text = old.read(name).replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                new.writestr(name, text.replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                ))  # fmt: skip
        return out.getvalue()

    assert items(read_form(strict(changed()), "form.docx", "bg")) == [("Заповед", ["Да", "Не"])]


@needs_family
def test_the_findings_protocol_has_its_sections_and_items() -> None:
    read = real(PROTOCOL)
    beginnings = [(number, title[:18], count) for number, title, count in titles(read)]
    assert beginnings == [
        ("1", "Актуалност и пълно", 2),
        ("2", "Извършване на дейн", 9),
        ("3", "Поддържане на вътр", 9),
        ("4", "Система за съхране", 6),
        ("5", "Изпълнение на изис", 3),
        ("6", "Осигуряване на мат", 1),
        ("7", "Осигуряване на дей", 1),
        ("8", "Допълнително изиск", 0),
    ]
    labels = [label for label, _answers in items(read)]
    assert labels[2:11] == [
        "Информиране",
        "Консултиране",
        "Оценка на случай",
        "Активиране и мотивиране",
        "Психологическо подпомагане",
        "Група за взаимопомощ",
        "Застъпничество",
        "Управление на таланта",
        "Менторство",
    ]
    assert labels[1].startswith("Правилник за устройството и дейността на ЦИПО (чл. 49б")
    assert labels[1].count("\n") == 8  # а) to з)
    assert read.title == {"bg": "КОНСТАТИВЕН ПРОТОКОЛ ОТ ИЗВЪРШЕН ПОСЛЕДВАЩ КОНТРОЛ"}


@needs_family
def test_the_findings_protocol_prints_yes_and_no_everywhere_and_a_comment_row_under_each_table() -> None:
    printed = as_printed(real(PROTOCOL))
    all_items = [item for section in printed["sections"] for item in section["items"]]
    assert len(all_items) == 31
    assert {tuple(item["answers"]) for item in all_items} == {("Да", "Не")}
    assert {tuple(item["comment_required_on"]) for item in all_items} == {("Не",)}
    guided = [item.guidance.get("bg", "") for item in real(PROTOCOL).items if item.guidance]
    assert guided[0].split("\n")[0] == "Данни за контакт в ИС на НАПОО"
    assert len(guided) == 4  # the first item, and the three of section 5


@needs_family
def test_what_the_findings_protocol_leaves_open_is_reported() -> None:
    read = real(PROTOCOL)
    assert [each for each in found(read) if each[1]] == [
        ("answers_from_header", 1, 2),
        ("blank_row", 8, 1),
        ("comment_without_items", 8, 2),
    ]
    assert found(read, "fill_in", "header", "footer", "boxes_outside_table") == [
        ("fill_in", None, None),  # recommendations
        ("fill_in", None, None),  # signatures
        ("footer", None, None),
        ("header", None, None),
    ]


@needs_family
@pytest.mark.parametrize("name", [PROTOCOL, ORDER, EXPERTS])
def test_protocol_order_and_experts_report_list_the_same_four_objects_for_all_sections(name: str) -> None:
    told = objects(real(name))
    assert [label.split(" ")[0] for label, _sections in told] == ["Дейността", "Актуалност", "Поддържане", "Книги"]
    assert [sections for _label, sections in told] == [[], [], [], []]
    assert not any(label.endswith((";", ":")) for label, _sections in told)


@needs_family
def test_merge_fields_of_the_protocol_are_bound_where_an_inspection_has_them() -> None:
    assert {field.name: field.bound_to for field in real(PROTOCOL).merge_fields} == {
        "Official_number": "inspection.order_number",
        "Official_date": "inspection.order_on",
        "FollowUpControlTypeName": None,
        "NameOwnerGrid": "inspection.object_name",
        "LocationCorrespondence": "inspection.object_address",
        "LicenceNumber": None,
        "ControlTypeName": None,
        "ControlStartDate": "inspection.began_at",
        "ControlEndDate": "inspection.ended_at",
        "DateFrom": "inspection.period_from",
        "DateTo": "inspection.period_to",
        "DeadlinePeriod": "measure.span",
    }


@needs_family
@pytest.mark.parametrize(("name", "fields"), [(ORDER, 9), (LETTER, 12), (EXPERTS, 10), (SCORES, 8)])
def test_documents_without_items_give_their_merge_fields(name: str, fields: int) -> None:
    read = real(name)
    assert (read.items, read.sections, len(read.merge_fields)) == ((), (), fields)


@needs_family
@pytest.mark.parametrize(("name", "sections", "reported"), [(LICENCE, 23, 10), (JOBS, 22, 0)])
def test_the_application_form_has_ten_activities_under_columns_yes_and_no(
    name: str, sections: int, reported: int
) -> None:
    read = real(name)
    assert len(read.sections) == sections
    assert [(number, count) for number, _title, count in titles(read) if count] == [("1.3", 10)]
    assert {tuple(answers) for _label, answers in items(read)} == {("ДА", "НЕ")}
    assert len(found(read, "answers_from_header")) == reported
    assert found(read, "row_across") == [("row_across", 3, 2), ("row_across", 3, 6)]


@needs_family
def test_all_forms_of_the_family_are_read_in_good_time() -> None:
    paths = sorted(FAMILY.rglob("*.docx"))
    assert len(paths) == 32
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    read = {path: read_form(path.read_bytes(), path.name, "bg") for path in paths}
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began < 32 * 0.5
    assert sum(len(each.items) for each in read.values()) == 31 + 31 + 10 + 10
    assert all(each.merge_fields for path, each in read.items() if not path.name.startswith("Form_CIPO"))
