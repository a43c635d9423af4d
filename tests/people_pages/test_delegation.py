"""Who acts for whom: within its days, with both names, and taken back at once."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from qms.lifecycle.perform import amend, create, perform, why_not
from qms.people.models import Delegation, Person
from qms.people.roles import Role
from qms.trail import clock
from qms.trail.models import TrailEvent
from qms.trail.sentences import sentences
from tests.nonconformities.make import reported
from tests.people import Body
from tests.people_pages.conftest import signed_in

pytestmark = pytest.mark.django_db


def today() -> date:
    return clock.today("Europe/Bucharest")


def delegated(giver: Person, taker: Person, *roles: str, start: int = 0, days: int = 5) -> Delegation:
    first = today() + timedelta(days=start)
    return create(
        Delegation, giver, organisation=giver.organisation, delegator=giver, delegate=taker, roles=list(roles),
        from_on=first, to_on=first + timedelta(days=days), reason="annual leave",
    )  # fmt: skip


def test_in_force_it_gives_standing_and_the_act_bears_both_names(home: Body) -> None:
    nc = reported(home)
    ivo = Person.unscoped.get(pk=home.ivo.pk)
    assert why_not(nc, "reject", ivo)
    delegated(home.bob, home.ivo, Role.QUALITY_MANAGER)
    perform(nc, "reject", home.ivo, reason="no requirement is broken")
    event = TrailEvent.objects.filter(stream=nc.uid).latest("seq")
    assert (event.actor_id, event.on_behalf_of_id) == (home.ivo.pk, home.bob.pk)
    told = sentences(nc.uid, "en")[0].html
    assert "Ivo HOME" in told
    assert "on behalf of Bob HOME" in told


@pytest.mark.parametrize(("start", "days"), [(1, 5), (-9, 8)])
def test_before_and_after_its_days_it_gives_nothing(home: Body, start: int, days: int) -> None:
    nc = reported(home)
    delegated(home.bob, home.ivo, start=start, days=days)
    assert why_not(nc, "reject", home.ivo)


def test_revoked_it_gives_nothing(home: Body) -> None:
    nc = reported(home)
    one = delegated(home.bob, home.ivo)
    assert not why_not(nc, "reject", home.ivo)
    answer = signed_in(home.bob).post(reverse("people:delegation_revoke", args=(one.uid,)), {"reason": "back"})
    assert answer.status_code == 302
    assert why_not(nc, "reject", Person.unscoped.get(pk=home.ivo.pk))


def test_other_roles_than_those_named_are_not_passed_on(home: Body) -> None:
    nc = reported(home)
    delegated(home.bob, home.ivo, Role.STAFF)
    assert why_not(nc, "reject", home.ivo)


def test_one_names_a_colleague_on_ones_own_page(home: Body) -> None:
    client = signed_in(home.bob)
    assert client.get("/people/delegations/new").status_code == 200
    said = {"delegate": home.ivo.pk, "roles": ["quality_manager"], "from_on": today(), "reason": "leave",
            "to_on": today() + timedelta(days=3), "key": str(uuid4())}  # fmt: skip
    for _click in range(2):
        assert client.post("/people/delegations/new", said).status_code == 302
    one = Delegation.objects.of(home.organisation.pk).get()
    assert (one.delegator, one.delegate, one.roles, one.reason) == (home.bob, home.ivo, ["quality_manager"], "leave")
    assert "Ivo HOME" in client.get("/people/me/").content.decode()
    assert "Bob HOME" in signed_in(home.ivo).get("/people/me/").content.decode()
    event = TrailEvent.objects.get(stream=one.uid)
    assert json.loads(event.body)["actor"]["name"] == "Bob HOME"


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_on": "2020-01-01"},
        {"from_on": ""},
        {"roles": ["administrator"]},
        {"reason": ""},
        {"delegate": "0"},
        {"to_on": "31.02.2027"},
    ],
)
def test_what_makes_no_sense_is_said_in_the_form(home: Body, wrong: dict[str, object]) -> None:
    said = {"delegate": home.ivo.pk, "roles": [], "from_on": today(), "to_on": today(), "reason": "x"} | wrong
    assert signed_in(home.bob).post("/people/delegations/new", said).status_code == 422
    assert not Delegation.objects.of(home.organisation.pk).exists()


def test_another_body_and_oneself_are_no_choice(home: Body, away: Body) -> None:
    for person in (away.ivo, home.bob):
        said = {"delegate": person.pk, "from_on": today(), "to_on": today(), "reason": "x"}
        assert signed_in(home.bob).post("/people/delegations/new", said).status_code == 422


def test_somebody_elses_delegation_is_not_ones_own_to_take_back(home: Body, away: Body) -> None:
    one = delegated(home.bob, home.ivo)
    url = reverse("people:delegation_revoke", args=(one.uid,))
    refused = signed_in(home.ivo).post(url, {"reason": "x"})
    assert refused.status_code == 403
    assert "Ada HOME" in refused.content.decode()
    assert signed_in(away.ada).get(url).status_code == 404
    one.refresh_from_db()
    assert one.revoked_at is None


def test_the_administrator_does_it_for_somebody_who_is_ill(home: Body, away: Body) -> None:
    said = {"delegate": home.ivo.pk, "from_on": today(), "to_on": today(), "reason": "ill"}
    url = reverse("people:delegation_for", args=(home.bob.uid,))
    client = signed_in(home.ada)
    assert client.get(url).status_code == 200
    assert client.post(url, said).status_code == 302
    one = Delegation.objects.of(home.organisation.pk).get()
    assert one.delegator == home.bob
    assert "Bob HOME" in client.get("/people/delegations/").content.decode()
    assert "Bob HOME" not in signed_in(away.ada).get("/people/delegations/").content.decode()
    amend(one, home.ada, revoked_at=clock.now())
    assert "Bob HOME" not in client.get("/people/delegations/").content.decode()
