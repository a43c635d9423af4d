"""What whole pages are made of: list, record, step, trail, inbox. Plain data, as in ``qms.face.parts``.

Each page template takes one of these as ``page``: ``records/list.html`` a ListPage, ``records/detail.html`` a
RecordPage, ``records/step.html`` and ``records/edit.html`` a FormPage, ``records/trail.html`` a TrailPage,
``inbox.html`` an InboxPage,
``welcome.html`` a WelcomePage, ``409.html`` a StalePage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.forms import BaseForm

from qms.face.parts import Badge, Button, Cell, Deadline, EmptyState, Fact, Link, Stepper, Tone, Trail, WhatNext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
else:
    Text = str


@dataclass(frozen=True)
class Head:
    """The head of a page: where it lies, its name, where it stands, one line of what matters, what can be done."""

    title: Text
    reference: str = ""
    crumbs: Sequence[Link] = ()
    badge: Badge | None = None
    line: Text = ""
    late: Text = ""  # said in the line, in the colour of what is late
    actions: Sequence[Button] = ()
    more: Sequence[Link] = ()
    tabs: Sequence[Link] = ()


@dataclass(frozen=True)
class Column:
    """A column of a list. ``kind`` fixes its width: text, title, badge, person, due, number."""

    label: Text
    kind: str = "text"
    sort_url: str = ""
    sorted: str = ""  # "ascending" | "descending" | ""


@dataclass(frozen=True)
class Row:
    """One record of a list. ``cells`` follow the columns after reference and title; a phone shows the named ones."""

    url: str
    reference: str
    title: Text
    cells: Sequence[Cell] = ()
    badge: Badge | None = None
    due: Deadline | None = None
    unit: Text = ""
    flag: Text = ""  # "major"


@dataclass(frozen=True)
class ListTable:
    """A list: a dense table on a desk, two lines each on a phone. The first two columns are reference and title."""

    template: ClassVar[str] = "parts/list_table.html"
    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Filters:
    """The filters of a list, a GET form. ``search`` names the field a phone always shows; ``kept`` goes unseen."""

    template: ClassVar[str] = "parts/filters.html"
    form: BaseForm
    search: str = "q"
    applied: int = 0
    clear_url: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pager:
    """Newer and older pages of a list read by key, and what is shown of it in words."""

    template: ClassVar[str] = "parts/pager.html"
    shown: Text = ""
    newer_url: str = ""
    older_url: str = ""


@dataclass(frozen=True)
class ListPage:
    """A list of records. ``table.rows`` empty: ``empty`` is shown instead."""

    head: Head
    table: ListTable
    filters: Filters | None = None
    pager: Pager | None = None
    empty: EmptyState | None = None


@dataclass(frozen=True)
class RecordPage:
    """A record: its way, what next, then boxes in the wide column and in the rail, in the order given."""

    head: Head
    stepper: Stepper | None = None
    what_next: WhatNext | None = None
    main: Sequence[Any] = ()
    rail: Sequence[Any] = ()


@dataclass(frozen=True)
class Signature:
    """What is about to be signed: the meaning in the first person, who signs as what, the frozen manifest, its hash."""

    template: ClassVar[str] = "parts/signature.html"
    meaning: Text
    signer: str
    role: Text
    manifest: Sequence[Fact]
    sha256: str
    on_behalf_of: str = ""


@dataclass(frozen=True)
class FormPage:
    """A form that takes a step, creates or changes a record. ``version`` and ``key`` go along unseen.

    A field ``password`` of the form is the proof of a signature. ``sections`` groups the fields by name.
    """

    head: Head
    form: BaseForm
    submit: Text
    url: str = ""
    back_url: str = ""
    version: int | None = None
    key: str = ""
    sentence: Text = ""  # what happens then, before the fields
    signature: Signature | None = None
    sections: Sequence[tuple[Text, Sequence[str]]] = ()
    final: bool = False  # cannot be taken back: the button says so in its colour
    aside: Sequence[Any] = ()


@dataclass(frozen=True)
class TrailPage:
    """Everything that happened to a record, page by page."""

    head: Head
    trail: Trail
    pager: Pager | None = None


@dataclass(frozen=True)
class InboxItem:
    """One thing asked: when, what (as an order), about which record, why it matters, who asks, the step's button."""

    ask: Text
    url: str
    action: Text
    due: Deadline | None = None
    about: Text = ""  # the record's title, after the order
    why: Text = ""
    asked_by: Text = ""
    asked_note: Text = ""  # "delegated to you, 9–17 April"
    primary: bool = False


@dataclass(frozen=True)
class InboxGroup:
    """Tasks of one stretch of time: overdue, today, by Friday, later."""

    title: Text
    items: Sequence[InboxItem]
    count: int = 0
    tone: Tone | None = None


@dataclass(frozen=True)
class InboxPage:
    """The inbox. ``head.tabs`` are mine, my unit's, my delegator's; the rail holds days ahead, delegations, waits."""

    head: Head
    today: date
    groups: Sequence[InboxGroup]
    filters: Filters | None = None
    more: Link | None = None
    empty: EmptyState | None = None
    rail: Sequence[Any] = ()
    pager: Pager | None = None


@dataclass(frozen=True)
class Chore:
    """One thing to set up, computed from the data: done or not, and where it is done."""

    title: Text
    note: Text
    url: str
    action: Text
    done: bool = False


@dataclass(frozen=True)
class WelcomePage:
    """The welcome checklist of an empty installation; it can be put away and called back."""

    chores: Sequence[Chore]
    dismiss_url: str = ""

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(chore.done for chore in self.chores)


@dataclass(frozen=True)
class Difference:
    """A field as it is now and as it was sent."""

    label: Text
    now: Text
    sent: Text


@dataclass(frozen=True)
class StalePage:
    """A form older than its record: who changed it and when, what differs, and the same form with the text kept."""

    who: str
    at: Any
    differences: Sequence[Difference]
    record_url: str
    retry: FormPage | None = None
