"""What a page needs to know to draw each part: plain data, no models, no queries.

A view fills these; ``{% load face %}{% part thing %}`` draws one through its own ``template``, where it is ``it``.
A part that is ``None`` draws nothing. Texts may be lazy translations; only fields named ``html`` or ``svg`` are printed
as markup and must come from a helper that escaped or sanitised them. Pages made of parts are in ``qms.face.pages``, the
parts of a checklist in ``qms.face.checklist``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.forms import BaseForm
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
else:
    Text = str


class Part(Protocol):
    """Anything ``{% part %}`` can draw: it names its template."""

    template: ClassVar[str]


class Shape(StrEnum):
    """The shape of a state; it says the same as the colour, for those who do not see the colour."""

    DOTTED = "dotted"  # draft, not begun, superseded
    HALF = "half"  # under way, under review
    DISC = "disc"  # being done
    TICK = "tick"  # in force, closed, verified
    DIAMOND = "diamond"  # waits for someone
    TRIANGLE = "triangle"  # overdue, refused


class Tone(StrEnum):
    """What a colour means; the names are those of the tokens in atestat.css."""

    STILL = "still"
    INFO = "info"
    SEAL = "seal"
    WARN = "warn"
    OK = "ok"
    LATE = "late"


class Stage(StrEnum):
    """Where a step of a path stands."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"
    REFUSED = "refused"


@dataclass(frozen=True)
class Badge:
    """A state as shape and word. ``plain`` leaves out the ground (inside lists and rails)."""

    template: ClassVar[str] = "parts/state_badge.html"
    shape: Shape
    tone: Tone
    word: Text
    plain: bool = False


@dataclass(frozen=True)
class Link:
    """A place to go, in words. ``count`` stands after them."""

    label: Text
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Button:
    """A step or an act. It leads to ``url``; with ``post`` it sends ``fields`` there. At most one primary in a box."""

    template: ClassVar[str] = "parts/button.html"
    label: Text
    url: str
    icon: str = ""
    primary: bool = False
    post: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Deadline:
    """A date first, its distance second ("in 2 days"), then how it came about (``why``; open when due or late)."""

    template: ClassVar[str] = "parts/deadline.html"
    on: date
    distance: Text = ""
    tone: Tone | None = None
    why: Sequence[Text] = ()
    note: Text = ""  # "first date 9 April, never moved"

    @property
    def opened(self) -> bool:
        """Overdue or today: the question is there before it is asked."""
        return self.tone in (Tone.LATE, Tone.WARN)


@dataclass(frozen=True)
class StepperStep:
    """One step of a record's way, with who took it and when, or ``note`` ("open from today", "not yet")."""

    label: Text
    stage: Stage
    on: date | datetime | None = None
    who: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Stepper:
    """Where a record stands on its way; an ordered list, vertical on a phone."""

    template: ClassVar[str] = "parts/stepper.html"
    steps: Sequence[StepperStep]


@dataclass(frozen=True)
class ReasonRow:
    """One reason why a step is refused: its source as a tag, who can mend it, and where."""

    text: Text
    source: Text = ""
    who: Text = ""
    where_label: Text = ""
    where_url: str = ""


@dataclass(frozen=True)
class WhyNot:
    """A step that cannot be taken now, greyed, with every reason. ``verb`` makes the ids of the page unique."""

    template: ClassVar[str] = "parts/why_not.html"
    verb: str
    label: Text
    reasons: Sequence[ReasonRow]


@dataclass(frozen=True)
class WhatNext:
    """What is asked now, of whom, by when; under it what cannot be done yet and what else can."""

    template: ClassVar[str] = "parts/what_next.html"
    order: Text
    action: Button | None = None
    asked_of: Text = ""  # "you" or names
    asked_as: Text = ""  # the role
    due: Deadline | None = None
    refused: Sequence[WhyNot] = ()
    also: Sequence[Link] = ()


