"""People, roles from–to, and what another body's administrator and a mere colleague see of them: nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qms.lifecycle.perform import amend, create
from qms.lifecycle.refused import Refused
from qms.people.actors import Actor
from qms.people.keeping import edit_person, end_role, give_role
from qms.people.models import Delegation, Person, RoleAssignment
from qms.people.roles import Role
from qms.trail import clock
from qms.trail.models import TrailDetail, TrailEvent
from tests.people import SINCE, Body, make_person
from tests.people_pages.conftest import signed_in

pytestmark = pytest.mark.django_db


def today() -> object:
    return clock.today("Europe/Bucharest")


def test_the_list_shows_the_bodys_people_with_their_roles_and_nobody_elses(home: Body, away: Body) -> None:
    shown = signed_in(home.ada).get("/people/").content.decode()
    assert "Ann HOME" in shown
    assert "process owner" in shown
    assert "AWAY" not in shown


@pytest.mark.parametrize("words", ["bob", "BOB", "bob@home", "bob official"])
def test_people_are_found_by_name_office_and_address(home: Body, words: str) -> None:
    shown = signed_in(home.ada).get("/people/", {"q": words}).content.decode()
    assert "Bob HOME" in shown
    assert "Ann HOME" not in shown


def test_letters_with_and_without_marks_are_the_same(home: Body) -> None:
    person = make_person(home.organisation, "stefan")
    amend(person, home.ada, name="Ștefan Țîru")
    assert "Ștefan Țîru" in signed_in(home.ada).get("/people/", {"q": "stefan tiru"}).content.decode()
    amend(person, home.ada, name="Здравка ИЛИЕВА")
    assert "Здравка ИЛИЕВА" in signed_in(home.ada).get("/people/", {"q": "илиева"}).content.decode()


@pytest.mark.parametrize("query", ["?q=%00", "?page=99999999", "?page=-1", "?show=x", "?page=9999", "?q=" + "x" * 300])
def test_nonsense_in_the_address_of_the_list_is_no_fault(home: Body, query: str) -> None:
    assert signed_in(home.ada).get(f"/people/{query}").status_code == 200


def test_the_list_costs_the_same_for_ten_and_for_two_hundred(home: Body) -> None:
    client = signed_in(home.ada)
    client.get("/people/")
    costs = []
    for number in (0, 190):
        rows = [
            Person(organisation=home.organisation, email=f"p{n}@home.example", name=f"P{n:03}", created_at=clock.now())
            for n in range(number)
        ]
        Person.unscoped.bulk_create(rows)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/people/").status_code == 200
        costs.append(len(asked))
    assert costs[1] <= costs[0] + 1  # more than a page: one statement counts them
    assert costs[0] <= 6


def test_the_list_is_read_page_by_page(home: Body) -> None:
    rows = [
        Person(organisation=home.organisation, email=f"z{n}@home.example", name=f"Z{n:03}", created_at=clock.now())
        for n in range(60)
    ]
    Person.unscoped.bulk_create(rows)
    client = signed_in(home.ada)
    assert "Z059" not in client.get("/people/").content.decode()
    assert "Z059" in client.get("/people/?page=2").content.decode()


def test_a_person_page_says_roles_and_account(home: Body) -> None:
    shown = signed_in(home.ada).get(reverse("people:person", args=(home.bob.uid,))).content.decode()
    assert "quality manager" in shown
    assert "bob@home.example" in shown


PAGES = ["people:person", "people:edit", "people:role_new", "people:close", "people:delegation_for"]


@pytest.mark.parametrize("name", PAGES)
def test_another_bodys_person_answers_like_a_missing_one(home: Body, away: Body, name: str) -> None:
    client = signed_in(home.ada)
    for uid in (away.bob.uid, uuid4()):
        answer = client.get(reverse(name, args=(uid,)))
        assert answer.status_code == 404
        assert "AWAY" not in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_whoever_is_no_administrator_is_told_for_whom_the_page_is(home: Body, name: str) -> None:
    answer = signed_in(home.bob).get(reverse(name, args=(home.ann.uid,)))
    assert answer.status_code == 403
    assert "It is for the administrator: Ada HOME." in answer.content.decode()


def test_editing_goes_through_the_door_and_leaves_a_trail(home: Body) -> None:
    client = signed_in(home.ada)
    url = reverse("people:edit", args=(home.bob.uid,))
    assert client.get(url).status_code == 200
    said = {"name": "Bob Popescu", "job_title": "adviser", "email": "bob@home.example", "language": "ro",
            "version": home.bob.version, "key": str(uuid4())}  # fmt: skip
    assert client.post(url, said).status_code == 302
    home.bob.refresh_from_db()
    assert (home.bob.name, home.bob.language) == ("Bob Popescu", "ro")
    event = TrailEvent.objects.filter(stream=home.bob.uid).latest("seq")
    assert event.actor_id == home.ada.pk


def test_a_stale_form_shows_who_was_first_and_keeps_what_was_sent(home: Body) -> None:
    client = signed_in(home.ada)
    seen = home.bob.version
    amend(home.bob, home.ada, job_title="director")
    said = {"name": "Bob", "job_title": "clerk", "email": "bob@home.example", "language": "en", "version": seen}
    answer = client.post(reverse("people:edit", args=(home.bob.uid,)), said)
    assert answer.status_code == 409
    assert "Ada HOME changed it" in answer.content.decode()
    assert "director" in answer.content.decode()
    assert "clerk" in answer.content.decode()


def test_two_accounts_never_share_an_address(home: Body, away: Body) -> None:
    client = signed_in(home.ada)
    said = {"name": "Bob", "email": "ANN@away.example", "language": "en", "version": home.bob.version}
    answer = client.post(reverse("people:edit", args=(home.bob.uid,)), said)
    assert answer.status_code == 422
    assert "Another account has this e-mail address." in answer.content.decode()


def test_a_person_changes_his_own_language_and_nothing_else(home: Body) -> None:
    amend(home.bob, home.bob, language="bg")
    changes: list[dict[str, Any]] = [{"name": "B"}, {"job_title": "b"}, {"email": "x@y.example"}, {"is_active": False}]
    for change in changes:
        with pytest.raises(Refused):
            amend(home.bob, home.bob, **change)
    with pytest.raises(Refused):
        amend(home.bob, home.bob, language="ro", name="Boss")
    with pytest.raises(Refused):
        amend(home.ann, home.bob, language="ro")


def test_another_bodys_administrator_changes_nobody_here(home: Body, away: Body) -> None:
    with pytest.raises(Refused):
        amend(home.bob, away.ada, name="X")
    with pytest.raises(Refused):
        give_role(home.bob, Actor(away.ada), role=Role.REVIEWER, unit=None, from_on=SINCE)


def test_a_new_address_is_the_only_one_that_signs_in(home: Body, client: object) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=home.bob, email="bob@home.example", verified=True, primary=True)
    edit_person(home.bob, Actor(home.ada), version=None, key=None, email="new@home.example")
    assert not EmailAddress.objects.filter(user=home.bob).exists()


def test_a_role_is_given_from_to_and_ended(home: Body) -> None:
    client = signed_in(home.ada)
    url = reverse("people:role_new", args=(home.stan.uid,))
    assert client.get(url).status_code == 200
    said = {"role": "reviewer", "unit": home.unit.pk, "from_on": "2026-01-01", "to_on": "", "key": str(uuid4())}
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 302  # the same click again
    role = RoleAssignment.objects.of(home.organisation.pk).get(person=home.stan, role="reviewer")
    assert role.unit == home.unit
    end = reverse("people:role_end", args=(role.uid,))
    assert client.get(end).status_code == 200
    assert client.post(end, {"to_on": today(), "reason": "moved", "version": role.version}).status_code == 302
    role.refresh_from_db()
    assert role.to_on == today()
    assert [event.verb for event in TrailEvent.objects.filter(stream=role.uid).order_by("seq")] == ["create", "edit"]


def test_a_role_that_was_held_is_not_rewritten(home: Body) -> None:
    role = RoleAssignment.objects.of(home.organisation.pk).get(person=home.stan, role="staff")
    for change in ({"role": "auditor"}, {"from_on": SINCE + timedelta(days=1)}, {"unit": home.unit}):
        with pytest.raises(ValidationError):
            amend(role, home.ada, **change)
    with pytest.raises(ValidationError):
        end_role(role, Actor(home.ada), SINCE + timedelta(days=10))


def test_another_bodys_role_is_a_missing_one(home: Body, away: Body) -> None:
    role = RoleAssignment.objects.of(away.organisation.pk).filter(person=away.stan).get()
    assert signed_in(home.ada).get(reverse("people:role_end", args=(role.uid,))).status_code == 404


def test_another_bodys_unit_is_no_choice(home: Body, away: Body) -> None:
    said = {"role": "reviewer", "unit": away.unit.pk, "from_on": "2026-01-01"}
    answer = signed_in(home.ada).post(reverse("people:role_new", args=(home.stan.uid,)), said)
    assert answer.status_code == 422


def test_an_administrator_is_never_of_one_unit_only(home: Body) -> None:
    with pytest.raises(ValidationError):
        give_role(home.stan, Actor(home.ada), role=Role.ADMINISTRATOR, unit=home.unit, from_on=SINCE)


def test_the_last_administrator_keeps_the_role(home: Body) -> None:
    role = RoleAssignment.objects.of(home.organisation.pk).get(person=home.ada, role=Role.ADMINISTRATOR)
    answer = signed_in(home.ada).post(reverse("people:role_end", args=(role.uid,)), {"to_on": today()})
    assert answer.status_code == 403
    assert "without an administrator" in answer.content.decode()
    give_role(home.bob, Actor(home.ada), role=Role.ADMINISTRATOR, unit=None, from_on=SINCE)
    assert end_role(role, Actor(home.ada), clock.today("Europe/Bucharest")).to_on


def test_a_closed_account_gets_no_role(home: Body) -> None:
    amend(home.stan, home.ada, is_active=False)
    with pytest.raises(Refused):
        give_role(home.stan, Actor(home.ada), role=Role.REVIEWER, unit=None, from_on=SINCE)


def test_passwords_never_enter_the_trail(home: Body) -> None:
    home.bob.refresh_from_db()
    assert home.bob.password
    for event in TrailEvent.objects.filter(stream=home.bob.uid):
        clear = TrailDetail.objects.get(event=event).clear
        assert home.bob.password not in clear + event.body
        assert "password" not in clear + event.body


def test_a_password_is_written_without_touching_the_rest_of_the_row(home: Body) -> None:
    client = signed_in(home.bob)
    stale = Person.unscoped.get(pk=home.bob.pk)
    amend(home.bob, home.ada, job_title="director")
    from qms.project.login import NoSignUp

    NoSignUp().set_password(stale, "four rivers and a hill")
    home.bob.refresh_from_db()
    assert home.bob.job_title == "director"
    assert home.bob.check_password("four rivers and a hill")
    assert client.get("/people/me/").status_code == 302  # the old session is over


def test_delegation_is_no_way_to_a_role_one_does_not_hold(home: Body) -> None:
    day = clock.today("Europe/Bucharest")
    who: dict[str, Any] = {"organisation": home.organisation, "delegator": home.stan, "delegate": home.ivo}
    fields: dict[str, Any] = who | {"from_on": day, "to_on": day, "reason": "leave"}
    with pytest.raises(ValidationError):
        create(Delegation, home.stan, roles=["administrator"], **fields)
    with pytest.raises(Refused):
        create(Delegation, home.ivo, roles=[], **fields)
