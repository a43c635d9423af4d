"""The box of a record's page that makes its papers: kind and language, then those made of the present version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms.face.parts import Fragment, Link
from qms.records.registry import RecordType
from qms.reports.models import ReportFile, ReportState

if TYPE_CHECKING:
    from qms.lifecycle.case import Case

SHOWN = 4


def kind_label(record_type: RecordType, kind: str) -> str:
    """What a kind of paper is called; the type's own name where it says nothing."""
    return str(getattr(record_type.report.get(kind), "label", record_type.label))


def report_boxes(record: Any, case: Case) -> Sequence[Fragment]:
    """The box, where the type prints anything."""
    kinds = case.type.report
    if not kinds:
        return ()
    context = {
        "url": reverse("reports:ask", kwargs={"type_name": record.stream_name(), "uid": record.uid}),
        "kinds": [(kind, kind_label(case.type, kind)) for kind in kinds],
        "languages": settings.LANGUAGES,
        "language": (get_language() or "en").split("-")[0],
        "made": _made(record, case),
    }
    return (Fragment("reports/panel.html", context),)


def _made(record: Any, case: Case) -> list[tuple[Link, str]]:
    """Papers made last, each with what it shows: the present version or an earlier one."""
    files = ReportFile.objects.of(record.organisation_id).filter(stream=record.uid, state=ReportState.READY)
    return [
        (
            Link(
                f"{kind_label(case.type, file.kind)} ({file.language})",
                reverse("reports:file", kwargs={"uid": file.uid}),
            ),
            _("version %(n)d") % {"n": file.record_version},
        )
        for file in files.order_by("-pk")[:SHOWN]
    ]
