"""Guards in the database itself, for whoever goes round the doors. Put back after every migrate, and fingerprinted.

Append-only tables refuse UPDATE, DELETE, TRUNCATE and INSERT OR REPLACE. Tables with streams refuse DELETE and
TRUNCATE, and let state and head change only together with version = version + 1. An owner of the database can drop a
trigger; then `problems` says so, and `verify_trail` and `doctor` with it.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from qms.trail import triggers_postgresql, triggers_sqlite


class Dialect(Protocol):
    """What a database engine's guards consist of."""

    def statements(self) -> list[str]: ...

    def removal(self, connection: BaseDatabaseWrapper) -> list[str]: ...

    def expected(self) -> set[tuple[str, ...]]: ...

    def installed(self, connection: BaseDatabaseWrapper) -> set[tuple[str, ...]]: ...


def install() -> None:
    """Put every guard in place, replacing what is there. Tables that do not exist yet are left out."""
    _run(dialect().removal(connection) + dialect().statements())


def uninstall() -> None:
    """Take every guard away: for tests that empty tables, and for restoring a backup."""
    _run(dialect().removal(connection))


def problems() -> list[str]:
    """What is missing, altered or foreign among the guards; empty when all is as it should be."""
    wanted, found = dialect().expected(), dialect().installed(connection)
    missing = {trigger[:2] for trigger in wanted - found}
    foreign = {trigger[:2] for trigger in found - wanted} - missing
    return [f"{table}: the guard {name} is missing or altered" for table, name in sorted(missing)] + [
        f"{table}: {name} is none of our guards" for table, name in sorted(foreign)
    ]


def fingerprint() -> str:
    """One hash over all guards as they are installed now."""
    lines = sorted("\t".join(trigger) for trigger in dialect().installed(connection))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def dialect() -> Dialect:
    return triggers_postgresql if connection.vendor == "postgresql" else triggers_sqlite


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
