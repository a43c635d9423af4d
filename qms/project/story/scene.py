"""What a story is told with: the day it plays on, the people of a body, and the steps they take most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from procedures.checklists.structure import Checklist
from procedures.documents import commands
from procedures.documents.content import Kind, TextSection
from procedures.documents.models import Revision
from qms.lifecycle.perform import amend, create, perform
from qms.people.actors import Actor
from qms.people.models import Organisation, Person, RoleAssignment, Unit
from qms.people.roles import Role
from qms.signatures.sign import Proof
from qms.trail import clock

INSTALLATION = Actor(None, via="installation")
BEGAN = 70  # days before today


@dataclass
class Scene:
    """A body with its people and units by short name. `password` is the demo password; its hash is `secret`."""

    organisation: Organisation
    password: str
    secret: str
    today: date
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def day(self, before: int) -> date:
        """The working day at or before so many days ago."""
        found = self.today - timedelta(days=before)
        while found.weekday() > 4:
            found -= timedelta(days=1)
        return found

    @contextmanager
    def at(self, before: int, hour: int = 9, minute: int = 0) -> Iterator[date]:
        """Play on that day at that hour of the body."""
        day = self.day(before)
        moment = datetime.combine(day, time(hour, minute), ZoneInfo(self.organisation.time_zone))
        with clock.at(min(moment, clock.real_now())):
            yield day

    @property
    def proof(self) -> Proof:
        return Proof(self.password)

    def unit(self, code: str, names: Sequence[str]) -> Unit:
        named: dict[str, Any] = dict(zip(("name_en", "name_ro", "name_bg"), names, strict=True))
        self.units[code] = create(Unit, INSTALLATION, organisation=self.organisation, code=code, **named)
        return self.units[code]

    def person(self, short: str, name: str, email: str, office: str, *roles: Role) -> Person:
        """Somebody with an account, and roles at the whole body."""
        person = create(
            Person,
            INSTALLATION,
            organisation=self.organisation,
            email=email,
            name=name,
            job_title=office,
            language=self.organisation.language,
            password=self.secret,
        )
        for role in (Role.STAFF, *roles):
            create(
                RoleAssignment,
                INSTALLATION,
                organisation=self.organisation,
                person=person,
                role=role,
                from_on=self.day(BEGAN),
            )
        self.people[short] = person
        return person

    def draft(
        self,
        code: str,
        titles: Sequence[str],
        by: Person,
        text: Checklist | Sequence[TextSection],
        kind: str = Kind.PROCEDURE,
        **more: Any,
    ) -> Revision:
        """A first draft: titles in English, Romanian and Bulgarian; the body's own language binds."""
        named: dict[str, Any] = dict(zip(("title_en", "title_ro", "title_bg"), titles, strict=True))
        title = named[f"title_{self.organisation.language}"]
        document = commands.create_document(
            self.organisation, code, title, by, kind=kind, owner=more.pop("owner", by), **named
        )
        revision = commands.open_new_revision(
            document, by, kind_of_change="new", reason_for_change=more.pop("reason", title)
        )
        commands.write(revision, by, text)
        reviewers = [person.pk for person in more.pop("reviewers")]
        return amend(revision, by, reviewers=reviewers, owner=by, **more)

    def approve(self, revision: Revision, by: Person, in_force: date) -> None:
        perform(revision, "approve", by, proof=self.proof, effective_from=in_force)

    def sign(self, record: Any, verb: str, *people: Person, **given: Any) -> None:
        for person in people:
            perform(record, verb, person, proof=self.proof, **given)


def in_force(revision: Revision) -> None:
    """Its day has come."""
    commands.put_into_force(revision)


def body(
    code: str, names: Sequence[str], country: str, language: str, parent: Organisation | None, more: Mapping[str, Any]
) -> Scene:
    """A demo body; the trail says that it is one."""
    named: dict[str, Any] = dict(zip(("name_en", "name_ro", "name_bg"), names, strict=True))
    zone = "Europe/Bucharest" if country == "RO" else "Europe/Sofia"
    today = clock.today(zone)
    with clock.at(clock.real_now() - timedelta(days=BEGAN + 1)):
        organisation = create(
            Organisation, INSTALLATION, code=code, country=country, language=language, time_zone=zone, parent=parent,
            is_demo=True, **named,
        )  # fmt: skip
    return Scene(organisation, more["password"], more["secret"], today)


def found(scene: Scene, inspection: Any, item: str) -> dict[str, Any]:
    """What a nonconformity about a failed item begins with, in the body's language."""
    given: dict[str, Any] = inspection.finding(item, scene.organisation.language)
    del given["unit"]
    return given
