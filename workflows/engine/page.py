"""From tasks to the parts of the inbox page: what is late, for today, this week, later; and the boxes beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.calendar.explain import sentences_of
from qms.calendar.names import holiday_name
from qms.calendar.working import HOLIDAY, WorkingCalendar
from qms.face.dates import brief, deadline, near, weekday
from qms.face.pages import Head, InboxGroup, InboxItem
from qms.face.parts import CalendarBox, Day, EmptyState, Fact, Facts, Link, Tone
from qms.people.actors import role_label
from qms.people.models import Delegation
from qms.records import registry
from workflows.engine.inbox import DELEGATED, MINE, NO_TERM, UNIT, Counts, Pigeonhole
from workflows.engine.models import Task

LATE, TODAY, WEEK, LATER, OPEN_ENDED = range(5)
WEEKS_AHEAD = 3
FRIDAY = 4


def sentence_of(task: Task) -> str:
    """What is asked, as an order, in the reader's language."""
    return _(task.sentence).replace("{reference}", task.reference) if task.sentence else task.reference


def record_url(task: Task) -> str:
    return reverse("records:detail", kwargs={"type_name": task.record_type, "uid": task.record_uid})


def verb_label(task: Task) -> str:
    """The step's own word for the button."""
    steps = registry.get(task.record_type).lifecycle.steps
    return str(next((step.label or step.verb for step in steps if step.verb == task.verb), task.verb))


def taker_label(task: Task) -> str:
    """As what somebody is asked: the part in the record, or the role."""
    return str(registry.get(task.record_type).part_labels.get(task.asked_as) or role_label(task.asked_as))


def week_ends(today: date) -> date:
    """This week's Friday; on a Friday and at the weekend, the next one."""
    return today + timedelta(days=(FRIDAY - today.weekday()) % 7 or 7)


def stretch(sort_on: date, today: date) -> int:
    """In which stretch of time a term lies."""
    if sort_on == NO_TERM:
        return OPEN_ENDED
    if sort_on <= today:
        return LATE if sort_on < today else TODAY
    return WEEK if sort_on <= week_ends(today) else LATER


def groups_of(tasks: Sequence[Task], counted: Counts, holes: Sequence[Pigeonhole], today: date) -> Iterator[InboxGroup]:
    """The tasks of a page by stretch of time; each group says how many there are in all."""
    titles = {
        LATE: (_("Late"), Tone.LATE),
        TODAY: (_("Today"), Tone.WARN),
        WEEK: (_("Until %(day)s") % {"day": near(week_ends(today))}, None),
        LATER: (_("Later"), None),
        OPEN_ENDED: (_("Without a term"), None),
    }
    totals = {place: sum(n for day, n in counted.by_day.items() if stretch(day, today) == place) for place in titles}
    by_bucket = {hole.bucket: hole for hole in holes}
    for place, some in groupby(tasks, lambda task: stretch(task.sort_on, today)):
        items = [
            item_of(task, by_bucket.get(task.bucket), today, primary=not nth and place in (LATE, TODAY))
            for nth, task in enumerate(some)
        ]
        title, tone = titles[place]
        yield InboxGroup(title, items, max(totals[place], len(items)), tone)


def item_of(task: Task, hole: Pigeonhole | None, today: date, primary: bool) -> InboxItem:
    """One line of the inbox."""
    why = sentences_of(task.due_why) if task.due_why else ()
    return InboxItem(
        ask=sentence_of(task),
        url=record_url(task),
        action=verb_label(task),
        due=deadline(task.due_on, today, why) if task.due_on else None,
        about=task.title,
        asked_by=task.asked_by.name if task.asked_by else _("the application"),
        asked_note=_note(task, hole),
        primary=primary,
    )


def _note(task: Task, hole: Pigeonhole | None) -> str:
    """How it comes to be in this inbox: by delegation, by a role, and otherwise since when."""
    if hole is not None and hole.for_name:
        return _("delegated to you by %(name)s") % {"name": hole.for_name}
    if task.owner_id is None:
        return _("for the %(role)s") % {"role": taker_label(task)}
    return _("asked on %(day)s") % {"day": brief(task.created)}


