"""From a record and the one who looks at it to the parts of its page: the way, what next and why not, facts, trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.calendar.explain import sentences_of
from qms.face.dates import deadline
from qms.face.pages import Head, RecordPage
from qms.face.parts import (
    Badge,
    Button,
    Deadline,
    Fact,
    Facts,
    Link,
    MayDo,
    ReasonRow,
    Shape,
    Stage,
    Stepper,
    StepperStep,
    Tone,
    Trail,
    WhatNext,
    WhoMayDoWhat,
    WhyNot,
)
from qms.lifecycle.case import Case, Possible
from qms.lifecycle.rules import Reason
from qms.lifecycle.table import CLOCK
from qms.people.actors import Actor
from qms.records import registry
from qms.records.registry import RecordType
from qms.records.trail_box import trail_box
from qms.trail import clock

LAST_EVENTS = 7


def url_of(record: Any, page: str = "detail", **more: str) -> str:
    """The address of one of a record's pages."""
    return reverse(f"records:{page}", kwargs={"type_name": record.stream_name(), "uid": record.uid, **more})


def list_url(record_type: RecordType) -> str:
    return reverse("records:list", kwargs={"type_name": record_type.name})


def badge_of(record: Any, plain: bool = False) -> Badge:
    """The state as shape and word."""
    lifecycle = registry.type_of(record).lifecycle
    shape, tone = lifecycle.looks.get(lifecycle.states(record.state), ("dotted", "still"))
    return Badge(Shape(shape), Tone(tone), lifecycle.label(record.state), plain)


def due_of(record: Any) -> Deadline | None:
    """The record's date with its explanation; no lateness once it is finished."""
    if record.due_on is None:
        return None
    lifecycle = registry.type_of(record).lifecycle
    done = lifecycle.states(record.state) in lifecycle.finals
    why = sentences_of(record.due_why) if record.due_why else ()
    return deadline(record.due_on, clock.today(record.organisation.time_zone), why, done=done)


def record_page(record: Any, actor: Actor) -> RecordPage:
    """Everything the detail page shows."""
    record_type = registry.type_of(record)
    case = Case(record, actor)
    shared_main = [box for boxes in registry.main_boxes for box in boxes(record, case)]
    shared_rail = [box for boxes in registry.rail_boxes for box in boxes(record, case)]
    own_main = record_type.main(record, case) if record_type.main else ()
    own_rail = record_type.rail(record, case) if record_type.rail else ()
    return RecordPage(
        head=head_of(record, case),
        stepper=stepper(case),
        what_next=what_next(case),
        main=(*own_main, *shared_main, _trail(record, case)),
        rail=(facts_box(record, case), *own_rail, who_may(case), *shared_rail),
    )


def _trail(record: Any, case: Case) -> Trail:
    names = {pk: name for pk, (name, _active) in case.people.items()}
    return trail_box(record, LAST_EVENTS, url_of(record, "trail"), names)


def head_of(record: Any, case: Case | None = None, here: str = "") -> Head:
    """The head of a record's pages; `here` names a page below the record."""
    record_type = registry.type_of(record)
    crumbs = [Link(record_type.plural, list_url(record_type))]
    if here:
        crumbs.append(Link(record.reference, url_of(record)))
    return Head(
        title=here or record.title,
        reference=record.reference,
        crumbs=crumbs,
        badge=badge_of(record),
        line=record_type.line(record) if record_type.line else "",
        more=_more(record, case) if case else (),
    )


def _more(record: Any, case: Case) -> list[Link]:
    links = [Link(_("Trail"), url_of(record, "trail")), Link(_("Lifecycle"), url_of(record, "lifecycle"))]
    if not case.against_editing():
        links.insert(0, Link(_("Edit"), url_of(record, "edit")))
    return links


def stepper(case: Case) -> Stepper:
    """The usual way of such a record: what it has passed, where it stands, what is to come."""
    lifecycle, record = case.lifecycle, case.record
    entered = {state: (at, name) for state, at, name in case.entries}
    line = [state.value for state in lifecycle.line]
    here = line.index(record.state) if record.state in line else None
    steps = []
    for place, state in enumerate(line):
        at, who = entered.get(state, (None, ""))
        if here is not None and place == here:
            stage = Stage.DONE if lifecycle.states(state) in lifecycle.finals else Stage.NOW
            steps.append(StepperStep(lifecycle.label(state), stage, at, who))
        elif at is not None and (here is None or place < here):
            steps.append(StepperStep(lifecycle.label(state), Stage.DONE, at, who))
        elif here is None or place > here:
            steps.append(StepperStep(lifecycle.label(state), Stage.TO_COME))
    if here is None:
        at, who = entered.get(record.state, (None, ""))
        steps = [step for step in steps if step.stage is Stage.DONE]
        steps.append(StepperStep(lifecycle.label(record.state), Stage.NOW, at, who))
    return Stepper(steps)


