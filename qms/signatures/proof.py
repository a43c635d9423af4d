"""The fresh proof: the password typed again, checked before any lock is taken and throttled as the login is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.trail import clock

if TYPE_CHECKING:
    from qms.people.actors import Actor
    from qms.people.models import Person

PASSWORD = "password"  # noqa: S105  the name of a method


@dataclass(frozen=True)
class Proof:
    """What the person brings: his password, typed again, and the hash of the content he was shown."""

    password: str
    content_hash: str = ""


@dataclass(frozen=True)
class Proven:
    """A proof that was checked, good for the one call it was brought to."""

    method: str
    content_hash: str
    at: datetime


def proven(proof: Proof, actor: Actor) -> Proven:
    """Check the proof, outside of any transaction: hashing a password takes long. Raises Refused.

    A program's token cannot sign, whatever it sends, and neither can the clock.
    """
    if actor.person is None or actor.via == "api" or actor.token_id is not None:
        text = _("A signature is given by a person with a fresh proof, not by a program's token.")
        raise Refused([Reason(text, "signature_by_person", _("signatures"))])
    try:
        right = _is_password_of(actor.person, proof.password)
    except ValidationError:
        text = _("The password was wrong too often. Wait five minutes, then sign again.")
        raise Refused([Reason(text, "throttled", _("signatures"))]) from None
    if not right:
        raise Refused([Reason(_("The password is not right, so nothing was signed."), "proof", _("signatures"))])
    return Proven(PASSWORD, proof.content_hash, clock.now())


def _is_password_of(person: Person, password: str) -> bool:
    """In a request through allauth, so that login and signature share their counters. Raises ValidationError."""
    if context.request is None:
        return person.is_active and person.check_password(password)
    found = get_adapter().authenticate(context.request, email=person.email, password=password)
    return found is not None and found.pk == person.pk
