"""What an administrator does with people, roles, units and bodies, beyond plain editing. All through the doors."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.perform import amend, create
from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.people.actors import Actor
from qms.people.models import Country, Organisation, Person, RoleAssignment, Unit
from qms.people.roles import Role
from qms.trail import clock

TIME_ZONES = {Country.RO: "Europe/Bucharest", Country.BG: "Europe/Sofia"}


def edit_person(person: Person, by: Actor, *, version: int | None, key: UUID | None, **changes: Any) -> Person:
    """Change somebody's name, office, e-mail or language; a new e-mail is the only one he signs in with."""
    before = person.email
    with transaction.atomic():
        amend(person, by, version=version, key=key, **changes)
        if person.email != before:
            EmailAddress.objects.filter(user=person).delete()
    return person


def give_role(person: Person, by: Actor, *, key: UUID | None = None, reason: str = "", **fields: Any) -> RoleAssignment:
    """Let somebody hold a role: `role`, `unit` (None: the whole body), `from_on`, `to_on` (None: until it is ended).

    Raises Refused for a closed account, ValidationError for what makes no sense, KeyReused.
    """
    if not person.is_active:
        raise Refused([Reason(_("The account is closed."), "closed")])
    organisation = person.organisation
    return create(RoleAssignment, by, key=key, reason=reason, organisation=organisation, person=person, **fields)


def end_role(
    role: RoleAssignment,
    by: Actor,
    to_on: date,
    *,
    version: int | None = None,
    key: UUID | None = None,
    reason: str = "",
) -> RoleAssignment:
    """Set a role's last day. Raises Refused for the only administrator's role, ValidationError for a past day."""
    if role.role == Role.ADMINISTRATOR and only_administrator(role.person, to_on):
        text = _("The body would be left without an administrator. Give somebody else the role first.")
        raise Refused([Reason(text, "last_administrator")])
    return amend(role, by, version=version, key=key, reason=reason, to_on=to_on)


def only_administrator(person: Person, until: date | None = None) -> bool:
    """Whether he is an administrator and nobody else will be one after that day (today)."""
    today = clock.today(person.organisation.time_zone)
    day = max(until or today, today)
    rows = RoleAssignment.objects.of(person.organisation_id).filter(
        Q(to_on=None) | Q(to_on__gt=day), role=Role.ADMINISTRATOR, from_on__lte=day
    )
    holders = set(rows.filter(person__is_active=True).values_list("person", flat=True))
    return person.pk in holders and holders == {person.pk}


def found_body(by: Actor, *, key: UUID | None = None, **fields: Any) -> Organisation:
    """Make a body: code, names, country, language, parent. Its clock is its country's. Raises Refused."""
    zone = TIME_ZONES[Country(fields["country"])]
    return create(Organisation, by, key=key, time_zone=zone, **fields)


def change_unit(unit: Unit, by: Actor, *, version: int | None, key: UUID | None, **changes: Any) -> Unit:
    """Edit a unit; where it moves, the units below move with it."""
    with transaction.atomic():
        parent = changes.get("parent", unit.parent)
        above = list(parent.line) if parent else []
        moved = above != unit.above
        if moved:
            changes["above"] = above
        amend(unit, by, version=version, key=key, **changes)
        if moved:
            _follow_above(unit, by)
    return unit


def _follow_above(unit: Unit, by: Actor) -> None:
    for below in Unit.objects.of(unit.organisation_id).filter(parent=unit):
        amend(below, by, above=list(unit.line))
        _follow_above(below, by)
