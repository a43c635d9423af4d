"""The cast of every test: two bodies, one on each side of the Danube, with the same people in the same roles.

In `home` Ann owns the process, Bob is the quality manager, Petra approves, Rita and Rado review, Vera is the top
management, Cora coordinates inspections, Lena leads them, Ines and Ivo inspect, Stan is on the staff, Ada keeps the
accounts. `away` is another body with real twins: whatever is somebody else's is tested with rows that exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth.hashers import make_password

from qms.lifecycle.perform import create
from qms.people.actors import Actor
from qms.people.models import Organisation, Person, RoleAssignment, Unit
from qms.people.roles import Role
from qms.signatures.sign import Proof

INSTALLATION = Actor(None, via="installation")
PASSWORD = "a river between two banks"
# One cheap hash for everybody: what is tested is that a password is asked for, not how long hashing takes.
HASH = make_password(PASSWORD, hasher="md5")
SINCE = date(2020, 1, 1)

ROLES: dict[str, tuple[Role, ...]] = {
    "ann": (Role.STAFF, Role.AUTHOR, Role.PROCESS_OWNER),
    "bob": (Role.STAFF, Role.QUALITY_MANAGER),
    "petra": (Role.STAFF, Role.APPROVER),
    "rita": (Role.STAFF, Role.REVIEWER),
    "rado": (Role.STAFF, Role.REVIEWER),
    "vera": (Role.STAFF, Role.TOP_MANAGEMENT),
    "cora": (Role.STAFF, Role.COORDINATOR),
    "lena": (Role.STAFF, Role.INSPECTION_LEAD, Role.INSPECTOR),
    "ines": (Role.STAFF, Role.INSPECTOR),
    "ivo": (Role.STAFF, Role.INSPECTOR),
    "stan": (Role.STAFF,),
    "ada": (Role.STAFF, Role.ADMINISTRATOR),
}


@dataclass(frozen=True)
class Body:
    """A body with its unit and its people, by first name."""

    organisation: Organisation
    unit: Unit
    people: dict[str, Person]

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def make_body(code: str, country: str, language: str) -> Body:
    """A body of the cast, made through the doors by the installation."""
    organisation = create(
        Organisation,
        INSTALLATION,
        code=code,
        name_en=f"Agency {code}",
        name_ro=f"Agenția {code}",
        name_bg=f"Агенция {code}",
        country=country,
        language=language,
        time_zone="Europe/Bucharest" if country == "RO" else "Europe/Sofia",
    )
    unit = create(
        Unit, INSTALLATION, organisation=organisation, code="INS", name_en="Inspection", name_ro="Inspecție",
        name_bg="Инспекция",
    )  # fmt: skip
    people = {name: make_person(organisation, name, roles) for name, roles in ROLES.items()}
    return Body(organisation, unit, people)


def make_person(organisation: Organisation, name: str, roles: tuple[Role, ...] = (), language: str = "en") -> Person:
    """Somebody with an account and roles at the whole body."""
    email = f"{name}@{organisation.code.lower()}.example"
    person = create(
        Person,
        INSTALLATION,
        organisation=organisation,
        email=email,
        name=f"{name.capitalize()} {organisation.code}",
        job_title="official",
        language=language,
        password=HASH,
    )
    for role in roles:
        give_role(person, role)
    return person


def give_role(person: Person, role: Role, unit: Unit | None = None, until: date | None = None) -> RoleAssignment:
    return create(
        RoleAssignment,
        INSTALLATION,
        organisation=person.organisation,
        person=person,
        role=role,
        unit=unit,
        from_on=SINCE,
        to_on=until,
    )


def signing() -> Proof:
    """A fresh proof by anybody of the cast."""
    return Proof(PASSWORD)


@pytest.fixture
def home(db: None) -> Body:
    return make_body("HOME", "RO", "ro")


@pytest.fixture
def away(db: None) -> Body:
    return make_body("AWAY", "BG", "bg")