@dataclass(frozen=True)
class Fact:
    """One line of the facts: a label, its value, a note below, a link on the value."""

    label: Text
    value: Text
    note: Text = ""
    url: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Facts:
    """A box of label and value."""

    template: ClassVar[str] = "parts/facts.html"
    facts: Sequence[Fact]
    title: Text = ""
    edit: Link | None = None
    anchor: str = "facts"


@dataclass(frozen=True)
class LinkedRecord:
    """Another record: how it is related ("found in"), what it is called, where it stands."""

    relation: Text
    label: Text
    url: str
    badge: Badge | None = None


@dataclass(frozen=True)
class LinkedRecords:
    """The records this one is tied to."""

    template: ClassVar[str] = "parts/linked_records.html"
    records: Sequence[LinkedRecord]
    add: Link | None = None
    title: Text = ""


@dataclass(frozen=True)
class MayDo:
    """Who may take a step, and who not and why (``note``)."""

    verb: Text
    people: Text
    note: Text = ""


@dataclass(frozen=True)
class WhoMayDoWhat:
    """The people behind the steps that are possible from here."""

    template: ClassVar[str] = "parts/who_may_do_what.html"
    rows: Sequence[MayDo]


@dataclass(frozen=True)
class Comment:
    """What somebody said, when, and whether it still waits; ``actions`` answer or settle it."""

    author: str
    at: datetime
    text: str
    number: int = 0
    place: Text = ""  # "on 7.3.3"
    badge: Badge | None = None
    actions: Sequence[Button] = ()
    anchor: str = ""

    @property
    def initials(self) -> str:
        """Two letters in place of a picture."""
        return "".join(word[0] for word in self.author.split()[:2]).upper()


@dataclass(frozen=True)
class Comments:
    """The talk about a record; ``form`` is shown to those who may write."""

    template: ClassVar[str] = "parts/comments.html"
    comments: Sequence[Comment]
    form: BaseForm | None = None
    url: str = ""
    key: str = ""
    note: Text = ""  # "2, one open"


@dataclass(frozen=True)
class Evidence:
    """A file: its kind ("PDF"), name, what it covers, its SHA-256 (shown as first and last four), who added it.

    ``void`` says why it counts no more; ``actions`` are ways on from it.
    """

    kind: str
    name: str
    url: str
    covers: Text = ""
    sha256: str = ""
    note: Text = ""
    void: Text = ""
    actions: Sequence[Link] = ()

    @property
    def fingerprint(self) -> str:
        """The first and last four of the hash."""
        return f"{self.sha256[:4]}…{self.sha256[-4:]}" if self.sha256 else ""


@dataclass(frozen=True)
class EvidenceBox:
    """The evidence of a record; ``form`` (a file field) is shown to those who may add some, ``why`` to the others."""

    template: ClassVar[str] = "parts/evidence.html"
    files: Sequence[Evidence]
    form: BaseForm | None = None
    url: str = ""
    key: str = ""
    why: Text = ""


@dataclass(frozen=True)
class TrailLine:
    """One thing that happened, as a sentence with the name in ``<b>`` (from the trail's own templates)."""

    at: datetime
    html: SafeString
    seq: int


@dataclass(frozen=True)
class Checkpoint:
    """What the chain was checked against, in a sentence; ``sound`` is false when it does not hold."""

    text: Text
    url: str = ""
    sound: bool = True


@dataclass(frozen=True)
class Trail:
    """What happened, newest first."""

    template: ClassVar[str] = "parts/trail_list.html"
    lines: Sequence[TrailLine]
    total: int = 0
    all_url: str = ""
    checkpoint: Checkpoint | None = None


@dataclass(frozen=True)
class Opinion:
    """One person on the route of approval: office, opinion as a badge, date, and the sentence that came with it."""

    task: Text  # "Checked", "Endorsed", or the department
    person: str
    stage: Stage
    office: Text = ""
    badge: Badge | None = None
    on: date | datetime | None = None
    on_note: Text = ""  # instead of the date: "5 working days"
    sentence: str = ""


