"""The command that brings a form in: a draft revision, the structure in JSON, refusals of one line with status 2."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from procedures.checklists.reading import checklist_from_json
from procedures.documents.lifecycle import State
from procedures.documents.models import Document, Revision
from qms.lifecycle.perform import amend, create, perform
from qms.people.actors import Actor
from qms.people.models import Organisation, Person, RoleAssignment
from qms.people.roles import Role
from qms.trail import clock
from tests.checklists.forms import YES_NO, Form, items


@pytest.fixture
def body(db: None) -> Iterator[Organisation]:
    with clock.at(datetime(2026, 2, 2, 8, 0, tzinfo=UTC)):
        installation = Actor(None, via="installation")
        body = create(Organisation, installation, code="RDSA", name_bg="Дирекция", country="BG", language="bg")
        other = create(Organisation, installation, code="XX", name_en="Other", country="RO", language="en")
        for organisation, name, role in (
            (body, "Ана", Role.AUTHOR),
            (body, "Боян", Role.STAFF),
            (other, "Lia", Role.AUTHOR),
        ):
            email = {"Ана": "ana", "Боян": "boyan", "Lia": "lia"}[name] + "@example.org"
            made = Person(organisation=organisation, email=email, name=name, created_at=clock.now())
            made.save()
            RoleAssignment.unscoped.create(
                organisation=organisation, person=made, role=role, from_on=date(2020, 1, 1), created_at=clock.now()
            )
        yield body


@pytest.fixture
def form(tmp_path: Path) -> Path:
    made = Form()
    made.line("КОНТРОЛЕН ЛИСТ", bold=True)
    made.line("1. Документи", bold=True)
    made.table(["Показател", "Да/Не"], ["Заповед", YES_NO], ["План", ""], ["Коментар:"])
    made.line("По заповед № «Official_number»")
    path = tmp_path / "лист.docx"
    path.write_bytes(made.save())
    return path


def run(file: Path | str, **options: Any) -> tuple[str, str]:
    given = {"organisation": "RDSA", "code": "LV-01", "language": "bg", "by": "ana@example.org"} | options
    out, errors = io.StringIO(), io.StringIO()
    call_command("import_checklist", str(file), **given, stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def refusal(file: Path | str, **options: Any) -> str:
    with pytest.raises(CommandError) as refused:
        run(file, **options)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_form_becomes_a_draft_revision_of_a_new_document(body: Organisation, form: Path) -> None:
    out, errors = run(form)
    document = Document.objects.of(body.pk).get(code="LV-01")
    revision = Revision.objects.of(body.pk).get()
    assert (document.kind, document.title_in("bg")) == ("checklist", "КОНТРОЛЕН ЛИСТ")
    assert (revision.document_id, revision.state, revision.language) == (document.pk, State.DRAFT, "bg")
    assert items(checklist_from_json(revision.content)) == [("Заповед", ["Да", "Не"]), ("План", ["Да", "Не"])]
    assert revision.author is not None
    assert revision.author.email == "ana@example.org"
    assert "table 1, row 3: The answer cell is blank; the answers of the table's header were taken. План" in out
    assert "2 items" in out
    assert errors == ""


def test_json_prints_the_words_of_the_form_and_nothing_else(body: Organisation, form: Path) -> None:
    out, _errors = run(form, json=True)
    item = {"answers": ["Да", "Не"], "comment_required_on": ["Не"]}
    assert json.loads(out) == {
        "sections": [
            {"number": "1", "title": "Документи", "items": [{"label": "Заповед"} | item, {"label": "План"} | item]}
        ],
        "objects": [],
        "merge_fields": [{"name": "Official_number", "bound_to": "inspection.order_number"}],
        "not_understood": [
            {
                "table": 1,
                "row": 3,
                "text": "План",
                "why": "The answer cell is blank; the answers of the table's header were taken.",
            }
        ],
    }


def test_an_existing_code_gets_a_new_draft_and_the_draft_before_it_is_cancelled(body: Organisation, form: Path) -> None:
    run(form)
    run(form, code="lv-01")
    states = Revision.objects.of(body.pk).order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.CANCELLED, State.DRAFT]
    assert Document.objects.of(body.pk).count() == 1


def test_a_revision_under_review_is_not_touched(body: Organisation, form: Path) -> None:
    run(form)
    revision = Revision.objects.of(body.pk).get()
    ana, boyan = (Person.objects.get(email=f"{name}@example.org") for name in ("ana", "boyan"))
    RoleAssignment.unscoped.create(
        organisation=body, person=boyan, role=Role.REVIEWER, from_on=date(2020, 1, 1), created_at=clock.now()
    )
    revision = amend(revision, ana, reviewers=[boyan.pk], owner=boyan)
    perform(revision, "submit", ana)
    assert refusal(form) == "A revision of this document is already under way; finish or cancel it first."
    assert Revision.objects.of(body.pk).count() == 1


def test_a_document_without_items_makes_no_draft_and_is_no_mistake(body: Organisation, tmp_path: Path) -> None:
    letter = Form()
    letter.line("До «City»")
    path = tmp_path / "letter.docx"
    path.write_bytes(letter.save())
    out, errors = run(path, json=True)
    assert json.loads(out)["merge_fields"] == [{"name": "City", "bound_to": None}]
    assert "no items" in errors
    assert "no items" in run(path)[0]
    assert not Document.objects.of(body.pk).exists()


def test_what_cannot_be_taken_is_refused_with_one_line_and_status_2(
    body: Organisation, form: Path, tmp_path: Path
) -> None:
    assert refusal(form, organisation="NOWHERE") == "There is no organisation with the code NOWHERE."
    assert refusal(form, by="nobody@example.org") == "There is no active person with the address nobody@example.org."
    assert refusal(form, language="de") == "The language de is unknown: en, ro or bg."
    assert refusal(tmp_path / "none.docx") == "none.docx: There is no such file."
    assert refusal(tmp_path).endswith(": This is a folder, not a file.")
    words = tmp_path / "words.docx"
    words.write_text("just words")
    assert refusal(words) == "words.docx: This is no Word document (.docx)."
    assert not Document.objects.of(body.pk).exists()


@pytest.mark.parametrize("who", ["boyan@example.org", "lia@example.org"])
def test_who_may_not_write_documents_of_the_body_is_refused(body: Organisation, form: Path, who: str) -> None:
    assert refusal(form, by=who)
    assert not Document.objects.of(body.pk).exists()


def test_a_code_that_cannot_be_one_is_refused(body: Organisation, form: Path) -> None:
    assert refusal(form, code="L" * 41)
    assert refusal(form, code=" ") == "The code is missing."
