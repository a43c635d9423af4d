"""A figure: what was measured, the bound it is held to, and how a run tells all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

REPORTED = "reported"


@dataclass(frozen=True)
class Figure:
    """One measured number. `bound` of None, or `bound` with `reported`, is told and not held.

    `at_least` turns the bound round; `below` makes it strict. `beside` are the absolute numbers it was made of.
    """

    name: str
    what: str
    on: str
    value: float
    unit: str = "×"
    bound: float | None = None
    at_least: bool = False
    below: bool = False
    reported: bool = False
    beside: dict[str, Any] = field(default_factory=dict)

    @property
    def held(self) -> str:
        """yes, no or reported."""
        if self.bound is None or self.reported:
            return REPORTED
        if self.at_least:
            return "yes" if self.value >= self.bound else "no"
        return "yes" if self.value < self.bound or (self.value == self.bound and not self.below) else "no"

    @property
    def limit(self) -> str:
        """The bound as text."""
        sign = "≥" if self.at_least else "<" if self.below else "≤"
        return f"{sign} {self.bound:g}" if self.bound is not None else "–"

    def as_data(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return asdict(self) | {"held": self.held}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Figure:
        """The figure again, as a child told it."""
        return cls(**{name: value for name, value in data.items() if name != "held"})


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures as lines of text, one under another in columns."""
    rows = [("what", "on", "measured", "bound", "held", "beside")]
    for each in figures:
        beside = ", ".join(f"{name} {value}" for name, value in each.beside.items() if not isinstance(value, list))
        rows.append((each.what, each.on, f"{each.value:.4g} {each.unit}", each.limit, each.held, beside))
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)).rstrip() for row in rows
    ]


def in_turns(acts: Sequence[Callable[[], Any]], rounds: int, warm: int = 3) -> list[list[float]]:
    """Milliseconds of each act, one after the other in every round, so that noise meets all of them alike."""
    taken: list[list[float]] = [[] for _act in acts]
    for nth in range(rounds + warm):
        for place, act in enumerate(acts):
            before = time.perf_counter()
            act()
            if nth >= warm:
                taken[place].append((time.perf_counter() - before) * 1000)
    return taken


def ms(times: Sequence[float]) -> float:
    """The median, in milliseconds."""
    return round(statistics.median(times), 3)


def spread(times: Sequence[float]) -> str:
    """Where the middle half of the times lies: how noisy the machine was."""
    low, _middle, high = statistics.quantiles(times, n=4) if len(times) > 1 else (times[0], times[0], times[0])
    return f"{low:.2f}–{high:.2f}"
