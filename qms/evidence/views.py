"""Pages of evidence: add, download, look at a picture, declare void. Another body's file is not there."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qms.evidence import store
from qms.evidence.attaching import attach, void_evidence
from qms.evidence.boxes import add_url
from qms.evidence.fixity import found_damaged
from qms.evidence.forms import EvidenceForm, VoidForm
from qms.evidence.kinds import KINDS
from qms.evidence.models import EvidenceLink
from qms.evidence.rights import attaching
from qms.face.pages import FormPage, Head
from qms.face.parts import Link, ReasonRow
from qms.lifecycle.refused import KeyReused, Refused
from qms.lifecycle.rules import Reason
from qms.people.actors import Actor
from qms.records.models import Record
from qms.records.opening import open_record, open_type
from qms.records.pages import head_of, url_of

SEALED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@require_http_methods(["GET", "POST"])
def add_page(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponseBase:
    """Attach a file to a record."""
    actor = _actor(request)
    record = open_record(open_type(type_name), uid, actor)
    head, back = head_of(record, here=_("Add evidence")), _back(record)
    _held, reasons = attaching(record, actor)
    if reasons:
        return _refused(request, head, reasons, back)
    if request.method == "GET":
        return _form(request, head, EvidenceForm(), add_url(record), back, _("Add"))
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        file = given.pop("file")
        try:
            link = attach(record, file, file.name, actor, key=_key(request), **given)
        except Refused as refused:
            return _refused(request, head, refused.reasons, back)
        except KeyReused:
            form.add_error(None, _("This form was sent before with other content. Open it again."))
        except ValidationError as mistake:
            form.add_error(None, mistake)
        else:
            messages.success(
                request,
                _("“%(file)s” is attached to %(reference)s.") % {"file": link, "reference": record.reference},
            )
            return redirect(back)
    return _form(request, head, form, add_url(record), back, _("Add"), status=422)


@require_GET
def file_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The original bytes, always as a download, held against their hash before they leave."""
    link = _link(request, uid)
    kind = KINDS[link.file.kind]
    return _sealed(link, link.sha256, kind.media_type, link.name, attachment=True) or _damaged(request, link)


@require_GET
def picture_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The copy of a picture that is shown: written by us, with nothing hidden in it."""
    link = _link(request, uid)
    if not link.file.shown_sha256:
        raise Http404
    shown = _sealed(link, link.file.shown_sha256, "image/jpeg", f"{link.uid}.jpg", attachment=False)
    return shown or _damaged(request, link)


@require_http_methods(["GET", "POST"])
def void_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Declare evidence void, with a reason; it stays listed."""
    actor, link = _actor(request), _link(request, uid)
    row = link.row
    head, back = _head(row, link), _back(row)
    _held, reasons = attaching(row, actor)
    if link.is_void:
        reasons = [Reason(_("It is void already."), "void")]
    if reasons:
        return _refused(request, head, reasons, back)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            void_evidence(link, actor, form.cleaned_data["reason"], key=_key(request))
        except Refused as refused:
            return _refused(request, head, refused.reasons, back)
        except KeyReused:
            form.add_error(None, _("This form was sent before with other content. Open it again."))
        else:
            messages.success(request, _("“%(file)s” is void.") % {"file": link})
            return redirect(back)
    sentence = _("“%(file)s” stays listed as void, with your reason.") % {"file": link}
    status = 422 if form.is_bound else 200
    return _form(request, head, form, request.path, back, _("Declare void"), status, sentence, final=True)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _link(request: HttpRequest, uid: UUID) -> EvidenceLink:
    """Evidence of a body the actor may read. Raises Http404."""
    links = EvidenceLink.objects.visible_to(_actor(request)).select_related("file", "organisation")
    link: EvidenceLink | None = links.filter(uid=uid).first()
    if link is None:
        raise Http404
    return link


def _sealed(link: EvidenceLink, digest: str, media_type: str, name: str, attachment: bool) -> HttpResponseBase | None:
    """The stored bytes with their seals; None when they are no longer those that were stored."""
    try:
        content = store.open_checked(digest)
    except (store.Damaged, store.NotStored):
        found_damaged(link.file)
        return None
    return FileResponse(content, as_attachment=attachment, filename=name, content_type=media_type, headers=SEALED)


def _damaged(request: HttpRequest, link: EvidenceLink) -> HttpResponse:
    text = _("The stored bytes are no longer those that were attached. The administrator has been told.")
    head = Head(str(link))
    return _refused(request, head, [Reason(text, "damaged", link.sha256)], _back(link.row), status=410)


def _back(row: Any) -> str:
    return f"{url_of(row)}#evidence" if isinstance(row, Record) else "/"


def _head(row: Any, link: EvidenceLink) -> Head:
    if isinstance(row, Record):
        return head_of(row, here=_("Declare void"))
    return Head(_("Declare void"), crumbs=[Link(str(link), "")])


def _form(
    request: HttpRequest,
    head: Head,
    form: Form,
    url: str,
    back: str,
    submit: str,
    status: int = 200,
    sentence: str = "",
    final: bool = False,
) -> HttpResponse:
    key = str(_key(request) or uuid4())
    page = FormPage(head, form, submit, url=url, back_url=back, key=key, sentence=sentence, final=final)
    return render(request, "records/edit.html", {"page": page}, status=status)


def _refused(request: HttpRequest, head: Head, reasons: Any, back: str, status: int = 403) -> HttpResponse:
    rows = [ReasonRow(reason.text, reason.clause, ", ".join(reason.names)) for reason in reasons]
    context = {"head": head, "reasons": rows, "back_url": back}
    return render(request, "records/refused.html", context, status=status)
