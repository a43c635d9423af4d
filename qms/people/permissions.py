"""What a line of the permission table can say. The table itself stands in qms/project/permissions.py.

It says who may open an address at all; whose records he sees there, and which steps he may take, the scope of every
query and the doors decide.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

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
