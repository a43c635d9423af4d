"""Verification from end to end, over one unchanging view of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from django.db import connection, transaction

from qms.trail import checkpoints, triggers
from qms.trail.note import BadNote, Note
from qms.trail.verify.chains import chains
from qms.trail.verify.findings import Report
from qms.trail.verify.records import records
from qms.trail.verify.tree import tree

Check = Callable[[Report], None]
_further: list[Check] = []


def register(check: Check) -> Check:
    """Let another app check what it ties to the trail: signatures, evidence."""
    if check not in _further:
        _further.append(check)
    return check


def verify(external: Path | None = None) -> Report:
    """Check everything. `external` is a file of checkpoints from elsewhere, held against the trail beside our own.

    Raises BadNote and OSError for an external file that cannot be read.
    """
    report = Report()
    given = list(checkpoints.kept(external)) if external else []
    with _one_view():
        records(chains(report), report)
        tree(chain(given, _ours(report)), report)
        for check in _further:
            check(report)
        report.guards = triggers.fingerprint()
        for problem in triggers.problems():
            report.add("guard", problem)
    return report


def _ours(report: Report) -> Iterator[Note]:
    try:
        yield from checkpoints.kept()
    except BadNote as wrong:
        report.add("checkpoint", f"{checkpoints.checkpoint_file()}: {wrong}")


@contextmanager
def _one_view() -> Iterator[None]:
    """A snapshot that holds nobody up: on SQLite a deferred read, since `atomic` would take the write lock."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
