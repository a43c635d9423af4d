"""A body with people, and as many nonconformities as asked for, each with its trail and its open task.

People and two patterns are made through the doors; the rest is written in bulk, chained and hashed as the doors would.
Six of ten wait for the quality manager's triage, four of ten for their owner's correction.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Max

from qms.lifecycle.perform import create, perform, plain_value
from qms.lifecycle.table import CREATE
from qms.people.actors import Actor, Held
from qms.people.models import Organisation, Person, RoleAssignment, Unit
from qms.people.roles import Role
from qms.project.bench.ground import POSTGRESQL, Room
from qms.project.settings import database
from qms.records.search_index import put_in_place, refill
from qms.records.searching import searched_text
from qms.trail.compose import Composed, compose
from qms.trail.models import TrailDetail, TrailEvent
from workflows.engine.inbox import keep_words_of_tasks
from workflows.engine.models import Process, Task
from workflows.nonconformities.lifecycle import LIFECYCLE, State
from workflows.nonconformities.models import Nonconformity

INSTALLATION = Actor(None, via="installation")
CODE = "BENCH"
OWNERS, UNITS, BATCH = 20, 20, 2000
COMMON, RARE = "thermometer", "barometer"  # words of one in ten, and of one in a hundred
BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TABLE = Nonconformity._meta.db_table


@dataclass(frozen=True)
class Cast:
    """The body and its people: Bob is the quality manager, Stan reports, the owners own."""

    body: Organisation
    units: Sequence[Unit]
    bob: Person
    stan: Person
    owners: Sequence[Person]


def databases(room: Room, few: int, many: int) -> tuple[Any, Any]:
    """Two migrated databases, with few and with many records, as connections for `use`."""
    make(room, "few")
    small = opened(room.url("few"))
    call_command("migrate", verbosity=0, interactive=False)
    cast = people()
    load(cast, few)
    small.close()
    make(room, "many", "few")
    large = opened(room.url("many"))
    load(cast, many - few)
    return small, large


def make(room: Room, name: str, like: str = "") -> None:
    """An empty database, or a copy of one to which nobody is connected."""
    if room.vendor != POSTGRESQL:
        if like:
            shutil.copy(room.folder / f"{like}.sqlite3", room.folder / f"{name}.sqlite3")
        return
    opened(room.url("postgres"))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {like or 'template0'} ENCODING 'UTF8'")
    connection.close()


def opened(url: str) -> Any:
    """A connection to that address, which is now the default one."""
    connections.settings["default"] = connections.configure_settings({"default": database(url)})["default"]
    connections["default"] = connections.create_connection("default")
    return connections["default"]


def use(which: Any) -> None:
    """Let this connection be the default one."""
    connections["default"] = which


def body() -> int:
    """The number of the body in the database in use."""
    return int(Organisation.objects.get(code=CODE).pk)


def people() -> Cast:
    """The body, through the doors."""
    body = create(Organisation, INSTALLATION, code=CODE, name_en="Agency", country="RO", language="en",
                  time_zone="Europe/Bucharest")  # fmt: skip
    units = [
        create(Unit, INSTALLATION, organisation=body, code=f"U{nth}", name_en=f"Unit {nth}") for nth in range(UNITS)
    ]
    bob = person(body, "bob", Role.STAFF, Role.QUALITY_MANAGER)
    stan = person(body, "stan", Role.STAFF)
    owners = [person(body, f"owner{nth}", Role.STAFF, Role.PROCESS_OWNER) for nth in range(OWNERS)]
    return Cast(body, units, bob, stan, owners)


def person(body: Organisation, name: str, *roles: Role) -> Person:
    """Somebody who can do nothing with a password."""
    made = create(Person, INSTALLATION, organisation=body, email=f"{name}@bench.example", name=name.capitalize(),
                  job_title="official", language="en", password=make_password(None))  # fmt: skip
    for role in roles:
        create(RoleAssignment, INSTALLATION, organisation=body, person=made, role=role, from_on=date(2020, 1, 1))
    return made


def load(cast: Cast, count: int) -> None:
    """Two records through the doors as patterns, the others like them in bulk; then statistics for the planner."""
    patterns = {State.REPORTED: reported(cast), State.TRIAGED: triaged(cast)}
    last = Nonconformity.objects.of(cast.body.pk).aggregate(last=Max("pk"))["last"]
    with connection.cursor() as cursor:  # an index is made faster in one go than row by row
        for table in (TABLE, Task._meta.db_table) if connection.vendor == "postgresql" else ():
            cursor.execute(f"DROP INDEX IF EXISTS {table}_words")
    rest = (record_of(cast, last + nth) for nth in range(1, count - 1))
    while some := list(islice(rest, BATCH)):
        Nonconformity.objects.bulk_create([record for record, _events in some])
        events = [composed for _record, written in some for composed in written]
        TrailEvent.objects.bulk_create([each.event for each in events], batch_size=BATCH)
        TrailDetail.objects.bulk_create(list(_details(events)), batch_size=BATCH)
    _number_on()
    for state, pattern in patterns.items():
        _ask_alike(pattern, state, last)
    if connection.vendor == "sqlite":
        refill(TABLE)
    put_in_place()
    keep_words_of_tasks()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _details(events: Sequence[Composed]) -> Iterator[TrailDetail]:
    for each in events:
        if each.detail is not None:
            each.detail.event = each.event
            yield each.detail


def said(number: int) -> dict[str, Any]:
    """What the reporter of that number wrote."""
    thing = COMMON if number % 10 == 8 else RARE if number % 100 == 7 else ("ledger", "ladder", "label")[number % 3]
    return {
        "title": f"Finding {number}: the {thing} in room {number % 400} was not checked in time",
        "found_on": date(2026, 3, 1) + timedelta(days=number % 30),
        "requirement": f"ISO 9001, 7.1.5: measuring resources are verified at planned intervals ({number})",
        "evidence": f"The card of item {number * 7 % 100_003} names no check after {2020 + number % 6}.",
        "place": f"Room {number % 400}",
    }


GIVEN: dict[str, Any] = {"grade": "minor", "route": "capa", "rationale": "It can come back."}


def reported(cast: Cast) -> Nonconformity:
    """Stan reports one through the door."""
    return create(Nonconformity, cast.stan, organisation=cast.body, unit=cast.units[0], **said(0))


def triaged(cast: Cast) -> Nonconformity:
    """Bob gives it to the first owner."""
    return perform(reported(cast), "triage", cast.bob, owner=cast.owners[0], **GIVEN)


def record_of(cast: Cast, number: int) -> tuple[Nonconformity, list[Composed]]:
    """A record with that primary key, as the doors would have left it, and its events."""
    at = BEGAN + timedelta(minutes=number)
    record = Nonconformity(
        pk=number, uid=uuid4(), organisation=cast.body, created_at=at, reference=f"NC-2026-{number + 100_000}",
        unit=cast.units[number % UNITS], reported_by=cast.stan, **said(number),
        state=State.TRIAGED if number % 10 < 4 else State.REPORTED,
    )  # fmt: skip
    record.search_text = searched_text(record)
    events = [_event(record, CREATE, cast.stan, Role.STAFF, None, State.REPORTED, ("title", "unit"), at)]
    if record.state == State.TRIAGED:
        record.owner = cast.owners[number // 10 % OWNERS]
        for name, value in GIVEN.items():
            setattr(record, name, value)
        before, moment = State.REPORTED.value, at + timedelta(hours=3)
        wanted = ("owner", "grade")
        events.append(_event(record, "triage", cast.bob, Role.QUALITY_MANAGER, before, State.TRIAGED, wanted, moment))
    return record, events


def _event(
    record: Any, verb: str, by: Person, role: Role, before: str | None, to: str, names: Sequence[str], at: datetime
) -> Composed:
    """The next event of a record in memory, whose version and head follow."""
    fields = {name: record._meta.get_field(name) for name in names}
    record.version += 1
    written = compose(
        organisation=record.organisation,
        record_type=record.stream_name(),
        stream=record.uid,
        seq=record.version,
        prev=record.head,
        verb=verb,
        actor=Actor(by),
        at=at,
        acting_as=Held(role, record.organisation_id, None),
        from_state=before,
        to_state=str(to),
        changed={name: (None, plain_value(field, getattr(record, field.attname))) for name, field in fields.items()},
        judged_under=LIFECYCLE.judged_under,
    )
    record.head = written.event.leaf_hash
    return written


def _ask_alike(pattern: Nonconformity, state: State, last: int) -> None:
    """Processes and tasks of the pattern for every later record of its state, in two statements."""
    quick = connection.vendor == "postgresql"
    days = "(n.id %% 40)" if quick else "'+' || (n.id %% 40) || ' days'"

    def later(column: str) -> str:
        return f"{column} + {days}::int" if quick else f"date({column}, {days})"

    of_record = {"record_id": "n.id", "organisation_id": "n.organisation_id"}
    of_task = of_record | {
        "process_id": "r.id", "uid": "gen_random_uuid()" if quick else "lower(hex(randomblob(16)))",
        "unit_id": "n.unit_id", "record_uid": "n.uid", "reference": "n.reference", "title": "n.title",
        "search_text": "n.search_text", "due_on": later("t.due_on"), "sort_on": later("t.sort_on"),
    }  # fmt: skip
    if state == State.TRIAGED:
        open_one = "t.status = 'ASSIGNED'"
        of_task["owner_id"] = f"CASE WHEN {open_one} THEN n.owner_id ELSE t.owner_id END"
        of_task["bucket"] = f"CASE WHEN {open_one} THEN 'p:' || n.owner_id ELSE t.bucket END"
    of_task["due_on"] = f"CASE WHEN t.due_on IS NULL THEN NULL ELSE {of_task['due_on']} END"
    of_task["sort_on"] = f"CASE WHEN t.due_on IS NULL THEN t.sort_on ELSE {of_task['sort_on']} END"
    later_ones = f"n.id > %s AND n.state = %s AND t.record_type = '{pattern.stream_name()}' AND t.record_id = %s"
    known: tuple[int, str, int] = (last, str(state), pattern.pk)
    with connection.cursor() as cursor:
        cursor.execute(_copy(Process, of_record, f"FROM {TABLE} n, engine_process t WHERE {later_ones}"), known)
        beside = "r.record_type = t.record_type AND r.record_id = n.id"
        source = f"FROM {TABLE} n, engine_task t, engine_process r WHERE {later_ones} AND {beside}"
        cursor.execute(_copy(Task, of_task, source), known)


def _copy(model: Any, other: dict[str, str], source: str) -> str:
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    chosen = ", ".join(other.get(column, f"t.{column}") for column in columns)
    names = ", ".join(columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {chosen} {source}"


def _number_on() -> None:
    """The records brought their own primary keys: PostgreSQL's sequence is set behind them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{TABLE}', 'id'), (SELECT max(id) FROM {TABLE}))")  # noqa: S608
