"""Holding a parent still while a child is written, without making its other children wait."""

from __future__ import annotations

from typing import Any

from django.db import connection


def hold(model: type[Any], pk: int) -> Any:
    """The parent's row, locked against change until the transaction ends; others may hold it at the same time.

    PostgreSQL: FOR SHARE. SQLite has one writer anyway.
    """
    if connection.vendor != "postgresql":
        return model.unscoped.get(pk=pk)
    table = connection.ops.quote_name(model._meta.db_table)
    return model.unscoped.raw(f"SELECT * FROM {table} WHERE id = %s FOR SHARE", [pk])[0]  # noqa: S608
