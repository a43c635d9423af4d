"""Does each row still say what its trail says? Version, head, state, and every value the trail has seen change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef

from qms.trail.canonical import plain
from qms.trail.models import TrailEvent
from qms.trail.streams import all_rows, streamed
from qms.trail.verify.chains import Ended
from qms.trail.verify.findings import Report

BATCH = 300


def records(ends: Iterable[Ended], report: Report) -> None:
    """Compare every stream's end with its row, a batch at a time; then look for rows without a trail."""
    models = {model.stream_name(): model for model in streamed()}
    for batch in _batches(ends):
        for record_type, some in batch.items():
            _compare(models.get(record_type), some, report)
    for model in models.values():
        traced = TrailEvent.objects.filter(stream=OuterRef("uid"))
        for uid in all_rows(model).filter(~Exists(traced)).values_list("uid", flat=True).iterator(chunk_size=BATCH):
            report.add("untraced", f"a row of {model.stream_name()} has no event", uid)


def _batches(ends: Iterable[Ended]) -> Iterator[dict[str, list[Ended]]]:
    source = iter(ends)
    while some := list(islice(source, BATCH)):
        by_type = defaultdict(list)
        for end in some:
            by_type[end.record_type].append(end)
        yield by_type


def _compare(model: type[Any] | None, ends: list[Ended], report: Report) -> None:
    if model is None:
        for end in ends:
            report.add("record", f"there is no kind of row called {end.record_type}", end.stream, end.seq)
        return
    rows = {row.uid: row for row in all_rows(model).filter(uid__in=[end.stream for end in ends])}
    for end in ends:
        row = rows.get(end.stream)
        if row is None:
            report.add("record", "its row is gone", end.stream, end.seq)
        else:
            _row(row, end, report)


def _row(row: Any, end: Ended, report: Report) -> None:
    if (row.version, row.head) != (end.seq, end.head):
        report.add("record", "its row is of another version than its trail", end.stream, end.seq)
    state = getattr(row, "state", None)
    if state is not None and str(state) != end.state:
        report.add("record", f"its row says {state}, its trail {end.state}", end.stream, end.seq)
    fields = {field.name: field for field in row._meta.concrete_fields}
    for name, said in end.values.items():
        if name in fields and name not in row.OWN_FIELDS and said not in _forms(fields[name], row):
            report.add("record", f"{name} was changed past the doors", end.stream, end.seq)


def _forms(field: Any, row: Any) -> tuple[Any, Any]:
    """The two ways a value may stand in the trail: as it is, and as text."""
    value = getattr(row, field.attname)
    return plain(value), None if value is None else field.value_to_string(row)
