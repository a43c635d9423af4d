"""Rights over rows that are no records: people, roles, units, answers. Each model says them in `may`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.rules import Reason, sentence
from qms.people.actors import Actor, Held, holders, role_label
from qms.people.roles import Role

INSTALLATION = "installation"
DEFAULT_KEEPERS = (Role.ADMINISTRATOR,)


def ground_reasons(row: Any, actor: Actor, verb: str, fields: Collection[str] = ()) -> tuple[Held | None, list[Reason]]:
    """As what the actor may create or edit the row, and why he may not.

    The model names the roles in KEEPERS (the administrator, where it says nothing), or answers itself in
    `may(actor, verb) -> (Held | None, list[Reason])`. Whoever runs commands on the machine may (it is written so).
    A person changes the fields of himself that Person names in SELF_FIELDS.
    """
    if hasattr(row, "may"):
        return row.may(actor, verb)  # type: ignore[no-any-return]
    if fields and getattr(row, "SELF_FIELDS", frozenset()) >= set(fields) and row.pk == actor.person_id:
        return None, []
    keepers: tuple[str, ...] = getattr(row, "KEEPERS", DEFAULT_KEEPERS)
    if actor.via == INSTALLATION or actor.is_clock:
        return None, []
    held = next(
        (held for held in actor.held if held.role in keepers and held.organisation_id == row.organisation_id), None
    )
    if held:
        return held, []
    text = sentence(_("It is for the {who}."), who=role_label(keepers[0]))
    people = tuple(person.name for person in holders(row.organisation_id, keepers[0])) if row.organisation_id else ()
    return None, [Reason(text, "role", _("who may do what"), keepers, names=people)]
