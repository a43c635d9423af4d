"""Reports in the background: asked for once per version, kind and language; made, stored by hash, kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import translation

from qms.evidence import store
from qms.notices.outbox import enqueue, handles
from qms.records import registry
from qms.reports.models import MOVED_ON, ReportFile, ReportState
from qms.trail import clock

if TYPE_CHECKING:
    from qms.people.actors import Actor
    from qms.reports.sheets import Sheet

JOB = "render_report"
STEPS = 5  # progress is written at every so many per cent


def request_report(record: Any, kind: str, language: str, by: Actor, content: str | None = None) -> ReportFile:
    """The report of the record's present version: the stored one, or a new row with a job that makes it.

    `content` is a fingerprint of what is printed beyond the record's own version (answers still being given); where
    it is not given, the record is asked for it. A report that failed is tried anew. The caller has checked that `by`
    may read the record. Raises NoSuchReport.
    """
    if kind not in registry.type_of(record).report:
        from qms.reports.sheets import NoSuchReport

        raise NoSuchReport(kind)
    key = {
        "stream": record.uid,
        "record_version": record.version,
        "language": language,
        "kind": kind,
        "content": content_of(record) if content is None else content,
    }
    with transaction.atomic():
        file, new = ReportFile.unscoped.get_or_create(
            **key,
            defaults={
                "organisation_id": record.organisation_id,
                "record_type": record.stream_name(),
                "reference": getattr(record, "reference", ""),
                "code": verification_code(*(str(part) for part in key.values())),
                "asked_by": by.person,
                "asked_at": clock.now(),
            },
        )
        if new or _taken_up_again(file):
            enqueue(JOB, f"{file.uid}:{file.attempts}", {"file": str(file.uid)})
    return file


def content_of(record: Any) -> str:
    """The fingerprint a record gives of what its papers print beyond its own version; "" where it gives none."""
    printed = getattr(record, "printed_content", None)
    return str(printed()) if printed else ""


def _taken_up_again(file: ReportFile) -> bool:
    """Put a failed report back in the queue; only one of several callers does."""
    failed = ReportFile.unscoped.filter(pk=file.pk, state=ReportState.FAILED, attempts=file.attempts)
    if not failed.update(state=ReportState.QUEUED, progress=0, failure="", attempts=F("attempts") + 1):
        return False
    file.refresh_from_db()
    return True


def verification_code(*parts: str) -> str:
    """Sixteen hex digits in fours. The stream's random identifier goes in, so nobody outside can guess one."""
    digits = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


@handles(JOB)
def render_report(payload: dict[str, Any]) -> None:
    """Make and store one report: seal, then render. Called again for a finished one, it does nothing."""
    file = ReportFile.unscoped.get(uid=UUID(payload["file"]))
    if file.state == ReportState.READY:
        return
    _note(file, state=ReportState.RUNNING, progress=0, failure="")
    try:
        _make(file)
    except Exception as failure:
        _note(file, state=ReportState.FAILED, failure=type(failure).__name__)
        raise  # the outbox tries again, later each time


def _make(file: ReportFile) -> None:
    from qms.reports.sheets import sheet_of  # and with it reportlab, 16 MB, only where a report is made

    model = registry.get(file.record_type).model
    record = model.unscoped.select_related("organisation__parent").get(uid=file.stream)
    with translation.override(file.language), transaction.atomic():
        sheet = sheet_of(record, file.kind, file.language)
        now_at = model.unscoped.values_list("version", flat=True).get(pk=record.pk)
        content = content_of(record)
    if {record.version, now_at} != {file.record_version} or (content and content != file.content):
        _note(file, state=ReportState.FAILED, failure=MOVED_ON)
        return
    pdf = _rendered(record, file, sheet)
    digest = store.put(pdf)
    _note(file, state=ReportState.READY, progress=100, sha256=digest, size=len(pdf), made_at=clock.now(), failure="")


def _rendered(record: Any, file: ReportFile, sheet: Sheet) -> bytes:
    from qms.reports.render import render
    from qms.reports.sheets import paper_of, seal_version

    sealed = seal_version(file)
    _note(file, checkpoint_size=sealed.size if sealed else None)
    with translation.override(file.language):
        paper = paper_of(record, file, sheet, sealed)
    return render(paper, lambda percent: _heard(file, percent))


def _heard(file: ReportFile, percent: int) -> None:
    if percent < 100 and percent >= file.progress + STEPS:
        _note(file, progress=percent)


def _note(file: ReportFile, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(file, name, value)
    file.save(update_fields=list(changes))
