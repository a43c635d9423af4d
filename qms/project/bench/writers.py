"""Steps per second with several processes writing at once."""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import Any

from qms.project.bench.figures import Figure
from qms.project.bench.ground import Room, ask
from qms.project.bench.step import Steps, without_messages

BOUND = 200
READY = "ready"


def figures(room: Room, body: int, quick: bool) -> list[Figure]:
    """1, 4 and 16 processes without routing, 16 with it. In: the room whose database `many` is written to."""
    seconds = 1.5 if quick else 6.0
    return [
        _figure(room, body, number, seconds, routed)
        for number, routed in ((1, False), (4, False), (16, False), (16, True))
    ]


def _figure(room: Room, body: int, number: int, seconds: float, routed: bool) -> Figure:
    told = [
        json.dumps({"body": body, "part": part, "parts": number, "seconds": seconds, "routed": routed})
        for part in range(number)
    ]
    children = [room.child("writer", each, database="many") for each in told]
    for child in children:
        assert child.stdout
        while child.stdout.readline().strip() != READY:
            pass
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    answers = [ask(child) for child in children]
    times = sorted(time for answer in answers for time in answer["times"])
    rate = sum(len(answer["times"]) / answer["seconds"] for answer in answers)
    way = "with routing" if routed else "without routing"
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 0.0
    return Figure(
        f"writers_{number}{'_routed' if routed else ''}",
        f"steps per second {way}, {number} {'writer' if number == 1 else 'writers'}",
        room.vendor,
        rate,
        "/s",
        BOUND if number == 16 and not routed else None,
        at_least=True,
        beside={"steps": len(times), "median_ms": round(statistics.median(times), 2), "p95_ms": round(p95, 2)},
    )


def write(told: dict[str, Any]) -> dict[str, Any]:
    """The child: takes steps of its own records from "go" until the time is over or none is left."""
    steps = Steps(told["body"], 4000, told["part"], told["parts"])
    act = steps.routed if told["routed"] else steps.plain
    times: list[float] = []
    with without_messages():
        act()
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
        sys.stdin.readline()
        began = time.perf_counter()
        while time.perf_counter() - began < told["seconds"]:
            before = time.perf_counter()
            try:
                act()
            except StopIteration:
                break
            times.append((time.perf_counter() - before) * 1000)
    return {"times": times, "seconds": time.perf_counter() - began}
