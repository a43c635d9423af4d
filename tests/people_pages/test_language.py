"""Each person reads in his own language; somebody signed out in his browser's, or the one he chose."""

import pytest
from django.test import Client

from qms.people.models import Person
from qms.trail.models import TrailEvent
from tests.people import Body
from tests.people_pages.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "ro", "bg"])
def test_the_switch_in_the_roof_is_kept_and_the_page_comes_back_in_it(home: Body, language: str) -> None:
    client = signed_in(home.bob)
    answer = client.post("/language", {"language": language, "next": "/people/me/"})
    assert answer["Location"] == "/people/me/"
    page = client.get("/people/me/")
    assert f'<html lang="{language}">' in page.content.decode()
    assert page["Content-Language"] == language
    assert Person.unscoped.get(pk=home.bob.pk).language == language
    assert f'<html lang="{language}">' in signed_in(home.bob).get("/").content.decode()


def test_the_switch_is_an_event_of_the_person_himself(home: Body) -> None:
    signed_in(home.bob).post("/language", {"language": "bg", "next": "/"})
    event = TrailEvent.objects.filter(stream=home.bob.uid).latest("seq")
    assert (event.verb, event.actor_id) == ("edit", home.bob.pk)


@pytest.mark.parametrize("language", ["en", "ro", "bg"])
def test_the_form_of_ones_own_page_does_the_same(home: Body, language: str) -> None:
    client = signed_in(home.bob)
    assert client.post("/people/me/language", {"language": language}).status_code == 302
    assert f'<html lang="{language}">' in client.get("/people/me/").content.decode()


@pytest.mark.parametrize("language", ["en", "ro", "bg"])
def test_signed_out_the_login_page_follows_browser_and_cookie(language: str) -> None:
    browser = Client(HTTP_ACCEPT_LANGUAGE=language)
    assert f'<html lang="{language}">' in browser.get("/account/login/").content.decode()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.post("/language", {"language": language, "next": "/account/login/"})
    assert f'<html lang="{language}">' in client.get("/account/login/").content.decode()
