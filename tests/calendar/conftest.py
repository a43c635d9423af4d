"""The bodies and people of the calendar's tests: a central authority, two of its bodies, one abroad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from qms.calendar.models import CalendarException
from qms.lifecycle.perform import create
from qms.people.actors import SYSTEM
from qms.people.models import Organisation, Person, RoleAssignment
from qms.people.roles import Role
from qms.trail import clock

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


@dataclass
class Bodies:
    """Ada administers Constanța, Sorin works there, Anca administers the authority above, Boris is abroad."""

    above: Organisation
    constanta: Organisation
    ruse: Organisation
    ada: Person
    sorin: Person
    anca: Person
    boris: Person


def exception(organisation: Organisation, day: str, *, by: Any = SYSTEM, **fields: Any) -> CalendarException:
    """An exception made through the door."""
    values: dict[str, Any] = {"is_working": False, "purpose": "Bridge day", "act": "HG 1/2026"} | fields
    return create(CalendarException, by, organisation=organisation, day=date.fromisoformat(day), **values)


@pytest.fixture
def bodies(db: None) -> Any:
    with clock.at(NOON):
        yield _bodies()


def _bodies() -> Bodies:
    since = {"created_at": NOON}
    above = _body("ABOVE", "RO", since)
    constanta = _body("CT", "RO", since, parent=above)
    ruse = _body("RUSE", "BG", since)
    people = {}
    for name, body, role in (
        ("ada", constanta, Role.ADMINISTRATOR),
        ("sorin", constanta, Role.STAFF),
        ("anca", above, Role.ADMINISTRATOR),
        ("boris", ruse, Role.ADMINISTRATOR),
    ):
        person = Person.unscoped.create(organisation=body, email=f"{name}@example.org", name=name.title(), **since)
        RoleAssignment.unscoped.create(organisation=body, person=person, role=role, from_on=date(2026, 1, 1), **since)
        people[name] = person
    return Bodies(above, constanta, ruse, **people)


def _body(code: str, country: str, since: dict[str, Any], **fields: Any) -> Organisation:
    body: Organisation = Organisation.objects.create(
        code=code,
        country=country,
        language="en",
        time_zone="Europe/Bucharest",
        name_en=f"Body {code}",
        **since,
        **fields,
    )
    return body
