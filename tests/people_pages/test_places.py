"""Units and bodies: a tree that stays one, a body above that founds bodies below, and nobody else's."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qms.lifecycle.perform import amend, create
from qms.lifecycle.refused import Refused
from qms.people.actors import Actor
from qms.people.claim import INSTALLATION
from qms.people.keeping import change_unit, found_body
from qms.people.models import Invitation, Organisation, Unit
from tests.people import Body
from tests.people_pages.conftest import signed_in

pytestmark = pytest.mark.django_db


def unit(home: Body, code: str, parent: Unit | None = None) -> Unit:
    return create(Unit, home.ada, organisation=home.organisation, code=code, name_en=f"Unit {code}", parent=parent)


def test_a_unit_is_made_and_edited(home: Body) -> None:
    client = signed_in(home.ada)
    said = {"code": "FIN", "name_ro": "Financiar", "parent": home.unit.pk}
    assert client.get("/people/units/new").status_code == 200
    assert client.post("/people/units/new", said).status_code == 302
    made = Unit.objects.of(home.organisation.pk).get(code="FIN")
    assert made.line == (home.unit.pk, made.pk)
    url = reverse("people:unit", args=(made.uid,))
    assert client.get(url).status_code == 200
    assert client.post(url, said | {"name_ro": "Buget", "parent": "", "version": made.version}).status_code == 302
    made.refresh_from_db()
    assert (made.name_ro, made.above) == ("Buget", [])
    assert "Buget" in client.get("/people/units/").content.decode()


def test_what_lies_below_moves_with_it(home: Body) -> None:
    top, middle, low = unit(home, "A"), unit(home, "B"), None
    low = unit(home, "C", middle)
    change_unit(middle, Actor(home.ada), version=None, key=None, parent=top)
    low.refresh_from_db()
    assert low.above == [top.pk, middle.pk]


def test_a_unit_is_no_part_of_itself(home: Body) -> None:
    top = unit(home, "A")
    low = unit(home, "B", top)
    with pytest.raises(ValidationError):
        amend(top, home.ada, parent=low)


def test_a_code_stands_once_in_a_body(home: Body, away: Body) -> None:
    answer = signed_in(home.ada).post("/people/units/new", {"code": "ins", "name_en": "X"})
    assert answer.status_code == 422
    assert create(Unit, away.ada, organisation=away.organisation, code="FIN", name_en="X")


def test_another_bodys_unit_is_a_missing_one(home: Body, away: Body) -> None:
    client = signed_in(home.ada)
    assert client.get(reverse("people:unit", args=(away.unit.uid,))).status_code == 404
    assert "AWAY" not in client.get("/people/units/").content.decode()
    assert client.post("/people/units/new", {"code": "Q", "name_en": "Q", "parent": away.unit.pk}).status_code == 422


def test_the_tree_costs_the_same_for_ten_units_and_for_two_hundred(home: Body) -> None:
    client = signed_in(home.ada)
    client.get("/people/units/")
    costs = []
    for number in (10, 190):
        for n in range(number):
            Unit.unscoped.create(
                organisation=home.organisation, code=f"{number}-{n}", name_en="U", parent=home.unit,
                created_at=home.unit.created_at,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            client.get("/people/units/")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 5


def test_a_body_is_founded_by_the_one_above_and_its_administrator_invited_next(home: Body) -> None:
    client = signed_in(home.ada)
    said = {"code": "BELOW", "name_ro": "Agenția de jos", "country": "RO", "language": "ro"}
    assert client.get("/people/bodies/new").status_code == 200
    answer = client.post("/people/bodies/new", said)
    below = Organisation.unscoped.get(code="BELOW")
    assert below.parent == home.organisation
    form = client.get(answer["Location"]).content.decode()
    assert "Agenția de jos" in form or "BELOW" in form
    invited = {"body": below.pk, "email": "x@below.example", "name": "Xenia", "language": "ro",
               "roles": ["administrator"], "from_on": "2026-01-01"}  # fmt: skip
    assert client.post("/people/invitations/new", invited).status_code == 302
    assert Invitation.unscoped.get().organisation == below
    assert "Xenia" in client.get("/people/invitations/").content.decode()


def test_names_are_edited_by_its_own_administrator_and_by_the_one_above(home: Body) -> None:
    below = found_body(Actor(home.ada), code="BELOW", name_ro="Jos", country="RO", language="ro",
                       parent=home.organisation)  # fmt: skip
    for body in (home.organisation, below):
        url = reverse("people:body", args=(body.uid,))
        client = signed_in(home.ada)
        assert client.get(url).status_code == 200
        assert client.post(url, {"name_en": "New name", "language": "ro", "version": body.version}).status_code == 302
        body.refresh_from_db()
        assert body.name_en == "New name"


def test_a_body_without_a_name_is_none(home: Body) -> None:
    said = {"code": "BELOW", "country": "RO", "language": "ro"}
    assert signed_in(home.ada).post("/people/bodies/new", said).status_code == 422


def test_another_body_is_a_missing_one(home: Body, away: Body) -> None:
    client = signed_in(home.ada)
    assert client.get(reverse("people:body", args=(away.organisation.uid,))).status_code == 404
    assert "AWAY" not in client.get("/people/bodies/").content.decode()
    with pytest.raises(Refused):
        amend(away.organisation, home.ada, name_en="X")
    with pytest.raises(Refused):
        found_body(Actor(home.ada), code="Q", name_ro="Q", country="RO", language="ro", parent=away.organisation)
    with pytest.raises(Refused):
        found_body(Actor(home.ada), code="Q", name_ro="Q", country="RO", language="ro")


def test_the_body_above_reaches_no_people_of_the_body_below(home: Body) -> None:
    from tests.people import make_person

    below = found_body(INSTALLATION, code="BELOW", name_ro="Jos", country="RO", language="ro", parent=home.organisation)
    theirs = make_person(below, "theo")
    assert signed_in(home.ada).get(reverse("people:person", args=(theirs.uid,))).status_code == 404


@pytest.mark.parametrize("name", ["units", "unit_new", "bodies", "body_new", "delegations"])
def test_a_colleague_is_told_for_whom_the_page_is(home: Body, name: str) -> None:
    answer = signed_in(home.bob).get(reverse(f"people:{name}"))
    assert answer.status_code == 403
    assert "Ada HOME" in answer.content.decode()
