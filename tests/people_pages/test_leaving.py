"""Somebody leaves: nothing is left behind without a name, and nothing he did loses his."""

from datetime import timedelta

import pytest
from django.urls import reverse

from qms.lifecycle.perform import create, perform
from qms.lifecycle.refused import Refused
from qms.people import leaving
from qms.people.actors import Actor
from qms.people.keeping import give_role
from qms.people.models import Delegation, Person, RoleAssignment
from qms.people.roles import Role
from qms.trail import clock
from qms.trail.models import TrailEvent
from tests.nonconformities.make import in_state, reported
from tests.people import SINCE, Body
from tests.people_pages.conftest import signed_in
from workflows.nonconformities.lifecycle import State
from workflows.nonconformities.models import Nonconformity

pytestmark = pytest.mark.django_db


def triaged(home: Body) -> Nonconformity:
    """Ann owns it."""
    return in_state(home, State.TRIAGED)


def owner_of(nc: Nonconformity) -> Person:
    assert nc.owner
    return nc.owner


def close_url(person: Person) -> str:
    return reverse("people:close", args=(person.uid,))


def test_what_somebody_owns_is_listed_and_keeps_the_account_open(home: Body) -> None:
    nc = triaged(home)
    client = signed_in(home.ada)
    shown = client.get(close_url(owner_of(nc))).content.decode()
    assert str(nc.reference) in shown
    answer = client.post(close_url(owner_of(nc)), {"reason": "leaves"})
    assert answer.status_code == 403
    assert f"Still open: {nc}" in answer.content.decode().replace("&amp;", "&")
    owner_of(nc).refresh_from_db()
    assert owner_of(nc).is_active


def test_handed_over_it_belongs_to_the_colleague_and_the_trail_says_so(home: Body) -> None:
    nc = triaged(home)
    owner = owner_of(nc)
    which = [address for address, _one in leaving.obligations(owner)]
    said = {"which": which, "to": home.ivo.pk, "reason": "retires"}
    answer = signed_in(home.ada).post(close_url(owner), said)
    assert answer.status_code == 302, answer.content.decode()
    nc.refresh_from_db()
    assert nc.owner == home.ivo
    event = TrailEvent.objects.filter(stream=nc.uid).latest("seq")
    assert (event.verb, event.actor_id) == ("reassign", home.ada.pk)
    assert leaving.obligations(owner) == []


def test_what_was_handed_over_is_not_asked_of_the_leaver_any_more(home: Body) -> None:
    nc = triaged(home)
    owner = owner_of(nc)
    leaving.hand_over(owner, home.ivo, Actor(home.ada), [a for a, _o in leaving.obligations(owner)], "leaves")
    from workflows.engine.models import ASKED, Task, bucket_of_person

    assert not Task.objects.filter(bucket=bucket_of_person(owner.pk), status__in=ASKED).exists()
    assert Task.objects.filter(bucket=bucket_of_person(home.ivo.pk), status__in=ASKED).exists()


def test_a_finished_record_keeps_its_owner(home: Body) -> None:
    nc = reported(home)
    perform(nc, "reject", home.bob, reason="no requirement is broken")
    assert leaving.owned(home.bob) == []


def test_closing_ends_roles_delegations_sessions_and_password(home: Body) -> None:
    day = clock.today("Europe/Bucharest")
    given = create(Delegation, home.stan, organisation=home.organisation, delegator=home.stan, delegate=home.ivo,
                   roles=[], from_on=day, to_on=day + timedelta(days=9), reason="leave")  # fmt: skip
    give_role(home.stan, Actor(home.ada), role=Role.REVIEWER, unit=None, from_on=day + timedelta(days=5))
    his = signed_in(home.stan)
    assert his.get("/people/me/").status_code == 200
    answer = signed_in(home.ada).post(close_url(home.stan), {"reason": "retired", "version": home.stan.version})
    assert answer.status_code == 302
    home.stan.refresh_from_db()
    given.refresh_from_db()
    assert not home.stan.is_active
    assert not home.stan.has_usable_password()
    assert given.revoked_at
    ends = RoleAssignment.objects.of(home.organisation.pk).filter(person=home.stan).values_list("to_on", flat=True)
    assert all(end is not None for end in ends)
    assert his.get("/people/me/").status_code == 302
    assert "Closed" in signed_in(home.ada).get(reverse("people:person", args=(home.stan.uid,))).content.decode()


def test_the_only_administrator_stays(home: Body) -> None:
    reasons = [reason.code for reason in leaving.why_not_closed(home.ada, Actor(home.ada))]
    assert reasons == ["separation", "last_administrator"]
    give_role(home.bob, Actor(home.ada), role=Role.ADMINISTRATOR, unit=None, from_on=SINCE)
    leaving.close_account(home.ada, Actor(home.bob), reason="leaves")
    assert not Person.unscoped.get(pk=home.ada.pk).is_active


def test_nothing_happens_by_halves(home: Body) -> None:
    triaged(home)
    owner = Person.unscoped.get(pk=home.ann.pk)
    if not leaving.obligations(owner):
        pytest.fail("Ann owns nothing: the test proves nothing")
    with pytest.raises(Refused):
        leaving.close_account(owner, Actor(home.ada), reason="leaves")
    assert not RoleAssignment.objects.of(home.organisation.pk).filter(person=owner).exclude(to_on=None).exists()


def test_a_colleague_closes_no_account(home: Body) -> None:
    assert signed_in(home.bob).post(close_url(home.stan), {"reason": "x"}).status_code == 403
    with pytest.raises(Refused):
        leaving.close_account(home.stan, Actor(home.bob), reason="x")
    assert Person.unscoped.get(pk=home.stan.pk).is_active


def test_another_body_takes_nothing_over(home: Body, away: Body) -> None:
    nc = triaged(home)
    which = [address for address, _one in leaving.obligations(owner_of(nc))]
    answer = signed_in(home.ada).post(close_url(owner_of(nc)), {"which": which, "to": away.ivo.pk, "reason": "x"})
    assert answer.status_code == 422
    with pytest.raises(Refused):
        leaving.hand_over(owner_of(nc), away.ivo, Actor(home.ada), which, "x")
    with pytest.raises(Refused):
        leaving.hand_over(owner_of(nc), home.ivo, Actor(away.ada), which[:0], "x") or leaving.close_account(
            home.stan, Actor(away.ada), reason="x"
        )


def test_what_was_never_open_is_not_handed_over(home: Body) -> None:
    answer = signed_in(home.ada).post(close_url(home.stan), {"which": ["owned/x:1"], "to": home.ivo.pk, "reason": "x"})
    assert answer.status_code == 422
