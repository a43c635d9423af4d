"""The pages of documents: reading, writing without a script, files, and importing a Word form."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from procedures.checklists.reading import checklist_from_json
from procedures.checklists.structure import YES_NO, Answer, Checklist, Item, Section
from procedures.documents import commands
from procedures.documents.models import Document, Revision
from qms.lifecycle.perform import perform
from qms.people.models import Person
from qms.trail import clock
from tests.documents.conftest import PASSWORD, SECTIONS, Cast, a_draft, effective, in_approval, in_review, second
from tests.evidence.files import PDF

CHECKLIST = Checklist(
    language="en",
    sections=(
        Section(
            "s1",
            {"en": "Staff"},
            "1",
            (
                Item(
                    "i1",
                    {"en": "Is the staff complete?"},
                    YES_NO,
                    (Answer("yes", {"en": "Yes"}), Answer("no", {"en": "No"})),
                ),
            ),
        ),
    ),
)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(revision: Revision, page: str) -> str:
    return f"/documents/revisions/{revision.uid}/{page}"


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def posted(revision: Revision, titles: list[str], texts: list[str], do: str, **more: str) -> dict[str, str]:
    data = {"form-TOTAL_FORMS": str(len(titles)), "form-INITIAL_FORMS": "0", "do": do, "key": str(uuid4())}
    data["version"] = str(revision.version)
    for n, (title, text) in enumerate(zip(titles, texts, strict=True)):
        data |= {f"form-{n}-key": f"k{n}", f"form-{n}-title": title, f"form-{n}-text": text}
    return data | more


def test_document_and_revision_pages_show_state_route_and_text(cast: Cast) -> None:
    revision = in_review(cast)
    perform(revision, "agree", cast.dan)
    client = signed_in(cast.ana)
    page = client.get(f"/records/revision/{revision.uid}/").content.decode()
    assert "What it is for." in page
    assert "Route of approval" in page
    assert "awaited" in page.lower()
    assert "agreed" in page.lower()
    page = client.get(f"/records/document/{revision.document.uid}/").content.decode()
    assert "Edition 1, revision 0" in page
    assert client.get("/records/document/").status_code == 200
    assert client.get("/records/revision/").status_code == 200


def test_a_new_document_and_its_first_draft_are_made_on_the_pages(cast: Cast) -> None:
    client = signed_in(cast.radu)
    data = {"code": "PO-IS-01", "title": "Missions", "kind": "procedure", "language": "ro", "key": str(uuid4())}
    assert client.post("/records/document/new", data).status_code == 302
    document = Document.unscoped.get()
    assert document.reference == "PO-IS-01"
    step = f"/records/document/{document.uid}/steps/open_revision"
    assert client.get(step).status_code == 200
    said = {"kind_of_change": "new", "reason_for_change": "first issue", "key": str(uuid4())}
    assert client.post(step, {**said, "version": document.version}).status_code == 302
    assert Revision.unscoped.get().reference == "PO-IS-01/1.0"
    taken = client.post("/records/document/new", {**data, "key": str(uuid4())})
    assert taken.status_code == 422
    assert "is taken" in taken.content.decode()


def test_sections_are_written_added_moved_and_removed(cast: Cast) -> None:
    revision = a_draft(cast)
    client = signed_in(cast.radu)
    address = url(revision, "write")
    page = client.get(address).content.decode()
    assert "What it is for." in page
    sent = posted(revision, ["Purpose", "Steps"], ["First.\n\n- one\n- two", "<script>x</script>Second"], "down:0")
    assert client.post(address, sent).status_code == 302
    revision.refresh_from_db()
    assert [section["title"] for section in revision.content["sections"]] == ["Steps", "Purpose"]
    assert revision.content["sections"][1]["html"] == "<p>First.</p>\n<ul><li>one</li><li>two</li></ul>"
    assert "script" not in revision.content["sections"][0]["html"]
    client.post(address, posted(revision, ["Steps", "Purpose"], ["a", "b"], "add:0"))
    revision.refresh_from_db()
    assert [section["title"] for section in revision.content["sections"]] == ["Steps", "New section", "Purpose"]
    client.post(address, posted(revision, ["Steps", "New section", "Purpose"], ["a", "", "b"], "remove:1"))
    revision.refresh_from_db()
    assert [section["title"] for section in revision.content["sections"]] == ["Steps", "Purpose"]


def test_a_section_without_title_is_not_saved(cast: Cast) -> None:
    revision = a_draft(cast)
    answer = signed_in(cast.radu).post(url(revision, "write"), posted(revision, ["", "Steps"], ["kept", "b"], "save"))
    assert answer.status_code == 422
    assert "kept" in answer.content.decode()


def test_a_stale_editor_keeps_the_text_and_can_be_sent_again(cast: Cast) -> None:
    revision = a_draft(cast)
    sent = posted(revision, ["Purpose"], ["my long text"], "save")
    commands.write(revision, cast.carmen, SECTIONS[:1])
    client = signed_in(cast.radu)
    answer = client.post(url(revision, "write"), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Carmen changed it" in page and "my long text" in page
    again = sent | {"version": hidden(page, "version"), "key": hidden(page, "key")}
    assert client.post(url(revision, "write"), again).status_code == 302
    revision.refresh_from_db()
    assert revision.content["sections"][0]["html"] == "<p>my long text</p>"


def test_nothing_is_written_after_submission_or_by_others(cast: Cast) -> None:
    revision = in_review(cast)
    assert signed_in(cast.radu).get(url(revision, "write")).status_code == 403
    draft = a_draft(cast, "PS-02")
    assert signed_in(cast.dan).get(url(draft, "write")).status_code == 403
    assert signed_in(cast.dan).post(url(draft, "write"), posted(draft, ["x"], ["y"], "save")).status_code == 403
    for page in ("write", "file", "items/i1", "sections/s1"):
        assert signed_in(cast.lia).get(url(draft, page)).status_code == 404
    assert signed_in(cast.lia).get(f"/documents/{draft.document.uid}/read").status_code == 404


def test_bad_input_is_never_an_accident(cast: Cast) -> None:
    revision = a_draft(cast)
    client = signed_in(cast.radu)
    for data in ({}, {"do": "up:99999"}, {"do": "body", "body": "novel"}, {"form-TOTAL_FORMS": "x"}):
        assert client.post(url(revision, "write"), data).status_code in (302, 422)
    commands.write(revision, cast.radu, CHECKLIST)
    assert client.post(url(revision, "write"), {"do": "remove:nothing"}).status_code == 404
    assert client.get(url(revision, "items/nothing")).status_code == 404
    assert client.get(url(revision, "items/new")).status_code == 404


def test_a_file_is_uploaded_and_downloaded(cast: Cast) -> None:
    revision = a_draft(cast)
    client = signed_in(cast.radu)
    client.post(url(revision, "write"), {"do": "body", "body": "file", "version": revision.version})
    revision.refresh_from_db()
    assert not revision.is_complete
    wrong = {"file": SimpleUploadedFile("x.exe", b"MZ"), "version": revision.version, "key": str(uuid4())}
    assert client.post(url(revision, "write"), wrong).status_code == 422
    posing = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "version": revision.version, "key": str(uuid4())}
    assert client.post(url(revision, "write"), posing).status_code == 422
    right = {"file": SimpleUploadedFile("a.pdf", PDF), "version": revision.version, "key": str(uuid4())}
    assert client.post(url(revision, "write"), right).status_code == 302
    revision.refresh_from_db()
    assert revision.is_complete
    answer = client.get(url(revision, "file"))
    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"].startswith("attachment")


def test_questions_are_written_one_by_one(cast: Cast) -> None:
    revision = commands.write(a_draft(cast), cast.radu, CHECKLIST)
    client = signed_in(cast.radu)
    assert "Is the staff complete?" in client.get(url(revision, "write")).content.decode()
    said = {
        "label": "Is the list of staff complete?",
        "kind": "yes_no",
        "offers_na": "on",
        "comment_on": ["no"],
        "legal_basis": "HG 118/2014, art. 5",
        "required": "on",
        "version": revision.version,
        "key": str(uuid4()),
    }
    assert client.get(url(revision, "items/i1")).status_code == 200
    assert client.post(url(revision, "items/i1"), said).status_code == 302
    revision.refresh_from_db()
    item = checklist_from_json(revision.content).items[0]
    assert item.label == {"en": "Is the list of staff complete?"}
    assert [answer.code for answer in item.answers] == ["yes", "no", "na"]
    assert (item.comment_required_on, item.legal_basis) == (("no",), "HG 118/2014, art. 5")
    new = said | {"label": "Which?", "kind": "choice", "choices": "red\nblue", "comment_on": [], "key": str(uuid4())}
    new["version"] = revision.version
    assert client.post(url(revision, "items/new") + "?section=s1", new).status_code == 302
    client.post(url(revision, "sections/new"), {"title": "Rooms", "key": str(uuid4())})
    revision.refresh_from_db()
    checklist = checklist_from_json(revision.content)
    assert [answer.label["en"] for answer in checklist.items[1].answers] == ["red", "blue"]
    assert [section.title["en"] for section in checklist.sections] == ["Staff", "Rooms"]
    client.post(url(revision, "write"), {"do": f"up:{checklist.items[1].key}", "key": str(uuid4())})
    revision.refresh_from_db()
    assert checklist_from_json(revision.content).items[0].label["en"] == "Which?"


def test_the_reader_sees_what_is_in_force_and_a_banner_over_what_is_not(cast: Cast) -> None:
    first = effective(cast)
    later = second(cast, first.document, date(2026, 3, 2))
    client = signed_in(cast.dan)
    read = f"/documents/{first.document.uid}/read"
    assert "Kept." not in client.get(read).content.decode()
    with clock.at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC)):
        commands.put_into_force(later)
    assert "Kept." in client.get(read).content.decode()
    old = client.get(f"/records/revision/{first.uid}/").content.decode()
    assert "was superseded on" in old
    assert "What it is for." in old


def test_the_approver_signs_on_the_page(cast: Cast) -> None:
    revision = in_approval(cast)
    client = signed_in(cast.elena)
    step = f"/records/revision/{revision.uid}/steps/approve"
    page = client.get(step).content.decode()
    said = {name: hidden(page, name) for name in ("version", "key", "content_hash")}
    past = said | {"effective_from": "2026-01-15", "password": PASSWORD}
    refused = client.post(step, past)
    assert refused.status_code in (403, 422)
    assert "has passed" in refused.content.decode()
    said["key"] = str(uuid4())
    assert client.post(step, said | {"effective_from": "2026-03-02", "password": PASSWORD}).status_code == 302
    revision.refresh_from_db()
    assert revision.state == "approved"


@pytest.fixture
def word_form(monkeypatch: pytest.MonkeyPatch) -> SimpleUploadedFile:
    monkeypatch.setattr("procedures.documents.views.read_form", lambda data, name, language: CHECKLIST)
    return SimpleUploadedFile("form.docx", b"PK")


def test_an_import_is_shown_before_it_is_saved(cast: Cast, word_form: SimpleUploadedFile) -> None:
    client = signed_in(cast.radu)
    assert client.get("/documents/import").status_code == 200
    shown = client.post("/documents/import", {"code": "LV-01", "language": "en", "file": word_form})
    page = shown.content.decode()
    assert "Is the staff complete?" in page
    assert not Document.unscoped.exists()
    sent = {"read": hidden(page, "read"), "key": hidden(page, "key")}
    assert client.post("/documents/import", sent).status_code == 302
    assert client.post("/documents/import", sent).status_code == 302
    revision = Revision.unscoped.get()
    assert (revision.reference, revision.state, revision.body) == ("LV-01/1.0", "draft", "checklist")
    assert checklist_from_json(revision.content) == CHECKLIST
    changed = client.post("/documents/import", {"read": sent["read"][:-3] + "abc", "key": str(uuid4())})
    assert changed.status_code == 302
    assert Revision.unscoped.count() == 1


def test_an_import_is_refused_to_who_may_not_write(cast: Cast, word_form: SimpleUploadedFile) -> None:
    assert signed_in(cast.dan).get("/documents/import").status_code == 403
    data = {"code": "LV-01", "language": "en", "file": word_form}
    assert signed_in(cast.dan).post("/documents/import", data).status_code == 403
