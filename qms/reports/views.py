"""Papers in the browser: asked for, made in the background, taken as a file; and what the code on one says to all."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qms.evidence import store
from qms.face.pages import Head, RecordPage
from qms.face.parts import Link, Progress
from qms.people.actors import Actor
from qms.records import registry
from qms.records.opening import open_record, open_type
from qms.records.pages import head_of
from qms.reports.jobs import request_report
from qms.reports.models import ReportFile, ReportState
from qms.reports.panel import kind_label
from qms.reports.sheets import NoSuchReport
from qms.reports.standing import standing_of

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@require_POST
def ask(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponseBase:
    """Ask for a paper of the record as it is now, then look how far it is."""
    actor = _actor(request)
    record = open_record(open_type(type_name), uid, actor)
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        raise Http404
    try:
        file = request_report(record, request.POST.get("kind", ""), language, actor)
    except NoSuchReport:
        raise Http404 from None
    return redirect("reports:progress", uid=file.uid)


@require_GET
def progress_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a paper is; htmx asks again every two seconds, a link does without JavaScript."""
    file, record = _open(request, uid)
    part = _progress(file)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/progress.html", {"it": part})
    label = kind_label(registry.get(file.record_type), file.kind)
    page = RecordPage(head_of(record, here=label), main=[part])
    return render(request, "records/detail.html", {"page": page, "record": record})


@require_GET
def file_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The paper, always as a download."""
    file, _record = _open(request, uid)
    if file.state != ReportState.READY:
        raise Http404
    try:
        content = store.open(file.sha256)
    except store.NotStored:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=file.file_name, content_type="application/pdf")


@require_GET
def verify_page(request: HttpRequest, code: str) -> HttpResponse:
    """For whoever holds a paper: what it is, of which body, and whether it still stands. Nothing of its content."""
    file = ReportFile.unscoped.filter(code=code, state=ReportState.READY).select_related("organisation").first()
    head = Head(title=_("Check of a printed paper"))
    context = {"page": RecordPage(head), "code": code[:40], "standing": standing_of(file) if file else None}
    return render(request, "reports/verify.html", context, status=200 if file else 404)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _open(request: HttpRequest, uid: UUID) -> tuple[ReportFile, object]:
    """A paper and its record, for whoever may read the record. Raises Http404."""
    file = ReportFile.objects.visible_to(_actor(request)).filter(uid=uid).first()
    if file is None:
        raise Http404
    return file, open_record(open_type(file.record_type), file.stream, _actor(request))


def _progress(file: ReportFile) -> Progress:
    finished = file.state == ReportState.READY
    label = _("The paper is ready.") if finished else _("The paper is being made.")
    taken = Link(_("Download %(name)s") % {"name": file.file_name}, reverse("reports:file", kwargs={"uid": file.uid}))
    return Progress(
        label=label,
        done=file.progress,
        total=100,
        url=reverse("reports:progress", kwargs={"uid": file.uid}),
        finished=finished,
        result=taken if finished else None,
        failed=file.failure_sentence if file.state == ReportState.FAILED else "",
    )
