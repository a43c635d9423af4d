"""The welcome list is computed from what is there; it can be put away and called back."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qms.notices.outbox import run_due
from qms.people.actors import Actor
from qms.people.claim import INSTALLATION
from qms.people.keeping import found_body
from qms.people.models import Person
from qms.people.roles import Role
from qms.people.welcome import page_for
from tests.nonconformities.make import reported
from tests.people import Body, make_person
from tests.people_pages.conftest import signed_in

pytestmark = pytest.mark.django_db


def done(person: Person) -> list[bool]:
    return [chore.done for chore in page_for(Actor(person)).chores]


def test_an_empty_body_has_its_name_and_nothing_else() -> None:
    body = found_body(INSTALLATION, code="NEW", name_ro="Nouă", country="RO", language="ro")
    ana = make_person(body, "ana", (Role.ADMINISTRATOR, Role.QUALITY_MANAGER))
    assert done(ana) == [True, False, False, False, False, False, False]
    assert "author, reviewer, approver" in str(page_for(Actor(ana)).chores[2].note)


def test_what_is_there_is_done(home: Body) -> None:
    reported(home)
    assert done(home.ada)[:3] == [True, True, True]


def test_a_test_mail_goes_to_oneself_and_ticks_its_line(home: Body) -> None:
    client = signed_in(home.ada)
    assert client.get("/welcome/mail").status_code == 200
    assert client.post("/welcome/mail").status_code == 302
    assert not done(home.ada)[-1]
    run_due()
    assert mail.outbox[-1].to == ["ada@home.example"]
    assert done(home.ada)[-1]


def test_the_first_page_leads_to_it_until_it_is_put_away(home: Body) -> None:
    client = signed_in(home.ada)
    assert 'href="/welcome"' in client.get("/").content.decode().split("<main")[0].split("</header>")[1]
    assert "Put this list away" in client.get("/welcome").content.decode()
    assert client.post("/welcome/put-away").status_code == 302
    assert "is being set up" not in client.get("/").content.decode()
    assert client.get("/welcome").status_code == 200


def test_others_are_not_bothered(home: Body) -> None:
    assert "is being set up" not in signed_in(home.ann).get("/").content.decode()


def test_it_costs_the_first_page_nothing(home: Body) -> None:
    client = signed_in(home.ada)
    costs = []
    for _away in range(2):
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        costs.append(len(asked))
        Person.unscoped.filter(pk=home.ada.pk).update(welcome_put_away=True)
    assert costs[0] == costs[1]


def test_the_list_itself_stays_cheap(home: Body) -> None:
    client = signed_in(home.ada)
    client.get("/welcome")
    with CaptureQueriesContext(connection) as asked:
        client.get("/welcome")
    assert len(asked) <= 12
