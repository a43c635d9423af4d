"""What the checklist of an inspection needs to know; ``inspections/checklist.html`` takes a ChecklistPage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.forms import BaseForm

from qms.face.pages import Difference
from qms.face.parts import Evidence, Link

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
else:
    Text = str


@dataclass(frozen=True)
class Answer:
    """One answer to choose. ``sign`` draws its mark: yes, no, na, or nothing."""

    value: str
    label: Text
    sign: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class ChecklistItem:
    """A question with its answers side by side, one form: the buttons send ``answer``; ``fact`` and ``photo`` go along.

    ``kind``: yes_no, choice (buttons) · number, text, date (a field named ``answer``) · photo. ``asks_fact`` opens fact
    and photo; while ``missing`` says something the frame is red. ``version`` is the answer's, 0 before the first.
    """

    template: ClassVar[str] = "parts/checklist_item.html"
    uid: str
    number: str
    question: Text
    url: str
    kind: str = "yes_no"
    answers: Sequence[Answer] = ()
    value: str = ""
    unit: str = ""  # of a number
    version: int = 0
    key: str = ""
    asks_fact: bool = False
    fact: str = ""
    photos: Sequence[Evidence] = ()
    photo_offered: bool = False
    missing: Text = ""
    basis: Text = ""
    guidance: Text = ""
    saved: Text = ""  # "Ana Pop, 10:42"
    conflict: Text = ""  # who changed it meanwhile, when two answers differ
    differences: Sequence[Difference] = ()  # the answer as it is, and as it was sent
    mine: Answer | None = None  # the button that saves one's own answer all the same
    keep_url: str = ""  # to the item as it is
    findings: Sequence[Link] = ()  # what came of a failed item, and what can: a nonconformity, a measure
    locked: bool = False

    @property
    def answered(self) -> bool:
        """There is an answer."""
        return bool(self.value) or any(answer.chosen for answer in self.answers)


@dataclass(frozen=True)
class SectionTab:
    """A section in the head: how many of its questions are answered."""

    number: str
    title: Text
    answered: int
    total: int
    url: str
    current: bool = False

    @property
    def complete(self) -> bool:
        """Every question has an answer."""
        return self.answered >= self.total


@dataclass(frozen=True)
class ChecklistHead:
    """The head that stays: which mission, how far, how many answers wait to be sent."""

    template: ClassVar[str] = "parts/checklist_head.html"
    reference: str
    title: Text
    back_url: str
    answered: int
    total: int
    place: Text = ""
    no: int = 0
    not_applicable: int = 0
    to_send: int = 0
    sections: Sequence[SectionTab] = ()


@dataclass(frozen=True)
class ChecklistFoot:
    """The foot that stays: when it was saved, the section before, the next question without an answer."""

    template: ClassVar[str] = "parts/checklist_foot.html"
    saved_at: datetime | None = None
    previous: Link | None = None
    next: Link | None = None  # the next without an answer, or the next section, or the way to finish


@dataclass(frozen=True)
class ChecklistPage:
    """One section of a checklist under way. ``choice`` (the object of the check) is a form before the questions."""

    head: ChecklistHead
    section: SectionTab
    items: Sequence[ChecklistItem]
    foot: ChecklistFoot
    note: Text = ""
    choice: BaseForm | None = None
    choice_url: str = ""
