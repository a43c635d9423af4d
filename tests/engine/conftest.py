"""The cast of the engine's tests: one body, its people, and the toy type registered while these tests run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from qms.lifecycle.perform import create, perform
from qms.people.models import Delegation, Organisation, Person, RoleAssignment, Unit
from qms.people.roles import Role
from qms.records import registry
from qms.records.search_index import put_in_place
from qms.trail import clock
from tests.engine.toyapp.models import ToyNote
from tests.engine.toyapp.type import TOY

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)  # a Wednesday


@dataclass
class Cast:
    """Ann writes, Rob and Rita review, Alan approves, Quinn is the quality manager, Olga stands by."""

    body: Organisation
    unit: Unit
    ann: Person
    rob: Person
    rita: Person
    alan: Person
    quinn: Person
    olga: Person

    def note(self, *reviewers: Person, **fields: Any) -> ToyNote:
        """A note of Ann's with these reviewers, Rob and Rita if none are named."""
        people = reviewers or (self.rob, self.rita)
        values: dict[str, Any] = {
            "title": "A note",
            "unit": self.unit,
            "owner": self.ann,
            "reviewers": [p.pk for p in people],
        }
        return create(ToyNote, self.ann, organisation=self.body, **(values | fields))

    def in_approval(self, **fields: Any) -> ToyNote:
        note = self.note(**fields)
        perform(note, "submit", self.ann)
        for reviewer in (self.rob, self.rita):
            perform(note, "agree", reviewer)
        return note

    def approved(self, **fields: Any) -> ToyNote:
        return perform(self.in_approval(**fields), "approve", self.alan, effective_on=date(2026, 5, 4))


@pytest.fixture
def toy() -> Iterator[None]:
    """The toy type, known to the product for as long as the test runs."""
    registry.register(TOY)
    yield
    registry._types.pop(TOY.name)


@pytest.fixture
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def cast(db: None, toy: None, noon: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    """The people of the tests, in whichever database is the present one, and the search index of the toy type."""
    put_in_place()
    since = {"created_at": NOON}
    body = Organisation.objects.create(
        code="TOY", country="RO", language="en", time_zone="Europe/Bucharest", name_en="Toy body", **since
    )
    unit = Unit.unscoped.create(organisation=body, code="U1", name_en="Unit one", **since)
    names = ("ann", "rob", "rita", "alan", "quinn", "olga")
    people = {
        name: Person.unscoped.create(organisation=body, email=f"{name}@example.org", name=name.title(), **since)
        for name in names
    }
    roles = {
        "ann": Role.AUTHOR,
        "rob": Role.REVIEWER,
        "rita": Role.REVIEWER,
        "alan": Role.APPROVER,
        "quinn": Role.QUALITY_MANAGER,
    }
    for name, role in roles.items():
        hold(people[name], role)
    return Cast(body, unit, **people)


def hold(person: Person, role: str, unit: Unit | None = None) -> None:
    RoleAssignment.unscoped.create(
        organisation=person.organisation,
        person=person,
        role=role,
        unit=unit,
        from_on=date(2026, 1, 1),
        created_at=NOON,
    )


def delegate(giver: Person, taker: Person, *roles: str) -> None:
    Delegation.unscoped.create(
        organisation=giver.organisation,
        delegator=giver,
        delegate=taker,
        roles=list(roles),
        from_on=date(2026, 3, 1),
        to_on=date(2026, 12, 31),
        reason="leave",
        created_at=NOON,
    )
