"""Steps per second with several processes writing at once."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
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
    try:
        _all_ready(children)
        answers = [ask(child) for child in children]
    finally:
        for child in children:
            child.kill()
    times = sorted(time for answer in answers for time in answer["times"])
    rate = sum(len(answer["times"]) / answer["seconds"] for answer in answers)
    cpu = sum(answer["cpu"] for answer in answers) / max(1, len(times))  # of the writers; the server's is not counted
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
        beside={
            "steps": len(times),
            "cpu_ms": round(cpu * 1000, 2),
            "median_ms": round(statistics.median(times), 2),
            "p95_ms": round(p95, 2),
        },
    )


def _all_ready(children: Sequence[subprocess.Popen[str]]) -> None:
    """Waits until every child is connected and warm, then lets all of them go. Raises RuntimeError for a dead one."""
    for child in children:
        assert child.stdout
        while (line := child.stdout.readline()).strip() != READY:
            if not line:
                raise RuntimeError("a writer of the bench died before it began")
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()


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
        began, used = time.perf_counter(), time.process_time()
        while time.perf_counter() - began < told["seconds"]:
            before = time.perf_counter()
            try:
                act()
            except StopIteration:
                break
            times.append((time.perf_counter() - before) * 1000)
    used = time.process_time() - used
    return {"times": times, "seconds": time.perf_counter() - began, "cpu": used}
