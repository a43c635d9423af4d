"""The people of a body, and a document of theirs on its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from procedures.documents import commands
from procedures.documents.content import TextSection
from procedures.documents.models import Document, Revision
from qms.lifecycle.perform import amend, create, perform
from qms.people.actors import Actor
from qms.people.models import Organisation, Person, RoleAssignment, Unit
from qms.people.roles import Role
from qms.signatures.sign import Proof
from qms.trail import clock

INSTALLATION = Actor(None, via="installation")
PASSWORD = "a long enough word"
BEGIN = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)


@dataclass
class Cast:
    """Radu writes, Dan, Ana and Andrei review, Elena approves, Carmen manages quality, Lia is of another body."""

    body: Organisation
    unit: Unit
    radu: Person
    dan: Person
    ana: Person
    andrei: Person
    elena: Person
    carmen: Person
    lia: Person


def person(body: Organisation, name: str, *roles: Role) -> Person:
    made = Person(
        organisation=body, email=f"{name.lower()}@{body.code.lower()}.example", name=name, created_at=clock.now()
    )
    made.set_password(PASSWORD)
    made.save()
    for role in roles:
        RoleAssignment.unscoped.create(
            organisation=body, person=made, role=role, from_on=date(2020, 1, 1), created_at=clock.now()
        )
    return made


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with clock.at(BEGIN):
        yield make_cast()


def make_cast() -> Cast:
    body = create(Organisation, INSTALLATION, code="AJ", name_en="Agency", country="RO", language="en")
    other = create(Organisation, INSTALLATION, code="XX", name_en="Other", country="RO", language="en")
    return Cast(
        body,
        Unit.unscoped.create(organisation=body, code="IS", name_en="Inspection", created_at=clock.now()),
        person(body, "Radu", Role.AUTHOR),
        person(body, "Dan", Role.REVIEWER),
        person(body, "Ana", Role.REVIEWER),
        person(body, "Andrei", Role.REVIEWER),
        person(body, "Elena", Role.APPROVER),
        person(body, "Carmen", Role.QUALITY_MANAGER),
        person(other, "Lia", Role.AUTHOR, Role.APPROVER, Role.QUALITY_MANAGER),
    )


SECTIONS = (TextSection("s1", "Purpose", "<p>What it is for.</p>"), TextSection("s2", "Steps", "<p>First look.</p>"))


def proof() -> Proof:
    return Proof(PASSWORD)


def a_draft(cast: Cast, code: str = "PS-01", **fields: Any) -> Revision:
    """A first draft by Radu with text, and three reviewers."""
    document = commands.create_document(
        cast.body, code, "Control of documents", cast.radu, unit=cast.unit, owner=cast.carmen
    )
    draft = commands.open_new_revision(document, cast.radu, kind_of_change="new", reason_for_change="first issue")
    commands.write(draft, cast.radu, SECTIONS)
    reviewers = [cast.dan.pk, cast.ana.pk, cast.andrei.pk]
    return amend(draft, cast.radu, **{"reviewers": reviewers, **fields})


def in_review(cast: Cast, code: str = "PS-01") -> Revision:
    return perform(a_draft(cast, code), "submit", cast.radu)


def in_approval(cast: Cast, code: str = "PS-01") -> Revision:
    revision = in_review(cast, code)
    for reviewer in (cast.dan, cast.ana, cast.andrei):
        perform(revision, "agree", reviewer)
    return revision


def approved(cast: Cast, code: str = "PS-01", on: date | None = None) -> Revision:
    revision = in_approval(cast, code)
    return perform(revision, "approve", cast.elena, proof=proof(), effective_from=on or date(2026, 2, 9))


def effective(cast: Cast, code: str = "PS-01") -> Revision:
    revision = approved(cast, code, date(2026, 2, 2))
    return commands.put_into_force(revision)


def second(cast: Cast, document: Document, on: date) -> Revision:
    """The next revision of a document in force, approved for that day."""
    draft = commands.open_new_revision(
        document, cast.radu, kind_of_change="substantive", reason_for_change="a step was missing"
    )
    commands.write(draft, cast.radu, (*SECTIONS, TextSection("s3", "Records", "<p>Kept.</p>")))
    perform(draft, "submit", cast.radu)
    for reviewer in (cast.dan, cast.ana, cast.andrei):
        perform(draft, "agree", reviewer)
    return perform(draft, "approve", cast.elena, proof=proof(), effective_from=on)
