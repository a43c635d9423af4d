"""One INSERT without the ORM's ceremony: its statement is compiled once. Every step pays for this twice."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection, models


def insert(row: models.Model) -> None:
    """Store a new row; a key given by the database is set on it. No signals are sent. Raises IntegrityError."""
    sql, fields, key = _statement(type(row))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if key:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=16)
def _statement(model: type[models.Model]) -> tuple[str, tuple[models.Field[Any, Any], ...], str]:
    """The statement, the fields whose values it takes, and the column the database fills in."""
    meta, quoted = model._meta, connection.ops.quote_name
    automatic = isinstance(meta.pk, models.AutoField)
    fields = tuple(field for field in meta.concrete_fields if not (automatic and field.primary_key))
    names = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    key = quoted(str(meta.pk.column)) if automatic else ""
    returning = f" RETURNING {key}" if key else ""
    return f"INSERT INTO {quoted(meta.db_table)} ({names}) VALUES ({places}){returning}", fields, key  # noqa: S608
