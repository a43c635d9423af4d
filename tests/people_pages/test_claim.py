"""An empty installation is taken over once, by whoever has the link from the console."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from qms.people.actors import Actor
from qms.people.claim import claim, console_link
from qms.people.invitations import accept, invite, roles_given
from qms.people.models import ClaimLink, Organisation, Person, RoleAssignment
from qms.people.roles import Role
from qms.project.demo import claim_link
from qms.trail import clock
from qms.trail.models import TrailEvent
from tests.people import SINCE, Body, make_body

GOOD = "three boats under one bridge"
SAID = {
    "code": "AJPIS-TEST", "name_ro": "Agenția de probă", "name_en": "", "name_bg": "", "country": "RO",
    "language": "ro", "name": "Ana Pop", "email": "ana@agency.example", "password": GOOD, "again": GOOD,
}  # fmt: skip


def path() -> str:
    return "/claim/" + console_link().rpartition("/")[2]


@pytest.mark.django_db
def test_the_console_prints_a_link_while_nobody_is_there() -> None:
    assert "/claim/" in claim_link()


@pytest.mark.django_db
def test_the_link_makes_the_body_and_its_first_administrator_and_leads_to_the_welcome_list() -> None:
    client = Client()
    place = path()
    assert client.get(place).status_code == 200
    answer = client.post(place, SAID)
    assert (answer.status_code, answer["Location"]) == (302, "/welcome")
    ana = Person.unscoped.get()
    assert {role.role for role in ana.roles.all()} == {Role.STAFF, Role.ADMINISTRATOR, Role.QUALITY_MANAGER}
    assert (ana.organisation.code, ana.organisation.time_zone) == ("AJPIS-TEST", "Europe/Bucharest")
    assert TrailEvent.objects.filter(organisation=ana.organisation).count() == 5
    assert client.get("/welcome").status_code == 200
    assert claim_link() == ""


@pytest.mark.django_db
def test_once_somebody_is_there_every_link_is_over() -> None:
    first, second = path(), path()
    Client().post(first, SAID)
    for place in (first, second):
        answer = Client().get(place)
        assert answer.status_code == 410
        assert "has its people already" in answer.content.decode()
        assert Client().post(place, SAID | {"code": "X", "email": "x@y.example"}).status_code == 410
    assert Organisation.unscoped.count() == Person.unscoped.count() == 1


@pytest.mark.django_db
def test_a_wrong_or_old_link_opens_nothing() -> None:
    assert "not known here" in Client().get("/claim/guessed").content.decode()
    with clock.at(clock.real_now() - timedelta(days=3)):
        old = path()
    answer = Client().post(old, SAID)
    assert answer.status_code == 410
    assert "has expired" in answer.content.decode()
    assert not Person.unscoped.exists()


@pytest.mark.django_db
def test_guessing_is_stopped() -> None:
    assert [Client().get(f"/claim/{n}").status_code for n in range(25)][-1] == 429


@pytest.mark.django_db
def test_the_secret_is_kept_as_a_hash() -> None:
    token = path().rpartition("/")[2]
    assert token not in str(ClaimLink.objects.values().get())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"password": "short", "again": "short"}, {"name_ro": ""}, {"email": "x"}, {"country": "DE"}, {"code": ""}]
)
def test_what_cannot_be_taken_is_said_and_nothing_is_made(wrong: dict[str, str]) -> None:
    answer = Client().post(path(), SAID | wrong)
    assert answer.status_code == 422
    assert not Organisation.unscoped.exists()


@pytest.mark.django_db
def test_an_installation_with_people_is_not_claimed(home: Body) -> None:
    assert Client().get(path()).status_code == 410


def test_two_at_once_make_one_body(real_db: Any) -> None:
    tokens = [console_link().rpartition("/")[2] for _n in range(4)]
    body = {name: SAID[name] for name in ("name_ro", "country", "language")}
    jobs = [
        lambda token=token, n=n: claim(token, body | {"code": f"B{n}"}, SAID | {"email": f"a{n}@b.example"})
        for n, token in enumerate(tokens)
    ]
    results = real_db.together(*jobs)
    assert [type(result).__name__ for result in results].count("Person") == 1
    assert Person.unscoped.count() == Organisation.unscoped.count() == 1


def test_eight_clicks_on_one_invitation_open_one_account(real_db: Any) -> None:
    home = make_body("HOME", "RO", "ro")
    made = invite(
        home.organisation, Actor(home.ada), email="nina@home.example", name="Nina", language="ro",
        roles=roles_given([Role.STAFF], None, SINCE),
    )  # fmt: skip
    results = real_db.together(*[lambda: accept(made, name="Nina", language="ro", password=GOOD)] * 8)
    names = [type(result).__name__ for result in results]
    assert names.count("Person") == 1
    assert names.count("Refused") == 7
    assert RoleAssignment.unscoped.filter(person__email="nina@home.example").count() == 1
