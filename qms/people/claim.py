"""The first administrator of an empty installation comes in by a one-time link printed on the console."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.perform import create
from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.people.actors import Actor
from qms.people.keeping import found_body
from qms.people.links import hashed, link, new_token
from qms.people.models import ClaimLink, Person, RoleAssignment
from qms.people.roles import Role
from qms.trail import clock

VALID_FOR = timedelta(hours=48)
INSTALLATION = Actor(None, via="installation")
FIRST_ROLES = (Role.STAFF, Role.ADMINISTRATOR, Role.QUALITY_MANAGER)


def console_link() -> str:
    """Make a claim link and return its address. Only its hash is kept; it holds for two days."""
    token, now = new_token(), clock.now()
    ClaimLink.objects.create(token_hash=hashed(token), created_at=now, expires_at=now + VALID_FOR)
    return link("claim", token)


def why_not(token: str) -> list[Reason]:
    """Why this link does not open the installation; nothing when it does."""
    if Person.unscoped.exists():
        return [Reason(_("This installation has its people already. Log in, or ask for an invitation."), "claimed")]
    found = ClaimLink.objects.filter(token_hash=hashed(token), used_at=None).first()
    if found is None:
        return [Reason(_("This link is not known here. The console shows the right one when the web starts."), "link")]
    if found.expires_at <= clock.now():
        return [Reason(_("This link has expired. Start the web process again: the console shows a new one."), "late")]
    return []


def claim(token: str, body: dict[str, Any], person: dict[str, str]) -> Person:
    """Make the body, its first administrator and his roles. Two at once: one wins.

    In: `body` code, names, country, language; `person` name, email, password. Raises Refused, ValidationError.
    """
    kept_password = make_password(person["password"])
    with transaction.atomic():
        list(ClaimLink.objects.select_for_update().order_by("pk"))
        reasons = why_not(token)
        if reasons:
            raise Refused(reasons)
        organisation = found_body(INSTALLATION, **body)
        first = create(
            Person,
            INSTALLATION,
            organisation=organisation,
            email=person["email"],
            name=person["name"],
            language=organisation.language,
            password=kept_password,
        )
        today = clock.today(organisation.time_zone)
        for role in FIRST_ROLES:
            create(RoleAssignment, INSTALLATION, organisation=organisation, person=first, role=role, from_on=today)
        ClaimLink.objects.filter(token_hash=hashed(token)).update(used_at=clock.now())
    return first
