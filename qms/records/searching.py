"""One normaliser for everything that is searched: case, comma and cedilla, and other diacritics make no difference."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Lookup, QuerySet, TextField

from qms.records import registry

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from qms.records.models import Record

VECTOR = "search_vector"  # on PostgreSQL, the words of search_text (see search_index.py)
# What Unicode's decomposition would wrongly change or leave: й keeps its mark, ѝ loses it.
KEPT = {"й": "\ue000", "ѝ": "и"}
_NO_WORD = re.compile(r"[\W_]+")


def normalised(text: str) -> str:
    """Lower-case words of letters and digits with single spaces between them.

    Latin letters lose their marks (ș, ş → s; ț, ţ → t; ă, â → a; î → i), Cyrillic й keeps its own.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    for letter, stand_in in KEPT.items():
        lowered = lowered.replace(letter, stand_in)
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", bare.replace("\ue000", "й")).strip()


def searched_text(record: Record) -> str:
    """What a record is found by: its reference, its title and the fields its type names."""
    words = [record.reference, record.title, *(str(getattr(record, name) or "") for name in record.SEARCHED)]
    return normalised(" ".join(words))


def found(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The rows in which every word begins some word of the searched text; without a letter or digit, none."""
    wanted = normalised(words)
    return rows.filter(search_text__finds=wanted) if wanted else rows.none()


@TextField.register_lookup
class Finds(Lookup):
    """`search_text__finds="words"`: prefixes of words, by an index on both databases (see search_index.py)."""

    lookup_name = "finds"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, wrapper: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column: Any = self.lhs
        table = column.target.model._meta.db_table
        index = connection.ops.quote_name(index_name(table))
        key = f"{connection.ops.quote_name(column.alias)}.id"
        return f"{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", [sqlite_words(str(self.rhs))]  # noqa: S608

    def as_postgresql(self, compiler: Any, wrapper: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column: Any = self.lhs
        vector = f"{connection.ops.quote_name(column.alias)}.{VECTOR}"
        return f"{vector} @@ to_tsquery('simple', %s)", [postgresql_words(str(self.rhs))]


def postgresql_words(wanted: str) -> str:
    """Normalised words as PostgreSQL asks for their beginnings."""
    return " & ".join(f"{word}:*" for word in wanted.split())


def sqlite_words(wanted: str) -> str:
    """Normalised words as SQLite's FTS5 asks for their beginnings."""
    return " ".join(f'"{word}"*' for word in wanted.split())


def found_on_sqlite(words: str) -> tuple[str, list[str]]:
    """(record_type, record_id) of every record the words find, as SQL for SQLite: each type's own index is asked."""
    asked = "SELECT '{name}' AS record_type, rowid AS record_id FROM {index} WHERE {index} MATCH %s"
    parts = [
        asked.format(name=each.name, index=connection.ops.quote_name(index_name(each.model._meta.db_table)))
        for each in registry.all_types()
    ]
    return " UNION ALL ".join(parts), [sqlite_words(normalised(words))] * len(parts)


def index_name(table: str) -> str:
    return f"{table}_found"


def indexed(record: Record) -> None:
    """Let a new or changed text be found. PostgreSQL keeps its index itself; SQLite's is a table of its own."""
    if connection.vendor != "sqlite":
        return
    index = connection.ops.quote_name(index_name(record._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO {index} (rowid, search_text) VALUES (%s, %s)",  # noqa: S608
            [record.pk, record.search_text],
        )