def head_of(counted: Counts, whose: str, words: str, today: date) -> Head:
    """Title, the day, how many there are and by when; the tabs say whose."""
    late = sum(n for day, n in counted.by_day.items() if stretch(day, today) == LATE)
    now = counted.by_day[today]
    total = counted.total
    line = f"{weekday(today)}, {date_format(today, 'DATE_FORMAT')}"
    if total:
        line += " · " + ngettext("%(n)d task", "%(n)d tasks", total) % {"n": total}
    if now:
        line += ", " + ngettext("%(n)d for today", "%(n)d for today", now) % {"n": now}
    said = ngettext("%(n)d late", "%(n)d late", late) % {"n": late} if late else ""
    return Head(_("My tasks"), line=line, late=said, tabs=tuple(_tabs(counted, whose, words)))


def _tabs(counted: Counts, whose: str, words: str) -> Iterator[Link]:
    names = {"": _("All"), MINE: _("Mine"), UNIT: _("My unit’s"), DELEGATED: _("Delegated to me")}
    for name, label in names.items():
        number = counted.by_whose[name] if name else sum(counted.by_whose.values())
        if number or name in ("", whose):
            yield Link(label, address({"whose": name, "q": words}), number, current=name == whose)


def address(said: Mapping[str, str]) -> str:
    """The inbox with these filters."""
    query = urlencode({name: value for name, value in said.items() if value})
    return reverse("inbox") + (f"?{query}" if query else "")


def nothing_asked(filtered: bool) -> EmptyState:
    """One sentence, and what comes next."""
    if filtered:
        return EmptyState(_("No task fits this."))
    return EmptyState(
        _("Nothing is asked of you."), _("What is asked of you appears here, with its term and its reason.")
    )


def calendar_box(counted: Counts, calendar: WorkingCalendar, today: date) -> CalendarBox:
    """Three weeks from this Monday: under each date how much is due then."""
    monday = today - timedelta(days=today.weekday())
    weeks = [
        [_day_of(monday + timedelta(days=7 * week + day), counted, calendar, today) for day in range(7)]
        for week in range(WEEKS_AHEAD)
    ]
    note = _("Below a date: how many tasks are due then. Grey days are not working days.")
    return CalendarBox(_("The days ahead"), weeks, note)


def _day_of(day: date, counted: Counts, calendar: WorkingCalendar, today: date) -> Day:
    off = calendar.off(day)
    name = holiday_name(off.names[0]) if off is not None and off.why == HOLIDAY and off.names else ""
    return Day(day, counted.by_day[day], closed=off is not None, today=day == today, name=name)


def delegations_box(delegations: Iterable[Delegation], person_id: int) -> Facts | None:
    """Who acts for whom now and soon."""
    facts = []
    for one in delegations:
        mine = one.delegator_id == person_id
        label = _("You delegate to %(name)s") if mine else _("%(name)s delegates to you")
        named = one.delegate.name if mine else one.delegator.name
        roles = ", ".join(str(role_label(role)) for role in one.roles) or _("all roles")
        until = _("until %(day)s") % {"day": date_format(one.to_on, "SHORT_DATE_FORMAT")}
        facts.append(Fact(label % {"name": named}, roles, f"{until} · {one.reason}"))
    return Facts(facts, _("Delegations in force"), anchor="delegations") if facts else None


def waits_box(tasks: Iterable[Task], today: date) -> Facts | None:
    """What others are asked since you asked it."""
    facts: list[Any] = []
    for task in tasks:
        who = task.owner.name if task.owner else _("for the %(role)s") % {"role": taker_label(task)}
        when = brief(task.due_on) if task.due_on else ""
        late = bool(task.due_on and task.due_on < today)
        facts.append(Fact(sentence_of(task), who, when, url=record_url(task), strong=late))
    return Facts(facts, _("Waiting for others"), anchor="waits") if facts else None
