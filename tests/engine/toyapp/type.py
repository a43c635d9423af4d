from typing import Any

from qms.lifecycle.perform import perform
from qms.people.actors import SYSTEM
from qms.records.registry import RecordType
from tests.engine.toyapp.lifecycle import LIFECYCLE, all_agreed
from tests.engine.toyapp.models import ToyNote
from tests.engine.toyapp.routing import ToyFlow


def endorse_when_all_agreed(note: Any, _event: Any, _actor: Any, _given: Any) -> None:
    if all_agreed.holds(note):
        perform(note, "endorse", SYSTEM)


TOY = RecordType(
    model=ToyNote,
    lifecycle=LIFECYCLE,
    code="TOY",
    label="note",
    plural="notes",
    parts={"owner": lambda note: [note.owner_id], "reviewers": lambda note: note.reviewers},
    consequences={"agree": (endorse_when_all_agreed,)},
    edit_fields=("title", "unit", "owner", "reviewers", "effective_on"),
    flow=ToyFlow,
)
