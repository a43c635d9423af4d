"""A step through the door against a bare pair of statements, with and without the routing of tasks."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Mod
from django.test.utils import CaptureQueriesContext

from qms.lifecycle import perform as door
from qms.notices.outbox import wake_ups
from qms.people.actors import Actor
from qms.people.models import Person
from qms.project.bench.figures import Figure, in_turns, ms, spread
from qms.records.registry import followers
from workflows.engine.follow import follow
from workflows.nonconformities.lifecycle import State
from workflows.nonconformities.models import Nonconformity

STATEMENTS, STATEMENTS_ROUTED = 8, 18
TIMES, TIMES_ROUTED = 10, 29
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def figures(body: int, vendor: str, quick: bool) -> list[Figure]:
    """The step `contain` of records that wait for it, in turns with the bare pair. In: the database with many."""
    rounds = 15 if quick else 400
    steps = Steps(body, 2 * rounds + 40)
    with without_messages():
        plain, routed = statements(steps.plain), statements(steps.routed)
        bare, without, with_it = in_turns([Bare(), steps.plain, steps.routed], rounds, warm=10)
        share = trail_share(steps.plain, 10)
    held = vendor == "postgresql"
    added = Counter(routed) - Counter(plain)
    paid = {"bare_ms": ms(bare), "bare_half_between": spread(bare)}

    def told(name: str, what: str, value: float, bound: float, beside: dict[str, Any], below: bool = False) -> Figure:
        unit = "statements" if name.endswith("statements") else "×"
        return Figure(name, what, vendor, value, unit, bound, below=below, reported=not held, beside=beside)

    return [
        told("step_statements", "a step without routing", len(plain), STATEMENTS, {"which": plain}),
        told("step_time", "a step without routing, to the bare pair", ms(without) / ms(bare), TIMES,
             {"ms": ms(without), "half_between": spread(without), **paid}),
        told("routed_statements", "a step with routing", len(routed), STATEMENTS_ROUTED, {"which": routed}),
        told("routed_time", "a step with routing, to the bare pair", ms(with_it) / ms(bare), TIMES_ROUTED,
             {"ms": ms(with_it), "half_between": spread(with_it), **paid}, below=True),
        Figure("routing", "what routing adds to a step", vendor, ms(with_it) - ms(without), "ms",
               beside={"statements": sum(added.values()), "which": sorted(added.elements())}),
        Figure("trail_share", "the trail's share of a step without routing", vendor, share * 100, "%"),
    ]  # fmt: skip


class Steps:
    """Records that wait for their owner's correction; each call takes the step of the next one."""

    def __init__(self, body: int, most: int, part: int = 0, parts: int = 1) -> None:
        waiting = Nonconformity.objects.of(body).filter(state=State.TRIAGED).order_by("pk")
        mine = waiting.annotate(part=Mod("pk", parts)).filter(part=part)
        rows = mine.select_related("organisation", "unit")[:most]
        people = Person.objects.filter(organisation=body).select_related("organisation").in_bulk()
        self.people = people
        self.left: Iterator[Nonconformity] = iter(list(rows))

    def routed(self) -> None:
        """With tasks following; StopIteration when none is left. The actor's roles are read anew each time."""
        record = next(self.left)
        door.perform(record, "contain", Actor(self.people[record.owner_id]), correction="It was checked at once.")

    def plain(self) -> None:
        """The same, and no task follows."""
        place = followers.index(follow)
        del followers[place]
        try:
            self.routed()
        finally:
            followers.insert(place, follow)


class Bare:
    """UPDATE of a state and INSERT of an audit row through Django's cursor, in one transaction."""

    def __init__(self) -> None:
        key = "bigserial" if connection.vendor == "postgresql" else "integer"
        with connection.cursor() as cursor:
            for table in ("bench_record", "bench_audit"):
                cursor.execute(f"DROP TABLE IF EXISTS {table}")
            cursor.execute(
                "CREATE TABLE bench_record "
                "(id integer PRIMARY KEY, version integer NOT NULL, state varchar(30) NOT NULL)"
            )
            cursor.execute(
                f"CREATE TABLE bench_audit (id {key} PRIMARY KEY, record integer NOT NULL, seq integer NOT NULL, "
                "at varchar(40) NOT NULL, body text NOT NULL, UNIQUE (record, seq))"
            )
            cursor.executemany("INSERT INTO bench_record VALUES (%s, 0, 'open')", [(nth,) for nth in range(1000)])
        self.next = count()

    def __call__(self) -> None:
        version, record = divmod(next(self.next), 1000)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE bench_record SET state = %s, version = version + 1 WHERE id = %s AND version = %s",
                ["contained", record, version],
            )
            cursor.execute(
                "INSERT INTO bench_audit (record, seq, at, body) VALUES (%s, %s, %s, %s)",
                [record, version + 1, str(time.time()), "x" * 600],
            )


def statements(act: Callable[[], Any]) -> list[str]:
    """Which statements it takes, each as its verb and table."""
    with CaptureQueriesContext(connection) as asked:
        act()
    sent = [query["sql"] for query in asked if not query["sql"].startswith(NOT_COUNTED)]
    return [_short(sql) for sql in sent]


def _short(sql: str) -> str:
    words = sql.replace('"', "").replace("(", " ").split()
    for sign in ("FROM", "INTO", "UPDATE"):
        if sign in words[:400]:
            return f"{words[0]} {words[words.index(sign) + 1]}"
    return words[0]


def trail_share(act: Callable[[], Any], rounds: int) -> float:
    """The part of a step's time that composing, hashing and writing its event takes."""
    spent = [0.0]

    def timed(inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*args: Any, **kwargs: Any) -> Any:
            before = time.perf_counter()
            try:
                return inner(*args, **kwargs)
            finally:
                spent[0] += time.perf_counter() - before

        return outer

    names = vars(door)
    kept = {name: names[name] for name in ("compose", "write")}
    names.update({name: timed(inner) for name, inner in kept.items()})
    try:
        before = time.perf_counter()
        for _round in range(rounds):
            act()
        return spent[0] / (time.perf_counter() - before)
    finally:
        names.update(kept)


@contextmanager
def without_messages() -> Iterator[None]:
    """No wake-up is sent to a broker: it follows the commit, and what it costs is the broker's."""
    kept = wake_ups[:]
    wake_ups.clear()
    try:
        yield
    finally:
        wake_ups.extend(kept)
