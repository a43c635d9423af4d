"""What a line of the permission table can say. The table itself stands in qms/project/permissions.py.

It says who may open an address at all; whose records he sees there, and which steps he may take, the scope of every
query and the doors decide.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qms.people.roles import Role

if TYPE_CHECKING:
    from qms.people.actors import Actor


class Access(Enum):
    """Who may open an address."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"
    PROGRAM = "program"  # the interface checks its own tokens
    ADMINISTRATOR = "administrator"
    QUALITY_MANAGER = "quality manager"


ROLES = {
    Access.ADMINISTRATOR: (Role.ADMINISTRATOR,),
    Access.QUALITY_MANAGER: (Role.QUALITY_MANAGER, Role.ADMINISTRATOR),
}


def allowed(access: Access, actor: Actor) -> bool:
    """Whether somebody signed in may open an address with this line."""
    if access not in ROLES:
        return True
    return any(held.role in ROLES[access] for held in actor.held)


def why_not(access: Access, actor: Actor) -> str:
    """Whom an address is for, and who that is in the person's body, in a sentence for the page that says no."""
    from qms.people.actors import holders, role_label

    assert actor.person is not None
    roles = ROLES[access]
    people = dict.fromkeys(p.name for role in roles for p in holders(actor.person.organisation_id, role))
    words = {"roles": ", ".join(role_label(role) for role in roles), "names": ", ".join(people) or "–"}
    return _("It is for the %(roles)s: %(names)s.") % words