@dataclass(frozen=True)
class RouteGroup:
    """People asked one after the other, or in parallel under a dashed line with a ``note``."""

    opinions: Sequence[Opinion]
    note: Text = ""


@dataclass(frozen=True)
class Route:
    """The route of approval."""

    template: ClassVar[str] = "parts/route_of_approval.html"
    groups: Sequence[RouteGroup]
    note: Text = ""  # "8 people, 5 have answered"


@dataclass(frozen=True)
class Paragraph:
    """A named piece of a record's text: sanitised ``html``, or plain ``text``."""

    title: Text
    text: Text = ""
    html: SafeString | None = None
    note: Text = ""
    anchor: str = ""


@dataclass(frozen=True)
class Texts:
    """What a record says, piece by piece, in a box."""

    template: ClassVar[str] = "parts/texts.html"
    title: Text
    paragraphs: Sequence[Paragraph]
    note: Text = ""
    link: Link | None = None
    foot: Text = ""
    anchor: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: words, and perhaps a link, a badge or a deadline in their place."""

    text: Text = ""
    url: str = ""
    badge: Badge | None = None
    due: Deadline | None = None
    note: Text = ""
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A small table inside a page. ``numeric`` are the columns set to the right."""

    template: ClassVar[str] = "parts/table.html"
    title: Text
    heads: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    note: Text = ""
    link: Link | None = None
    foot: Text = ""
    numeric: Sequence[int] = ()
    empty: Text = ""
    anchor: str = ""


@dataclass(frozen=True)
class Diagram:
    """A drawing made on the server, a sentence that says the same, and the same as a list beneath."""

    template: ClassVar[str] = "parts/diagram.html"
    title: Text
    svg: SafeString
    sentence: Text
    lines: Sequence[Text] = ()


@dataclass(frozen=True)
class RedlinePiece:
    """A numbered paragraph with its changes marked: ``html`` holds only text, ``<ins>`` and ``<del>``."""

    number: str
    html: SafeString
    changed: bool = False
    comments: Sequence[Link] = ()


@dataclass(frozen=True)
class Redline:
    """What changed against the revision in force."""

    template: ClassVar[str] = "parts/redline.html"
    title: Text
    pieces: Sequence[RedlinePiece]
    against: Text = ""
    note: Text = ""
    foot: Text = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Day:
    """A day of a calendar: how much is due then, whether it is a working day, and its name if it has one."""

    on: date
    count: int = 0
    closed: bool = False
    today: bool = False
    name: Text = ""
    url: str = ""


@dataclass(frozen=True)
class CalendarBox:
    """Weeks of days, Monday first; ``note`` explains what the numbers mean."""

    template: ClassVar[str] = "parts/calendar_box.html"
    title: Text
    weeks: Sequence[Sequence[Day]]
    note: Text = ""


@dataclass(frozen=True)
class EmptyState:
    """Nothing here yet: one sentence, what comes next, and one thing to do."""

    template: ClassVar[str] = "parts/empty_state.html"
    text: Text
    note: Text = ""
    action: Button | None = None


@dataclass(frozen=True)
class Progress:
    """Background work, asked again at ``url`` every two seconds until ``finished``; without JavaScript by a link."""

    template: ClassVar[str] = "parts/progress.html"
    label: Text
    done: int
    total: int
    url: str = ""
    finished: bool = False
    result: Link | None = None
    failed: Text = ""


@dataclass(frozen=True)
class Notice:
    """A sentence across the page that stays: a guest's or demo's banner, what was just done, what went wrong."""

    template: ClassVar[str] = "parts/notice.html"
    text: Text
    tone: Tone = Tone.INFO
    icon: str = "info-circle"
    link: Link | None = None


@dataclass(frozen=True)
class Folded:
    """A part behind its title, opened on demand."""

    template: ClassVar[str] = "parts/folded.html"
    title: Text
    inner: "Part"
    opened: bool = False


@dataclass(frozen=True)
class Fragment:
    """A template of a record type's own, drawn with ``context`` (it sees that and nothing else)."""

    name: str
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The template named."""
        return self.name
