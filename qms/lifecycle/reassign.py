"""A part in a record changes hands: the owner leaves, another takes over. Through the door, in any state."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.case import Case
from qms.lifecycle.perform import By, R, _edit
from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.people.actors import actor_of
from qms.people.roles import Role

REASSIGN = "reassign"
# Who may give work to somebody else, besides whoever has it.
HANDS_OUT = (Role.QUALITY_MANAGER, Role.TOP_MANAGEMENT, Role.ADMINISTRATOR)


def reassign(record: R, by: By, *, key: UUID | None = None, reason: str, **parts: Any) -> R:
    """Give parts in a record (`owner=…`) to somebody else and return the record. It counts as no editing.

    Raises Refused when it is not for `by` to give, Stale, KeyReused, ValidationError for somebody of another body.
    """
    actor = actor_of(by)
    case = Case(record, actor)
    theirs = tuple(name for name in parts if name in case.type.parts)
    if not case.standing((*theirs, *HANDS_OUT)):
        reason_why = Reason(_("This is somebody else’s to give away."), "role", _("who may do what"), HANDS_OUT)
        raise Refused(case.with_names([reason_why]))
    return _edit(record, REASSIGN, actor, None, key, reason, parts, {})
