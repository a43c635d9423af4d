"""Who may attach files to a record or to another row with a stream."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from qms.lifecycle.case import WRONG_STATE, Case
from qms.lifecycle.ground import ground_reasons
from qms.lifecycle.rules import Reason, sentence
from qms.lifecycle.table import CLOCK
from qms.people.actors import Actor, Held
from qms.records.models import Record

ATTACH = "attach"


def attaching(row: Any, actor: Actor, case: Case | None = None) -> tuple[Held | None, list[Reason]]:
    """As what the actor may attach files to the row, and why he may not.

    To a record: whoever may edit it or take a step on it in its state; to a finished one nobody. To another row:
    whoever the row says may (`may`), for an answer the team of the mission.
    """
    if not isinstance(row, Record):
        return ground_reasons(row, actor, ATTACH)
    case = case or Case(row, actor)
    lifecycle, state = case.lifecycle, case.lifecycle.states(row.state)
    if state in lifecycle.finals:
        text = sentence(_("In the state “{state}” no evidence is added or voided any more."), state=state.label)
        return None, [Reason(text, WRONG_STATE, _("lifecycle"))]
    steps = (taker for step in lifecycle.by_state[row.state] for taker in step.takers)
    takers = tuple(dict.fromkeys((*lifecycle.edit_by.get(state, ()), *steps)))
    held = case.standing(takers)
    if held:
        return held, []
    people = tuple(taker for taker in takers if taker != CLOCK)
    text = _("Evidence is added by those who may edit the record or take a step on it now.")
    return None, case.with_names([Reason(text, "role", _("who may do what"), people)])