def what_next(case: Case) -> WhatNext | None:
    """What is asked now: the first step of the table that moves the record on, who can take it, and why not."""
    possible = [one for one in case.possible if one.step.takers != (CLOCK,)]
    if not possible:
        return None
    if case.lifecycle.states(case.record.state) in case.lifecycle.finals:
        return WhatNext(_("Nothing more is asked of anybody."), also=_others(case, possible))
    awaited = _awaited_from_the_clock(case, possible)
    if awaited:
        return awaited
    first = _first(case, possible)
    order = str(first.step.order or first.step.label).format(reference=case.record.reference)
    action = None
    if first.allowed:
        action = Button(first.step.label, step_url(case.record, first.step.verb), primary=True)
    asked, role = _asked(case, first)
    refused = [why_not_row(case, one) for one in possible if _worth_showing(one, first)]
    return WhatNext(order, action, asked, role, due_of(case.record), refused, _others(case, possible, first))


def _first(case: Case, possible: Sequence[Possible]) -> Possible:
    """The step asked for now: the actor's own before somebody else's; a decision all have taken is asked of nobody."""
    ordered = [one for one in possible if one.step.order]
    mine = (one for one in ordered if one.allowed)
    open_ones = (one for one in ordered if _asked(case, one)[0])
    return next(mine, None) or next(open_ones, None) or possible[0]


def _awaited_from_the_clock(case: Case, possible: Sequence[Possible]) -> WhatNext | None:
    """Nobody is asked for anything and the usual way goes on by itself: what it waits for."""
    line, here = [state.value for state in case.lifecycle.line], case.record.state
    if here not in line[:-1] or any(one.step.order for one in possible):
        return None
    onward = [step for step in case.lifecycle.by_state[here] if step.takers == (CLOCK,)]
    step = next((step for step in onward if step.to.value == line[line.index(here) + 1]), None)
    if step is None:
        return None
    refused = why_not_row(case, Possible(step, case.against(step)))
    return WhatNext(str(step.label), due=due_of(case.record), refused=[refused], also=_others(case, possible))


def _others(case: Case, possible: Sequence[Possible], first: Possible | None = None) -> list[Link]:
    """The other steps that can be taken now."""
    allowed = (one for one in possible if one.allowed and one is not first)
    return [Link(one.step.label, step_url(case.record, one.step.verb)) for one in allowed]


def _asked(case: Case, first: Possible) -> tuple[str, Any]:
    takers = [taker for taker in first.step.takers if taker != CLOCK]
    standing = case.standing(first.step.takers) if first.allowed else None
    if standing is not None:
        return _("you"), case.taker_label(standing.role)
    decided = case.who_did((first.step.verb,)) if first.step.is_decision else {}
    done = {case.people[pk][0] for pk in decided if pk in case.people}
    names = [name for name in case.names_of(*takers) if name not in done]
    return ", ".join(names), case.taker_label(takers[0]) if takers else ""


def _worth_showing(one: Possible, first: Possible) -> bool:
    """A refusal is explained here unless it is only somebody else's step; those stand under who may do what."""
    only_role = all(reason.code == "role" for reason in one.reasons)
    return not one.allowed and (one is first or not only_role)


def why_not_row(case: Case, one: Possible) -> WhyNot:
    """A refused step with every reason, who can mend it and where."""
    return WhyNot(one.step.verb, one.step.label, [reason_row(case, reason) for reason in one.reasons])


def reason_row(case: Case, reason: Reason) -> ReasonRow:
    names = reason.names or case.names_of(*reason.who)
    where = f"{url_of(case.record)}#{reason.where}" if reason.where else ""
    return ReasonRow(reason.text, reason.clause, ", ".join(names), _("Go there") if where else "", where)


def step_url(record: Any, verb: str) -> str:
    return url_of(record, "step", verb=verb)


def facts_box(record: Any, case: Case) -> Facts:
    """The facts of every record, then those of its type."""
    facts = [
        Fact(_("Unit"), record.unit.name) if record.unit else None,
        Fact(_("Owner"), record.owner.name) if record.owner else None,
    ]
    own: Sequence[Fact] = case.type.facts(record) if case.type.facts else ()
    version = ngettext("%(n)d change", "%(n)d changes", record.version) % {"n": record.version}
    more = [Fact(_("Judged under"), case.lifecycle.judged_under), Fact(_("Version"), str(record.version), version)]
    edit = None if case.against_editing() else Link(_("Edit"), url_of(record, "edit"))
    return Facts([*(fact for fact in facts if fact), *own, *more], title=_("Facts"), edit=edit)


def who_may(case: Case) -> WhoMayDoWhat:
    """Who can take each step from here, and who is ruled out by separation of duties."""
    rows = []
    for one in case.possible:
        names = case.names_of(*one.step.takers)
        note = ""
        if one.step.not_who_did:
            done = ", ".join(str(case.verb_label(verb)) for verb in one.step.not_who_did)
            note = _("not who did: %(steps)s") % {"steps": done}
        people = ", ".join(names) or _("nobody yet: an administrator gives the role")
        rows.append(MayDo(one.step.label, people, note))
    return WhoMayDoWhat(rows)
