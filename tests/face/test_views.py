"""The pages of the face itself: language, accessibility statement, refusals of what cannot be read."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory

from qms.face.views import bad_request
from tests.people import make_body

pytestmark = pytest.mark.django_db


def test_the_switch_keeps_the_page_and_is_kept_for_the_person() -> None:
    person = make_body("HOME", "RO", "ro").ann
    client = Client()
    client.force_login(person)
    answer = client.post("/language", {"language": "bg", "next": "/accessibility?x=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/accessibility?x=1")
    person.refresh_from_db()
    assert person.language == "bg"
    assert '<html lang="bg">' in client.get("/accessibility").content.decode()


@pytest.mark.parametrize("code", ["xx", "", "de", "bg'--"])
def test_an_unknown_language_changes_nothing(code: str) -> None:
    person = make_body("HOME", "RO", "ro").ann
    before = person.language
    client = Client()
    client.force_login(person)
    assert client.post("/language", {"language": code, "next": "/accessibility"}).status_code == 302
    person.refresh_from_db()
    assert person.language == before


def test_the_switch_never_leads_to_another_site() -> None:
    answer = Client().post("/language", {"language": "ro", "next": "https://elsewhere.invalid/"})
    assert answer["Location"] == "/"


def test_the_switch_is_no_link_that_a_mail_could_hold() -> None:
    assert Client().get("/language?language=ro").status_code == 405


def test_the_accessibility_statement_is_open_to_everybody() -> None:
    answer = Client().get("/accessibility")
    assert answer.status_code == 200
    assert "2016/2102" in answer.content.decode()


@pytest.mark.parametrize(("exception", "status"), [(RequestDataTooBig(), 413), (SuspiciousOperation(), 400)])
def test_what_cannot_be_read_is_said_plainly(exception: Exception, status: int, rf: RequestFactory) -> None:
    answer = bad_request(rf.post("/"), exception)
    assert answer.status_code == status
    assert "Traceback" not in answer.content.decode()


def test_a_form_with_too_many_fields_answers_413(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = client.post("/account/login/", {f"field{number}": "x" for number in range(9)})
    assert answer.status_code == 413


def test_a_missing_page_answers_404_under_the_roof() -> None:
    answer = Client().get("/nowhere")
    assert answer.status_code == 404
    assert "at-roof" in answer.content.decode()
