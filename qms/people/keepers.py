"""Who keeps the rows of people and bodies: answers for the doors, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.people.roles import Role

if TYPE_CHECKING:
    from qms.lifecycle.rules import Reason
    from qms.people.actors import Actor, Held


def keeper_of_body(actor: Actor, *body_ids: int) -> tuple[Held | None, list[Reason]]:
    """The administrator of one of these bodies may, so may whoever runs commands on the machine; else the reason."""
    from qms.lifecycle.rules import Reason, sentence
    from qms.people.actors import holders, role_label

    if actor.is_clock:
        return None, []
    for held in actor.held:
        if held.role == Role.ADMINISTRATOR and held.organisation_id in body_ids:
            return held, []
    text = sentence(_("It is for the {who}."), who=role_label(Role.ADMINISTRATOR))
    names = tuple(person.name for body in body_ids for person in holders(body, Role.ADMINISTRATOR))
    return None, [Reason(text, "role", _("who may do what"), (Role.ADMINISTRATOR,), names=names)]


def keeper_or_self(actor: Actor, body_id: int, person_id: int) -> tuple[Held | None, list[Reason]]:
    """The person himself may, or the administrator of his body."""
    if actor.person_id == person_id:
        return None, []
    return keeper_of_body(actor, body_id)
