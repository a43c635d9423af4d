"""What is asked of somebody: his own tasks, those of the roles he holds, those of whoever delegated to him.

Every open task lies in one pigeonhole (a person's, or a role's in a body); an inbox is a few pigeonholes. The database
reads the first rows of each by an index that has the order of the page, however many tasks there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from qms.people.actors import Actor, Held
from qms.records.search_index import keep_words
from qms.records.searching import VECTOR, found_on_sqlite, normalised, postgresql_words
from workflows.engine.models import ASKED_SQL, Task, bucket_of_person, bucket_of_role

MINE, UNIT, DELEGATED = "mine", "unit", "delegated"
WHOSE = (MINE, UNIT, DELEGATED)
PAGE = 25
COUNTED = 1000
NO_TERM = date.max

# A role above holds below: the units named, with every unit under them.
AT_OR_BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM people_unit WHERE id IN (%s)
        UNION SELECT u.id FROM people_unit u JOIN below b ON u.parent_id = b.id
    ) SELECT id FROM below
"""


@dataclass(frozen=True)
class Pigeonhole:
    """A bucket, narrowed to units (and those below) where the role is held at units, and for whom one looks into it."""

    bucket: str
    whose: str
    units: tuple[int, ...] | None = None
    for_name: str = ""


@dataclass(frozen=True)
class Position:
    """A place in the order of an inbox: the term, then the task's number."""

    sort_on: date
    pk: int

    def __str__(self) -> str:
        return f"{self.sort_on.isoformat()}_{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Position | None:
        """None for what is no position."""
        day, _line, pk = text.partition("_")
        try:
            return cls(date.fromisoformat(day), int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Shelf:
    """One page of an inbox, soonest first, and the place after which the next page begins."""

    tasks: Sequence[Task]
    after: Position | None


@dataclass(frozen=True)
class Counts:
    """How many tasks there are, per whose they are and per day; counted up to COUNTED in each pigeonhole."""

    by_whose: Counter[str] = field(default_factory=Counter)
    by_day: Counter[date] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return sum(self.by_day.values())


def pigeonholes(actor: Actor) -> tuple[Pigeonhole, ...]:
    """Where the actor's tasks lie: his own, his roles', his delegators'. Reads nothing but the roles he holds."""
    assert actor.person is not None
    found = {bucket_of_person(actor.person.pk): Pigeonhole(bucket_of_person(actor.person.pk), MINE)}
    for held in actor.held:
        if held.everything and held.for_id:
            bucket = bucket_of_person(held.for_id)
            found.setdefault(bucket, Pigeonhole(bucket, DELEGATED, for_name=held.for_name))
    for held in sorted(actor.held, key=lambda held: held.for_id is not None):
        bucket = bucket_of_role(held.organisation_id, held.role)
        found[bucket] = _wider(found.get(bucket), held, bucket)
    return tuple(found.values())


def _wider(known: Pigeonhole | None, held: Held, bucket: str) -> Pigeonhole:
    """A role held twice looks into the wider of both; an own role goes before a delegated one."""
    units = None if held.unit_id is None else (held.unit_id,)
    if known is None:
        return Pigeonhole(bucket, DELEGATED if held.for_id else UNIT, units, held.for_name)
    both = None if known.units is None or units is None else tuple(dict.fromkeys(known.units + units))
    return replace(known, units=both)


def shelf(
    holes: Sequence[Pigeonhole],
    *,
    words: str = "",
    after: Position | None = None,
    until: date | None = None,
    size: int = PAGE,
) -> Shelf:
    """One page of tasks, in one statement with the people and bodies their lines name. `until` keeps to due ones.

    `words` are the beginnings of words of the record, as in every search; without a letter or digit nothing fits.
    """
    if not holes or (words and not normalised(words)):
        return Shelf((), None)
    queries = [_first_of(hole, words, after, until, size + 1) for hole in holes]
    chosen = RawSQL(" UNION ALL ".join(sql for sql, _values in queries), _joined(queries))  # noqa: S611
    rows = Task.objects.filter(pk__in=chosen).select_related("owner", "asked_by", "organisation", "unit")
    tasks = list(rows.order_by("sort_on", "pk")[: size + 1])
    last = tasks[size - 1] if len(tasks) > size else None
    return Shelf(tasks[:size], Position(last.sort_on, last.pk) if last else None)


def counts(holes: Sequence[Pigeonhole], words: str = "") -> Counts:
    """How many are asked, per whose and per day, in one statement."""
    found = Counts()
    if not holes or (words and not normalised(words)):
        return found
    queries = [_first_of(hole, words, None, None, COUNTED, column="sort_on") for hole in holes]
    parts = [_labelled(place, sql) for place, (sql, _values) in enumerate(queries)]
    counted = f"SELECT hole, sort_on, COUNT(*) FROM ({' UNION ALL '.join(parts)}) AS a GROUP BY hole, sort_on"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(counted, _joined(queries))
        for place, day, number in cursor.fetchall():
            found.by_whose[holes[place].whose] += number
            found.by_day[_day(day)] += number
    return found


def waited_for(actor: Actor, most: int = 6) -> list[Task]:
    """What others are asked by the actor's acts, soonest first, in one statement."""
    chosen = RawSQL(  # noqa: S611
        f"SELECT id FROM (SELECT id FROM engine_task WHERE asked_by_id = %s AND {ASKED_SQL} "  # noqa: S608
        "AND (owner_id IS NULL OR owner_id <> %s) ORDER BY sort_on, id LIMIT %s) AS w",
        (actor.person_id, actor.person_id, most),
    )
    return list(Task.objects.filter(pk__in=chosen).select_related("owner", "organisation").order_by("sort_on", "pk"))


def _first_of(
    hole: Pigeonhole,
    words: str,
    after: Position | None,
    until: date | None,
    most: int,
    column: str = "id",
) -> tuple[str, list[Any]]:
    """The first rows of a pigeonhole as SQL both databases take; literals where a partial index wants them."""
    source, where, values = _searched(words)
    where.append(f"bucket = %s AND {ASKED_SQL}")
    values.append(hole.bucket)
    if hole.units is not None:
        where.append(f"unit_id IN ({AT_OR_BELOW % ', '.join(['%s'] * len(hole.units))})")
        values += hole.units
    if after is not None:
        where.append("(sort_on > %s OR (sort_on = %s AND id > %s))")
        values += [after.sort_on, after.sort_on, after.pk]
    if until is not None:
        where.append("sort_on <= %s")
        values.append(until)
    inner = f"SELECT {column} FROM {source} WHERE {' AND '.join(where)} ORDER BY sort_on, id LIMIT %s"  # noqa: S608
    return f"SELECT {column} FROM ({inner}) AS t", [*values, most]  # noqa: S608


def _searched(words: str) -> tuple[str, list[str], list[Any]]:
    """Where tasks are read from when words are looked for: table, conditions, values.

    PostgreSQL has the words of each open task in an index; on SQLite the indexes of the records are asked first.
    """
    if not words:
        return "engine_task", [], []
    if connection.vendor == "postgresql":
        return "engine_task", [f"{VECTOR} @@ to_tsquery('simple', %s)"], [postgresql_words(normalised(words))]
    found, values = found_on_sqlite(words)
    join = "f.record_type = engine_task.record_type AND f.record_id = engine_task.record_id"
    return f"({found}) AS f CROSS JOIN engine_task ON {join}", [], [*values]


def _labelled(place: int, sql: str) -> str:
    return f"SELECT {place} AS hole, sort_on FROM ({sql}) AS h{place}"  # noqa: S608


def _joined(queries: Sequence[tuple[str, list[Any]]]) -> list[Any]:
    return [value for _sql, values in queries for value in values]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def keep_words_of_tasks(**_: Any) -> None:
    """After every migrate: what PostgreSQL needs to search in open tasks."""
    if connection.vendor == "postgresql" and Task._meta.db_table in connection.introspection.table_names():
        keep_words(Task._meta.db_table, f"WHERE {ASKED_SQL}")
