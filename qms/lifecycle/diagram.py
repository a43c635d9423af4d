"""The drawing of a lifecycle as SVG: the usual way across, the ways back above it, the ways out below."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.lifecycle.table import CLOCK, Lifecycle, Step

if TYPE_CHECKING:
    from qms.face.parts import Diagram
    from qms.lifecycle.case import Case

BOX_W, BOX_H, GAP, ROW = 132, 40, 28, 96
PER_ROW = 4
FEW = 3
MARGIN = 24


@dataclass(frozen=True)
class Place:
    """Where a state's box stands; x, y are its upper left corner."""

    x: int
    y: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + BOX_W // 2, self.y + BOX_H // 2


def places(lifecycle: Lifecycle) -> dict[str, Place]:
    """A box for every state: the usual way in rows that turn like a river, the states beside it in the rows below."""
    line = [state.value for state in lifecycle.line]
    beside = [value for value in lifecycle.by_state if value not in line]
    found = {}
    for place, state in enumerate(line):
        row, column = divmod(place, PER_ROW)
        column = column if row % 2 == 0 else PER_ROW - 1 - column
        found[state] = Place(MARGIN + column * (BOX_W + GAP), MARGIN + row * ROW)
    below = MARGIN + -(-len(line) // PER_ROW) * ROW
    for place, state in enumerate(beside):
        row, column = divmod(place, PER_ROW)
        found[state] = Place(MARGIN + column * (BOX_W + GAP), below + row * ROW)
    return found


def svg(
    lifecycle: Lifecycle, now: str = "", been: frozenset[str] = frozenset(), next_: frozenset[str] = frozenset()
) -> SafeString:
    """The drawing, with the state now, those it has been in and those that can be next marked by class."""
    where = places(lifecycle)
    width = MARGIN * 2 + PER_ROW * BOX_W + (PER_ROW - 1) * GAP
    height = max(place.y for place in where.values()) + BOX_H + MARGIN
    gathered = gathered_ways(lifecycle)
    edges = [(a, b) for a, b in _edges(lifecycle) if b not in gathered]
    lines = format_html_join("", "{}", ((_arrow(where[a], where[b], (a, b) in _main(lifecycle)),) for a, b in edges))
    boxes = format_html_join(
        "", "{}", ((_box(where[s], lifecycle.label(s), _kind(s, now, been, next_), gathered.get(s, 0)),) for s in where)
    )
    return format_html(
        '<svg class="at-diagram" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<defs><marker id="at-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto">'
        '<path class="at-diagram-head" d="M0 0L8 4L0 8z"/></marker></defs>{}{}</svg>',
        width,
        height,
        _("Lifecycle: the states and the steps between them; the list beneath says the same."),
        lines,
        boxes,
    )


def _main(lifecycle: Lifecycle) -> set[tuple[str, str]]:
    line = [state.value for state in lifecycle.line]
    return set(pairwise(line))


def _edges(lifecycle: Lifecycle) -> list[tuple[str, str]]:
    """Every way between two different states once."""
    found = {(s.value, step.to.value): None for step in lifecycle.steps for s in step.sources if not step.is_decision}
    return list(found)


def gathered_ways(lifecycle: Lifecycle) -> dict[str, int]:
    """States beside the usual way that many lead to, and from how many: written under their box instead of drawn."""
    line = {state.value for state in lifecycle.line}
    sources: dict[str, int] = {}
    for _source, target in _edges(lifecycle):
        sources[target] = sources.get(target, 0) + 1
    return {state: n for state, n in sources.items() if state not in line and n >= FEW}


def _kind(state: str, now: str, been: frozenset[str], next_: frozenset[str]) -> str:
    if state == now:
        return "now"
    return "next" if state in next_ else "been" if state in been else "other"


def _box(place: Place, label: str, kind: str, ways: int) -> SafeString:
    x, y = place.middle
    words = _two_lines(label)
    first = y + 4 if len(words) == 1 else y - 3
    texts = format_html_join(
        "", '<text x="{}" y="{}" text-anchor="middle">{}</text>', ((x, first + 14 * n, w) for n, w in enumerate(words))
    )
    return format_html(
        '<g class="at-diagram-{}"><rect x="{}" y="{}" width="{}" height="{}" rx="4"/>{}</g>{}',
        kind, place.x, place.y, BOX_W, BOX_H, texts, _ways(place, ways),
    )  # fmt: skip


def _ways(place: Place, ways: int) -> SafeString:
    if not ways:
        return SafeString("")
    words = ngettext("from %(n)d state", "from %(n)d states", ways) % {"n": ways}
    x, _y = place.middle
    return format_html(
        '<text class="at-diagram-note" x="{}" y="{}" text-anchor="middle">{}</text>', x, place.y + BOX_H + 16, words
    )


def _two_lines(label: str) -> list[str]:
    if len(label) <= 16 or " " not in label:
        return [label]
    middle = min((i for i, c in enumerate(label) if c == " "), key=lambda i: abs(i - len(label) // 2))
    return [label[:middle], label[middle + 1 :]]


def _arrow(start: Place, end: Place, main: bool) -> SafeString:
    """A line from box to box: straight between neighbours, bent around the boxes between otherwise."""
    kind = "at-diagram-way" if main else "at-diagram-side"
    if start.y == end.y and abs(start.x - end.x) == BOX_W + GAP:
        forth = end.x > start.x
        y = start.y + BOX_H // 2 + (0 if main else 10)
        a, b = (start.x + BOX_W, end.x) if forth else (start.x, end.x + BOX_W)
        path = f"M{a} {y}L{b} {y}"
    elif start.y == end.y:
        (a, _y), (b, _z) = start.middle, end.middle
        top = start.y - 14
        path = f"M{a} {start.y}C{a} {top} {b} {top} {b} {end.y}"
    else:
        (a, _y), (b, _z) = start.middle, end.middle
        down = end.y > start.y
        c, d = (start.y + BOX_H, end.y) if down else (start.y, end.y + BOX_H)
        half = (c + d) // 2
        path = f"M{a} {c}C{a} {half} {b} {half} {b} {d}"
    return format_html('<path class="{}" d="{}" marker-end="url(#at-arrow)"/>', kind, path)


def diagram_box(case: Case) -> Diagram:
    """The drawing of a record: where it stands, where it has been, what can be next, and the same as a list."""
    from qms.face.parts import Diagram

    lifecycle, record = case.lifecycle, case.record
    been = frozenset(state for state, *_rest in case.entries)
    rows = lifecycle.by_state[record.state]
    coming = tuple(dict.fromkeys(step.to.value for step in rows if not step.is_decision))
    words = {
        "state": lifecycle.label(record.state),
        "next": ", ".join(lifecycle.label(state) for state in coming) or "–",
    }
    sentence = _("It stands at “%(state)s”; next can be: %(next)s.") % words
    drawn = svg(lifecycle, record.state, been, frozenset(coming))
    return Diagram(_("Lifecycle"), drawn, sentence, lines_of(case, lifecycle.steps))


def lines_of(case: Case, steps: tuple[Step, ...]) -> list[str]:
    """The rows of the table as sentences."""
    said = []
    for step in steps:
        sources = ", ".join(str(state.label) for state in step.sources)
        who = ", ".join(str(_("the application") if t == CLOCK else case.taker_label(t)) for t in step.takers)
        words = {"step": step.label, "from": sources, "to": step.to.label, "who": who}
        said.append(_("%(step)s: from “%(from)s” to “%(to)s”, by: %(who)s.") % words)
    return said
