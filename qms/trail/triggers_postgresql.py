"""The guards in PostgreSQL's words: two functions, and triggers that also fire on a replica (ENABLE ALWAYS)."""

from __future__ import annotations

from django.db import connection as default
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from qms.trail.streams import append_only, columns, streamed

PREFIX = "guard_"
ROW, BEFORE, DELETE, UPDATE, TRUNCATE = 1, 2, 8, 16, 32

REFUSE = "atestat_refuse"
REFUSE_BODY = "BEGIN RAISE EXCEPTION '% is guarded: %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation'; END"
STEP = "atestat_step"
STEP_STATE = "atestat_step_state"

_STEP_BODY = """BEGIN
IF NEW.uid = OLD.uid AND (NEW.version = OLD.version + 1 OR (NEW.version = OLD.version AND NEW.head = OLD.head{state}))
THEN RETURN NEW; END IF;
RAISE EXCEPTION '% is guarded: STEP', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END"""
FUNCTIONS = {
    REFUSE: REFUSE_BODY,
    STEP: _STEP_BODY.format(state=""),
    STEP_STATE: _STEP_BODY.format(state=" AND NEW.state = OLD.state"),
}


def statements() -> list[str]:
    """The functions, and the triggers of every table there is."""
    tables = set(default.introspection.table_names())
    made = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$"
        for name, body in FUNCTIONS.items()
    ]
    for table, name, event, per, function in _wanted():
        if table in tables:
            made.append(
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH {per} EXECUTE FUNCTION {function}()'
            )
            made.append(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"')
    return made


def removal(connection: BaseDatabaseWrapper) -> list[str]:
    """DROP TRIGGER for all of ours."""
    return [
        f'DROP TRIGGER "{row[1]}" ON "{row[0]}"' for row in sorted(installed(connection)) if row[1].startswith(PREFIX)
    ]


def expected() -> set[tuple[str, ...]]:
    """(table, name, kind, enabled, function, its text) of each guard."""
    return {
        (table, name, str(_kind(event, per)), "A", function, FUNCTIONS[function])
        for table, name, event, per, function in _wanted()
    }


def installed(connection: BaseDatabaseWrapper) -> set[tuple[str, ...]]:
    """The same of what the database has on the tables we guard; a condition on a trigger shows in its kind."""
    guarded = sorted({row[0] for row in _wanted()})
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, t.tgname, t.tgtype::text || coalesce(t.tgqual::text, ''), t.tgenabled::text,
                      p.proname, p.prosrc
               FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
               WHERE NOT t.tgisinternal AND c.relname = ANY(%s) AND pg_table_is_visible(c.oid)""",
            [guarded],
        )
        return {tuple(row) for row in cursor.fetchall()}


def _wanted() -> list[tuple[str, str, str, str, str]]:
    found = []
    for model in append_only():
        found += [_row(model, "UPDATE", "ROW"), _row(model, "DELETE", "ROW"), _row(model, "TRUNCATE", "STATEMENT")]
    for model in streamed():
        step = STEP_STATE if "state" in columns(model) else STEP
        found += [
            _row(model, "DELETE", "ROW"),
            _row(model, "TRUNCATE", "STATEMENT"),
            _row(model, "UPDATE", "ROW", step),
        ]
    return found


def _row(model: type[models.Model], event: str, per: str, function: str = REFUSE) -> tuple[str, str, str, str, str]:
    table = model._meta.db_table
    return table, f"{PREFIX}{table}_{event.lower()}"[:63], event, per, function


def _kind(event: str, per: str) -> int:
    """pg_trigger.tgtype, bit by bit."""
    return BEFORE | {"UPDATE": UPDATE, "DELETE": DELETE, "TRUNCATE": TRUNCATE}[event] | (ROW if per == "ROW" else 0)
