"""One run: every measurement asked for, each in children of its own, on ground that is gone afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qms.project.bench import memory
from qms.project.bench.figures import Figure
from qms.project.bench.ground import POSTGRESQL, SQLITE, NotHere, Room, ask, folder, machine, server

ON_DATABASES = ("pages", "step", "writers", "trail")
NAMES = (*ON_DATABASES, "papers", "memory")
FEW, MANY = 1_000, 100_000
FEW_QUICK, MANY_QUICK = 400, 2_000
Say = Callable[[str], None]


@dataclass
class Run:
    """What was measured, and what could not be, with the reason."""

    quick: bool
    figures: list[Figure] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Whether no bound was broken."""
        return all(figure.held != "no" for figure in self.figures)

    def as_data(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return {
            "held": self.held,
            "quick": self.quick,
            "records": list(_sizes(self.quick)),
            "machine": machine(),
            "figures": [figure.as_data() for figure in self.figures],
            "missing": self.missing,
        }


def measure(only: Iterable[str], quick: bool, say: Say) -> Run:
    """Measure what is named, everything where nothing is. What is missing on this machine is told, not raised."""
    wanted, run = tuple(only) or NAMES, Run(quick)
    with folder() as place:
        for vendor in (POSTGRESQL, SQLITE):
            asked = [name for name in ON_DATABASES if name in wanted and (name != "writers" or vendor == POSTGRESQL)]
            if asked:
                say(f"{vendor}: {', '.join(asked)}")
                with _told(run, vendor), _room(place, vendor) as room:
                    run.figures += _on_databases(room, asked, quick)
        if "papers" in wanted:
            say("papers")
            run.figures += _asked(_own_room(place, "papers"), "papers", {"quick": quick})
        if "memory" in wanted:
            say("memory")
            with _told(run, "memory"):
                run.figures += memory.figures(_own_room(place, "memory").folder, quick)
    return run


def _on_databases(room: Room, asked: list[str], quick: bool) -> list[Figure]:
    few, many = _sizes(quick)
    return _asked(room, "databases", {"only": asked, "quick": quick, "few": few, "many": many})


def _asked(room: Room, what: str, told: dict[str, Any]) -> list[Figure]:
    """The figures a child measured."""
    database = "postgres" if room.vendor == POSTGRESQL else "empty"
    return [Figure.from_data(data) for data in ask(room.child(what, json.dumps(told), database=database))]


def _sizes(quick: bool) -> tuple[int, int]:
    return (FEW_QUICK, MANY_QUICK) if quick else (FEW, MANY)


@contextmanager
def _room(place: Path, vendor: str) -> Iterator[Room]:
    room = _own_room(place, vendor)
    if vendor == POSTGRESQL:
        with server(room.folder) as address:
            yield Room(room.folder, vendor, address)
    else:
        yield room


def _own_room(place: Path, name: str) -> Room:
    own = place / name
    own.mkdir()
    own.chmod(0o755)
    return Room(own)


@contextmanager
def _told(run: Run, name: str) -> Iterator[None]:
    try:
        yield
    except NotHere as why:
        run.missing[name] = str(why)
