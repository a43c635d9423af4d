"""The indexes behind the search, put in place after every migrate: FTS5 on SQLite, GIN on PostgreSQL.

PostgreSQL keeps the words of a text in a column of its own, which it fills itself: taking them from the text anew costs
20 µs a row, more than it reckons, so that it chose to read thousands of rows where the index has a few.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from qms.records import registry
from qms.records.searching import VECTOR, index_name


def put_in_place(**_: Any) -> None:
    """Make what is missing for every record type whose table exists, and fill it."""
    tables = set(connection.introspection.table_names())
    for record_type in registry.all_types():
        table = record_type.model._meta.db_table
        if table in tables:
            keep_words(table) if connection.vendor == "postgresql" else _sqlite(table)


def refill(table: str) -> None:
    """Write SQLite's index anew from the records: after rows came in another way than through the doors."""
    index, rows = connection.ops.quote_name(index_name(table)), connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {index}")  # noqa: S608
        cursor.execute(f"INSERT INTO {index} (rowid, search_text) SELECT id, search_text FROM {rows}")  # noqa: S608


def _sqlite(table: str) -> None:
    index, rows = connection.ops.quote_name(index_name(table)), connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5"
            "(search_text, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4')"
        )
        cursor.execute(f"SELECT (SELECT count(*) FROM {rows}) = (SELECT count(*) FROM {index})")  # noqa: S608
        (same,) = cursor.fetchone()
    if not same:
        refill(table)


def keep_words(table: str, condition: str = "") -> None:
    """On PostgreSQL: the words of `search_text` in a column of their own, with an index over the rows that matter."""
    index, rows = connection.ops.quote_name(f"{table}_words"), connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE {rows} ADD COLUMN IF NOT EXISTS {VECTOR} tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED"
        )
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {rows} USING gin ({VECTOR}) {condition}")
