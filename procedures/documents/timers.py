"""The clock's work on documents: an approved revision comes into force when its day has come."""

from __future__ import annotations

from typing import Any

from procedures.documents.commands import put_into_force
from procedures.documents.consequences import MAKE_EFFECTIVE
from procedures.documents.lifecycle import State
from procedures.documents.models import Revision
from qms.notices.outbox import handles


class NotYet(Exception):
    """The clock where the body is has not reached the day; the job is tried again."""


@handles(MAKE_EFFECTIVE)
def make_effective(payload: dict[str, Any]) -> None:
    """Carry out the job, once or several times: what is in force already, cancelled or revoked is left alone."""
    revision = Revision.unscoped.select_related("document", "organisation").get(uid=payload["revision"])
    if str(revision.effective_from) != payload["day"]:
        return  # approved anew for another day, which has a job of its own
    if put_into_force(revision).state == State.APPROVED:
        raise NotYet(revision.reference)
