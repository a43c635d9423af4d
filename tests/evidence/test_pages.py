"""The pages of evidence: add, download, look, void; sealed answers; nothing of another body."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qms.evidence import store
from qms.evidence.attaching import attach, void_evidence
from qms.evidence.models import EvidenceLink
from qms.evidence.reading import evidence_of
from qms.notices.models import Notice
from qms.people.models import Person
from qms.records.pages import url_of
from tests.evidence.files import PDF, huge_png, photo_with_place
from tests.nonconformities import make
from tests.people import Body
from workflows.nonconformities.lifecycle import State


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def add_url(record: Any) -> str:
    return f"/evidence/{record.stream_name()}/{record.uid}/add"


def upload(name: str = "report.pdf", data: bytes = PDF, **more: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data), "key": str(uuid4()), **more}


def test_a_file_is_added_on_the_records_page_and_stands_there(home: Body) -> None:
    nc = make.reported(home)
    client = signed_in(home.bob)
    page = client.get(url_of(nc)).text
    assert f'action="{add_url(nc)}"' in page
    answer = client.post(
        add_url(nc), upload(caption="Reissued <b>report</b>", covers_from="2026-05-14", covers_to="2026-05-18")
    )
    assert (answer.status_code, answer["Location"]) == (302, f"{url_of(nc)}#evidence")
    (link,) = evidence_of(nc)
    page = client.get(url_of(nc)).text
    assert "Reissued &lt;b&gt;report&lt;/b&gt;" in page
    assert f"{link.sha256[:4]}…{link.sha256[-4:]}" in page
    assert "covers 14 May 2026 – 18 May 2026" in page
    assert f"/evidence/{link.uid}/file" in page
    assert "attached a file (PDF, " in page


def test_the_original_leaves_only_as_a_sealed_download(home: Body) -> None:
    link = attach(make.reported(home), photo_with_place(), "снимка №1.jpg", home.bob)
    answer = signed_in(home.vera).get(f"/evidence/{link.uid}/file")
    assert answer.getvalue() == photo_with_place()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D1%81")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_what_is_shown_of_a_picture_is_a_copy_without_its_place(home: Body) -> None:
    link = attach(make.reported(home), photo_with_place(), "photo.jpg", home.bob)
    answer = signed_in(home.vera).get(f"/evidence/{link.uid}/picture")
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == (
        "image/jpeg",
        "default-src 'none'; sandbox",
    )
    assert b"Exif" not in answer.getvalue()
    assert b"Exif" in photo_with_place()
    pdf = attach(make.reported(home), PDF, "a.pdf", home.bob)
    assert signed_in(home.vera).get(f"/evidence/{pdf.uid}/picture").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("drawing.png", b"<svg xmlns='x'/>", "its content is not what the ending “png” promises"),
        ("bomb.png", huge_png(), "more than 40 million pixels"),
        ("page.html", b"<html></html>", "Files of this kind are not taken. Taken are PDF,"),
        ("nothing.pdf", b"", "The file is empty."),
    ],
    ids=["svg", "bomb", "html", "empty"],
)
def test_a_refused_file_is_answered_in_the_form(home: Body, name: str, data: bytes, sentence: str) -> None:
    nc = make.reported(home)
    answer = signed_in(home.bob).post(add_url(nc), upload(name, data, caption="Kept words"))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text
    assert evidence_of(nc) == []


def test_a_path_in_the_name_does_not_arrive(home: Body) -> None:
    nc = make.reported(home)
    assert signed_in(home.bob).post(add_url(nc), upload("../../etc/passwd.pdf")).status_code == 302
    assert [link.name for link in evidence_of(nc)] == ["passwd.pdf"]


@pytest.mark.parametrize(
    "bad",
    [{"covers_from": "2026-05-14", "covers_to": "2026-05-01"}, {"covers_from": "soon"}, {"caption": "x" * 300}],
)
def test_wrong_words_about_a_file_are_answered_beside_the_field(home: Body, bad: dict[str, Any]) -> None:
    nc = make.reported(home)
    answer = signed_in(home.bob).post(add_url(nc), upload(**bad))
    assert (answer.status_code, evidence_of(nc)) == (422, [])


def test_a_form_without_a_file_or_sent_twice(home: Body) -> None:
    nc, client, key = make.reported(home), signed_in(home.bob), str(uuid4())
    assert client.post(add_url(nc), {"key": key}).status_code == 422
    for _n in range(2):
        assert client.post(add_url(nc), upload() | {"key": key}).status_code == 302
    assert len(evidence_of(nc)) == 1
    assert client.post(add_url(nc), upload("other.pdf") | {"key": key}).status_code == 422


def test_far_too_much_is_refused_before_it_is_stored(home: Body) -> None:
    nc, client = make.reported(home), signed_in(home.bob)
    answer = client.post(add_url(nc), upload(), CONTENT_LENGTH=10**10)
    assert answer.status_code == 413


def test_a_finished_record_takes_no_file_and_says_why(home: Body) -> None:
    nc = make.in_state(home, State.CLOSED)
    client = signed_in(home.bob)
    said = f"In the state “{State.CLOSED.label}” no evidence is added or voided any more."
    assert said in client.get(url_of(nc)).text
    for answer in (client.get(add_url(nc)), client.post(add_url(nc), upload())):
        assert answer.status_code == 403
        assert said in answer.text
    assert evidence_of(nc) == []


def test_whoever_has_no_part_sees_why_and_no_form(home: Body) -> None:
    nc = make.reported(home)
    client = signed_in(home.vera)
    assert "Evidence is added by those who" in client.get(url_of(nc)).text
    answer = client.post(add_url(nc), upload())
    assert answer.status_code == 403
    assert home.bob.name in answer.text


def test_evidence_is_voided_with_a_reason_and_stays_listed(home: Body) -> None:
    nc = make.reported(home)
    link = attach(nc, PDF, "a.pdf", home.bob)
    client, url = signed_in(home.bob), f"/evidence/{link.uid}/void"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Wrong file.", "key": str(uuid4())}).status_code == 302
    page = client.get(url_of(nc)).text
    assert "void: Wrong file." in page
    assert "declared the file" in page
    assert client.get(f"/evidence/{link.uid}/file").status_code == 200
    again = client.post(url, {"reason": "Again.", "key": str(uuid4())})
    assert (again.status_code, "It is void already." in again.text) == (403, True)


def test_another_bodys_evidence_answers_like_missing(home: Body, away: Body) -> None:
    theirs = make.reported(away)
    link = attach(theirs, photo_with_place(), "photo.jpg", away.bob, caption="CANARY")
    client, missing = signed_in(home.bob), uuid4()
    for twin, absent in (
        (add_url(theirs), f"/evidence/nonconformity/{missing}/add"),
        *((f"/evidence/{link.uid}/{page}", f"/evidence/{missing}/{page}") for page in ("file", "picture", "void")),
    ):
        for method in (client.get, client.post):
            there, nowhere = method(twin), method(absent)
            assert there.status_code == nowhere.status_code
            assert there.status_code == (404 if method == client.get or twin.endswith(("add", "void")) else 405)
            assert b"CANARY" not in there.content
    assert EvidenceLink.unscoped.get().is_void is False


def test_nobody_who_is_not_signed_in_gets_a_byte(home: Body) -> None:
    link = attach(make.reported(home), PDF, "a.pdf", home.bob)
    for page in ("file", "picture", "void"):
        answer = Client().get(f"/evidence/{link.uid}/{page}")
        assert answer.status_code == 302
        assert "/account/login/" in answer["Location"]


def test_damaged_bytes_do_not_leave_and_the_administrator_is_told_once(home: Body) -> None:
    link = attach(make.reported(home), PDF, "a.pdf", home.bob)
    place: Path = store.path_of(link.sha256)
    place.chmod(0o640)
    place.write_bytes(PDF[:-1] + b" ")
    for _n in range(2):
        answer = signed_in(home.vera).get(f"/evidence/{link.uid}/file")
        assert answer.status_code == 410
        assert "no longer those that were attached" in answer.text
    assert [notice.person for notice in Notice.unscoped.all()] == [home.ada]
    place.unlink()
    assert signed_in(home.vera).get(f"/evidence/{link.uid}/file").status_code == 410


def test_fifty_files_cost_as_many_statements_as_one(home: Body) -> None:
    nc, client = make.reported(home), signed_in(home.bob)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url_of(nc)).status_code == 200
        return len(asked)

    def files(numbers: range) -> None:
        for n in numbers:
            attach(nc, f"file {n}".encode(), f"{n}.txt", home.stan if n % 2 else home.bob)

    void_evidence(attach(nc, b"file 0", "0.txt", home.bob), home.bob, "Wrong.")
    files(range(1, 8))  # as many events as the page shows of the trail
    statements()  # the first page of a session also writes the session
    before = statements()
    files(range(8, 50))
    assert statements() == before
