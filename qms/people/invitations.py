"""Invitations: an administrator asks somebody in; the link opens an account once, with the roles given then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.lifecycle.perform import amend, create, lock
from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.notices.outbox import enqueue, handles
from qms.people.actors import SYSTEM, Actor
from qms.people.links import hashed, link, token_for
from qms.people.models import Invitation, Organisation, Person, RoleAssignment, Unit
from qms.trail import clock

VALID_FOR = timedelta(days=14)
MAIL = "people.invitation"
# The account is opened by the link, in nobody's name; the trail says so.
INVITED = Actor(None, via="invitation")


class Standing(Enum):
    """Where an invitation stands, with the sentence for whoever follows its link."""

    OPEN = ""
    ACCEPTED = gettext_lazy("This invitation was used already. Log in with the password chosen then.")
    REVOKED = gettext_lazy("This invitation was taken back. Ask the administrator of the body for a new one.")
    EXPIRED = gettext_lazy("This invitation has expired. Ask the administrator of the body for a new one.")


def standing(invitation: Invitation) -> Standing:
    if invitation.accepted_at:
        return Standing.ACCEPTED
    if invitation.revoked_at:
        return Standing.REVOKED
    return Standing.OPEN if invitation.expires_at > clock.now() else Standing.EXPIRED


def mail_is_configured() -> bool:
    """Whether mail leaves this machine."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


def roles_given(roles: Iterable[str], unit: Unit | None, from_on: date) -> list[dict[str, Any]]:
    """Roles as an invitation keeps them."""
    return [{"role": str(role), "unit": unit.pk if unit else None, "from_on": from_on.isoformat()} for role in roles]


def invite(organisation: Organisation, by: Actor, *, key: UUID | None = None, **fields: Any) -> Invitation:
    """Ask somebody in: email, name, job_title, language, roles (see `roles_given`); mail goes out where it can.

    Raises Refused, KeyReused, ValidationError for an address that has an account already.
    """
    if Person.unscoped.filter(email__iexact=fields["email"]).exists():
        raise ValidationError({"email": _("Somebody has an account with this e-mail address.")})
    uid = uuid4()
    fields |= {"uid": uid, "token_hash": hashed(token_of(uid)), "expires_at": clock.now() + VALID_FOR}
    with transaction.atomic():
        made = create(Invitation, by, organisation=organisation, **fields)
        if mail_is_configured():
            enqueue(MAIL, str(made.uid), {"invitation": str(made.uid)})
    return made


def token_of(uid: UUID) -> str:
    return token_for("invitation", str(uid))


def link_of(invitation: Invitation) -> str:
    """The address to hand over. The page shows it once."""
    return link("invitation", token_of(invitation.uid))


def revoke(invitation: Invitation, by: Actor, *, key: UUID | None = None, reason: str = "") -> Invitation:
    """Take it back. Raises Refused when it is not open."""
    if standing(invitation) is not Standing.OPEN:
        raise Refused([Reason(standing(invitation).value, "not_open")])
    return amend(invitation, by, key=key, reason=reason, revoked_at=clock.now())


def found(token: str) -> Invitation | None:
    """The invitation of a link, whatever its standing; None for a link nobody was given."""
    rows = Invitation.unscoped.select_related("organisation").filter(token_hash=hashed(token))
    return rows.first()


def accept(invitation: Invitation, *, name: str, language: str, password: str) -> Person:
    """Open the account with its roles. Raises Refused when the link is not good any more, ValidationError."""
    kept_password = make_password(password)
    why = f"{_('Invitation')} {invitation.uid}"
    with transaction.atomic():
        invitation = lock(invitation)
        now = standing(invitation)
        if now is not Standing.OPEN:
            raise Refused([Reason(now.value, "not_open")])
        person = create(
            Person,
            INVITED,
            reason=why,
            organisation=invitation.organisation,
            email=invitation.email,
            name=name,
            job_title=invitation.job_title,
            language=language,
            password=kept_password,
        )
        for given in invitation.roles:
            _give(person, given, why)
        amend(invitation, INVITED, accepted_at=clock.now())
    return person


def _give(person: Person, given: dict[str, Any], why: str) -> None:
    unit = Unit.objects.of(person.organisation_id).filter(pk=given["unit"]).first() if given["unit"] else None
    from_on = date.fromisoformat(given["from_on"])
    create(
        RoleAssignment,
        INVITED,
        reason=why,
        organisation=person.organisation,
        person=person,
        role=given["role"],
        unit=unit,
        from_on=from_on,
    )


@handles(MAIL)
def mail_it(payload: dict[str, Any]) -> None:
    """Send the link, once; one that is not open any more goes nowhere."""
    invitation = Invitation.unscoped.select_related("organisation").get(uid=payload["invitation"])
    if invitation.mailed_at or standing(invitation) is not Standing.OPEN:
        return
    with translation.override(invitation.language):
        words = {"invitation": invitation, "link": link_of(invitation)}
        text = render_to_string("people/mail/invitation.txt", words)
        subject = _("%(body)s asks you to open an account") % {"body": invitation.organisation.name}
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    amend(invitation, SYSTEM, mailed_at=clock.now())
