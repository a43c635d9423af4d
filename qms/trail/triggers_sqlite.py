"""The guards in SQLite's words. REPLACE deletes without firing delete triggers, so it is refused at the INSERT."""

from __future__ import annotations

import re

from django.db import connection as default
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from qms.trail.streams import append_only, columns, streamed

PREFIX = "guard_"


def statements() -> list[str]:
    """CREATE TRIGGER for every table there is."""
    tables = set(default.introspection.table_names())
    return [sql for table, _, sql in sorted(_wanted()) if table in tables]


def removal(connection: BaseDatabaseWrapper) -> list[str]:
    """DROP TRIGGER for all of ours."""
    return [f'DROP TRIGGER "{name}"' for _, name, _ in sorted(installed(connection)) if name.startswith(PREFIX)]


def expected() -> set[tuple[str, ...]]:
    """(table, name, text) of each guard."""
    return {(table, name, _normal(sql)) for table, name, sql in _wanted()}


def installed(connection: BaseDatabaseWrapper) -> set[tuple[str, ...]]:
    """The same of what the database has on the tables we guard."""
    guarded = {table for table, _, _ in _wanted()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(table, name, _normal(sql)) for table, name, sql in cursor.fetchall() if table in guarded}


def _wanted() -> set[tuple[str, str, str]]:
    found = set()
    for model in append_only():
        found |= {_on(model, "UPDATE"), _on(model, "DELETE"), _on_replace(model)}
    for model in streamed():
        found |= {_on(model, "DELETE"), _on_replace(model), _on_step(model)}
    return found


def _on(model: type[models.Model], act: str) -> tuple[str, str, str]:
    return _trigger(model, act, act, "1")


def _on_replace(model: type[models.Model]) -> tuple[str, str, str]:
    same = " OR ".join(" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in _unique_keys(model))
    return _trigger(model, "REPLACE", "INSERT", f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" WHERE {same})')  # noqa: S608


def _on_step(model: type[models.Model]) -> tuple[str, str, str]:
    kept = ["uid", "version", "head", *({"state"} & columns(model))]
    same = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in kept)
    step = 'NEW."version" = OLD."version" + 1 AND NEW."uid" = OLD."uid"'
    return _trigger(model, "STEP", "UPDATE", f"NOT (({same}) OR ({step}))")


def _trigger(model: type[models.Model], label: str, act: str, when: str) -> tuple[str, str, str]:
    table = model._meta.db_table
    name = f"{PREFIX}{table}_{label.lower()}"
    sql = (
        f'CREATE TRIGGER "{name}" BEFORE {act} ON "{table}" FOR EACH ROW WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, '{table} is guarded: {label}'); END"
    )
    return table, name, sql


def _unique_keys(model: type[models.Model]) -> list[list[str]]:
    """Columns of the primary key and of every unconditional unique constraint."""
    keys = [[str(field.column)] for field in model._meta.concrete_fields if field.unique]
    column_of = {field.name: str(field.column) for field in model._meta.concrete_fields}
    constraints = model._meta.total_unique_constraints
    return keys + [[column_of[name] for name in constraint.fields] for constraint in constraints]


def _normal(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()
