"""Who acts: a person in office, a person for another, or the clock. The trail prints what stands here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from qms.people.roles import Role
from qms.trail import clock

if TYPE_CHECKING:
    from qms.people.models import Person


@dataclass(frozen=True)
class Held:
    """A role somebody may use now. `for_id` and `for_name` name the delegator when it is delegated.

    `everything` says that all the delegator's roles were delegated, and with them his parts in records.
    """

    role: str
    organisation_id: int
    unit_id: int | None
    for_id: int | None = None
    for_name: str = ""
    everything: bool = False


@dataclass(frozen=True)
class Actor:
    """Who takes a step, with name and office as they are at that moment.

    `person` is None for the clock. `via` says how he came in: page, api, clock, import.
    """

    person: Person | None
    via: str = "page"
    token_id: int | None = None

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    @property
    def name(self) -> str:
        return self.person.name if self.person else "clock"

    @property
    def office(self) -> str:
        return self.person.job_title if self.person else ""

    @property
    def is_clock(self) -> bool:
        return self.person is None

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Own and delegated roles in force today, in one query."""
        return held_by(self.person) if self.person else ()


SYSTEM = Actor(None, via="clock")


def actor_of(by: Person | Actor) -> Actor:
    """Take either a person or an actor; a person acts through the pages."""
    return by if isinstance(by, Actor) else Actor(by)


def held_by(person: Person, on: date | None = None) -> tuple[Held, ...]:
    """Roles the person holds on that day, own ones first, then those delegated to him. One query."""
    from qms.people.models import RoleAssignment

    day = on or clock.today(person.organisation.time_zone)
    own = Q(person=person)
    delegated = Q(
        person__delegations_given__delegate=person,
        person__delegations_given__from_on__lte=day,
        person__delegations_given__to_on__gte=day,
        person__delegations_given__revoked_at=None,
    )
    rows = (
        RoleAssignment.unscoped.filter(own | delegated, from_on__lte=day)
        .filter(Q(to_on=None) | Q(to_on__gte=day))
        .order_by("pk")
        .values_list(
            "role",
            "organisation_id",
            "unit_id",
            "person_id",
            "person__name",
            "person__delegations_given__delegate_id",
            "person__delegations_given__roles",
        )
        .distinct()
    )
    mine, theirs = [], []
    for role, organisation_id, unit_id, holder_id, holder_name, delegate_id, roles in rows:
        if holder_id == person.pk:
            mine.append(Held(role, organisation_id, unit_id))
        elif delegate_id == person.pk and (not roles or role in roles):
            theirs.append(Held(role, organisation_id, unit_id, holder_id, holder_name, everything=not roles))
    return tuple(dict.fromkeys(mine + theirs))


def holders(
    organisation_id: int, role: str, unit_line: tuple[int, ...] = (), on: date | None = None
) -> QuerySet[Person]:
    """Active people who hold the role on that day at the whole body or at one of the units of the line, by name.

    `unit_line` are the ids of a unit and of those above it (Unit.line).
    """
    from qms.people.models import Person

    day = on or clock.now().date()
    return (
        Person.objects.filter(
            Q(roles__unit=None) | Q(roles__unit__in=unit_line),
            Q(roles__to_on=None) | Q(roles__to_on__gte=day),
            roles__organisation=organisation_id,
            roles__role=role,
            roles__from_on__lte=day,
            is_active=True,
        )
        .distinct()
        .order_by("name")
    )


def roster(organisation_id: int, on: date | None = None) -> list[tuple[str, int | None, str]]:
    """(role, unit or None for the whole body, name) of every active holder on that day, by name. One query."""
    from qms.people.models import RoleAssignment

    day = on or clock.now().date()
    rows = RoleAssignment.objects.of(organisation_id).filter(
        Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day, person__is_active=True
    )
    return list(rows.order_by("person__name", "pk").values_list("role", "unit_id", "person__name"))


def everybody(organisation_id: int) -> dict[int, tuple[str, bool]]:
    """Name and whether the account is active, of everybody in a body, by name. One query."""
    from qms.people.models import Person

    rows = Person.objects.filter(organisation=organisation_id).order_by("name")
    return {pk: (name, is_active) for pk, name, is_active in rows.values_list("pk", "name", "is_active")}


def role_label(role: str) -> str:
    """The role's name in the reader's language; an unknown code is shown as it is."""
    return str(Role(role).label) if role in Role.values else role
