"""The guards: nobody alters the trail or moves a record past the doors, on either database; and they come back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from qms.people.models import Organisation, Unit
from qms.trail import triggers
from qms.trail.models import Checkpoint, Leaf, Node, TrailDetail, TrailEvent
from qms.trail.seal import seal

ON_SQLITE = pytest.mark.parametrize("real_db", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("real_db", ["postgresql"], indirect=True)
TABLES = ["trail_trailevent", "trail_traildetail", "trail_leaf", "trail_checkpoint", "trail_node"]
COLUMN = {"trail_leaf": "event_id", "trail_traildetail": "clear", "trail_node": "level", "trail_checkpoint": "root"}


@pytest.fixture
def sealed(real_db: Any, unit: Unit) -> Unit:
    Node.objects.create(level=8, index=900, hash="00")
    seal()
    return unit


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_the_trail_are_neither_altered_nor_deleted(sealed: Unit, table: str) -> None:
    column = COLUMN.get(table, "body")
    for statement in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="guarded"):
            attempt(statement)


@pytest.mark.parametrize("model", [TrailEvent, TrailDetail, Leaf, Checkpoint, Node])
def test_nor_through_the_orm(sealed: Unit, model: Any) -> None:
    row = model.objects.first()
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        row.save(force_update=True)
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")


@ON_POSTGRESQL
@pytest.mark.parametrize("table", TABLES)
def test_postgresql_does_not_truncate_them(sealed: Unit, table: str) -> None:
    with pytest.raises(DatabaseError, match="guarded"):
        attempt(f"TRUNCATE {table} CASCADE")


@ON_POSTGRESQL
def test_postgresql_guards_also_fire_on_a_replica(sealed: Unit) -> None:
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM trail_trailevent")


def replace_by_key(unit: Unit) -> None:
    columns = [str(field.column) for field in TrailEvent._meta.concrete_fields]
    values = ["'forged'" if column == "body" else column for column in columns]
    attempt(
        f"INSERT OR REPLACE INTO trail_trailevent ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM trail_trailevent WHERE seq = 1"
    )


def replace_by_sequence(unit: Unit) -> None:
    columns = "stream, seq, record_type, verb, at, click, leaf_hash, prev, organisation_id"
    attempt(
        f"INSERT OR REPLACE INTO trail_trailevent ({columns}, body)"
        f" SELECT {columns}, 'forged' FROM trail_trailevent WHERE seq = 2"
    )


def replace_a_record(unit: Unit) -> None:
    columns = ", ".join(str(field.column) for field in Unit._meta.concrete_fields if not field.primary_key)
    attempt(f"INSERT OR REPLACE INTO people_unit ({columns}) SELECT {columns} FROM people_unit")


@ON_SQLITE
@pytest.mark.parametrize("attack", [replace_by_key, replace_by_sequence, replace_a_record])
def test_sqlite_does_not_replace_rows_in_silence(sealed: Unit, attack: Callable[[Unit], None]) -> None:
    with pytest.raises(DatabaseError, match="guarded"):
        attack(sealed)


def test_upserts_do_not_get_through_either(sealed: Unit) -> None:
    event = TrailEvent.objects.first()
    assert event is not None
    event.body = "forged"
    with pytest.raises(DatabaseError), transaction.atomic():
        TrailEvent.objects.bulk_create(
            [event], update_conflicts=True, unique_fields=["stream", "seq"], update_fields=["body"]
        )


@pytest.mark.parametrize(
    "change", [{"head": "00"}, {"version": 9}, {"version": 1}, {"uid": "6f1c4f0e-8f0b-4f5c-9f53-0c8a3b1e2d4f"}]
)
def test_a_row_with_a_stream_moves_only_by_one_version(sealed: Unit, change: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        Unit.unscoped.filter(pk=sealed.pk).update(**change)


def test_it_may_move_by_one_and_change_what_is_no_state(sealed: Unit) -> None:
    assert Unit.unscoped.filter(pk=sealed.pk).update(version=sealed.version + 1, head="00") == 1
    assert Unit.unscoped.filter(pk=sealed.pk).update(name_ro="Unitate") == 1


def test_a_row_with_a_stream_is_never_deleted(sealed: Unit) -> None:
    with pytest.raises(DatabaseError, match="guarded"):
        attempt("DELETE FROM people_unit")


def test_migrating_puts_the_guards_back(real_db: Any, body: Organisation) -> None:
    before = triggers.fingerprint()
    triggers.uninstall()
    assert triggers.problems()
    call_command("migrate", verbosity=0)
    assert triggers.problems() == [] and triggers.fingerprint() == before


def test_an_altered_guard_and_a_foreign_one_are_named(real_db: Any, body: Organisation) -> None:
    name = "guard_trail_leaf_delete"
    if connection.vendor == "sqlite":
        attempt(f"DROP TRIGGER {name}")
        attempt(f"CREATE TRIGGER {name} BEFORE DELETE ON trail_leaf BEGIN SELECT 1; END")
        attempt("CREATE TRIGGER own AFTER INSERT ON trail_leaf BEGIN SELECT 1; END")
    else:
        attempt(f"ALTER TABLE trail_leaf DISABLE TRIGGER {name}")
        attempt("CREATE TRIGGER own AFTER INSERT ON trail_leaf FOR EACH ROW EXECUTE FUNCTION atestat_refuse()")
    said = " ".join(triggers.problems())
    assert f"{name} is missing or altered" in said and "own is none of our guards" in said


@ON_POSTGRESQL
def test_a_hollowed_function_is_found(real_db: Any, body: Organisation) -> None:
    attempt("CREATE OR REPLACE FUNCTION atestat_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'")
    assert len(triggers.problems()) > 10
