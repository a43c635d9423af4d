"""The children of a run: `python -m qms.project.bench WHAT TOLD VENDOR SERVER`; the last line they print is JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(arguments: list[str]) -> int:
    """Measures in an environment made by `Room.environment`; 0, or an exception with its traceback."""
    import django

    django.setup()
    from qms.project.bench.ground import Room

    what, told, vendor, server = arguments
    room = Room(Path(os.environ["VAR_DIR"]), vendor, "" if server == "-" else server)
    children: dict[str, Callable[[Room, dict[str, Any]], Any]] = {
        "databases": databases,
        "papers": papers,
        "writer": writer,
    }
    sys.stdout.write(f"\n{json.dumps(children[what](room, json.loads(told)))}\n")
    return 0


def databases(room: Any, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that needs a database, on few and many records."""
    from qms.project.bench import loading, pages, step, trail, writers

    small, large = loading.databases(room, told["few"], told["many"])
    body, quick, wanted = loading.body(), told["quick"], set(told["only"])
    found = []
    if "pages" in wanted:
        found += pages.figures(small, large, body, room.vendor, quick)
    loading.use(large)
    if "step" in wanted:
        found += step.figures(body, room.vendor, quick)
    if "writers" in wanted and room.vendor == "postgresql":
        found += writers.figures(room, body, quick)
    if "trail" in wanted:
        found += trail.figures(room.vendor)
    return [figure.as_data() for figure in found]


def papers(_room: Any, told: dict[str, Any]) -> list[dict[str, Any]]:
    from qms.project.bench import papers

    return [figure.as_data() for figure in papers.figures(told["quick"])]


def writer(_room: Any, told: dict[str, Any]) -> dict[str, Any]:
    from qms.project.bench import writers

    return writers.write(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
