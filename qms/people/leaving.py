"""Somebody leaves: what is still open with him, handing it over, and closing the account.

The ground knows what people own; packages above it add a Source for what they ask of people (`sources.append(…)` in
their AppConfig.ready).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.perform import amend, lock
from qms.lifecycle.reassign import reassign
from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason, sentence
from qms.people.actors import Actor
from qms.people.keeping import end_role, only_administrator
from qms.people.models import Delegation, Person, RoleAssignment
from qms.records import registry
from qms.records.pages import url_of
from qms.trail import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text

MOST_REASONS = 20


@dataclass(frozen=True)
class Obligation:
    """One thing that is open with somebody: what it is, as what he has it, where it stands, until when.

    `key` tells it from the others of its source; the source gives it to another person by that key.
    """

    key: str
    label: str
    role: Text
    url: str
    due_on: date | None = None


@dataclass(frozen=True)
class Source:
    """A kind of obligation: what is open with a person, and how one is handed over (key, to, by, reason)."""

    name: str
    open_with: Callable[[Person], Sequence[Obligation]]
    hand_over: Callable[[str, Person, Actor, str], Any]


def owned(person: Person) -> list[Obligation]:
    """Every record that is not finished and whose owner he is: one query per record type."""
    return [
        Obligation(f"{kind.name}:{record.pk}", str(record), _("owner"), url_of(record), record.due_on)
        for kind in registry.all_types()
        for record in _owned_of(kind, person)
    ]


def _owned_of(kind: registry.RecordType, person: Person) -> Iterator[Any]:
    finals = [state.value for state in kind.lifecycle.finals]
    rows = kind.model.objects.of(person.organisation_id).filter(owner=person).exclude(state__in=finals)
    yield from rows.order_by("pk")


def _give_record(key: str, to: Person, by: Actor, reason: str) -> None:
    name, _colon, pk = key.partition(":")
    record = registry.get(name).model.objects.of(to.organisation_id).select_related("organisation", "unit").get(pk=pk)
    reassign(record, by, reason=reason, owner=to)


sources: list[Source] = [Source("owned", owned, _give_record)]


def obligations(person: Person) -> list[tuple[str, Obligation]]:
    """Everything open with somebody, each under an address of its own: source and key."""
    return [(f"{source.name}/{one.key}", one) for source in sources for one in source.open_with(person)]


def hand_over(person: Person, to: Person, by: Actor, which: Sequence[str], reason: str) -> list[Reason]:
    """Give what is named in `which` to a colleague; return why what could not be given stayed.

    Raises Refused when that colleague cannot take anything: no active account in the body, or the same person.
    """
    if not to.is_active or to.organisation_id != person.organisation_id or to.pk == person.pk:
        raise Refused([Reason(_("Somebody else with an active account in the body takes it over."), "person")])
    kept = []
    still_open = dict(obligations(person))
    by_name = {source.name: source for source in sources}
    for address in which:
        if address not in still_open:
            continue
        name, _slash, key = address.partition("/")
        try:
            by_name[name].hand_over(key, to, by, reason)
        except Refused as refused:
            label = still_open[address].label
            text = sentence(_("{what}: {why}"), what=label, why=" ".join(str(one) for one in refused.reasons))
            kept.append(Reason(text, "kept", names=refused.reasons[0].names))
    return kept


def why_not_closed(person: Person, by: Actor) -> list[Reason]:
    """Every reason why the account cannot be closed now."""
    reasons = []
    if not person.is_active:
        reasons.append(Reason(_("The account is closed already."), "closed"))
    if by.person_id == person.pk:
        reasons.append(Reason(_("It is your own account: another administrator closes it."), "separation"))
    if only_administrator(person):
        text = _("He is the only administrator of the body. Give somebody else the role first.")
        reasons.append(Reason(text, "last_administrator"))
    still_open = obligations(person)
    reasons += [
        Reason(sentence(_("Still open: {what}."), what=one.label), "open", one.role, where="open")
        for _address, one in still_open[:MOST_REASONS]
    ]
    return reasons


def close_account(person: Person, by: Actor, *, version: int | None = None, reason: str) -> Person:
    """Close an account: roles end today, delegations are revoked, sessions and password die. Nothing is deleted.

    Raises Refused with every reason while anything is open; Stale.
    """
    with transaction.atomic():
        person = lock(person)
        reasons = why_not_closed(person, by)
        if reasons:
            raise Refused(reasons)
        amend(person, by, version=version, reason=reason, is_active=False)
        today = clock.today(person.organisation.time_zone)
        for role in RoleAssignment.objects.of(person.organisation_id).filter(_going_on(today), person=person):
            end_role(role, by, max(today, role.from_on), reason=reason)
        delegations = Delegation.objects.of(person.organisation_id).filter(
            Q(delegator=person) | Q(delegate=person), to_on__gte=today, revoked_at=None
        )
        for delegation in delegations.select_related("delegate"):
            amend(delegation, by, reason=reason, revoked_at=clock.now())
        Person.unscoped.filter(pk=person.pk).update(password=make_password(None))
    return person


def _going_on(today: date) -> Q:
    return Q(to_on=None) | Q(to_on__gt=today)
