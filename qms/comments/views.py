"""Pages of comments: say something about a record, answer, settle. Another body's record is not there."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qms.comments.boxes import active, add_url
from qms.comments.commands import comment, settle
from qms.comments.forms import CommentForm
from qms.comments.models import Comment
from qms.face.pages import FormPage, Head
from qms.face.parts import Paragraph, ReasonRow, Texts
from qms.lifecycle.perform import By
from qms.lifecycle.refused import KeyReused, Refused
from qms.lifecycle.table import CREATE
from qms.people.actors import Actor, everybody
from qms.people.models import Person
from qms.records.opening import open_record, open_type
from qms.records.pages import head_of, url_of


@require_http_methods(["GET", "POST"])
def add_page(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponseBase:
    """Say something about a record."""
    record = open_record(open_type(type_name), uid, _actor(request))
    return _say(request, record, head_of(record, here=_("Comment")), add_url(record))


@require_http_methods(["GET", "POST"])
def answer_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Answer a comment; the comment stands beside the form."""
    question = _question(request, uid)
    record = open_record(open_type(question.record_type), question.stream, _actor(request))
    return _say(request, record, head_of(record, here=_("Answer")), request.path, question)


@require_POST
def settle_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Nobody has to answer any more."""
    question = _question(request, uid)
    record = open_record(open_type(question.record_type), question.stream, _actor(request))
    try:
        settle(question, _actor(request), key=_key(request))
    except (Refused, KeyReused) as refused:
        reasons = refused.reasons if isinstance(refused, Refused) else ()
        return _refused(request, head_of(record, here=_("Comments")), reasons, url_of(record))
    messages.success(request, _("The comment is settled."))
    return redirect(_back(record))


def _say(request: HttpRequest, record: Any, head: Head, url: str, question: Comment | None = None) -> HttpResponseBase:
    actor = _actor(request)
    _held, reasons = Comment(organisation_id=record.organisation_id).may(actor, CREATE)
    if reasons:
        return _refused(request, head, reasons, url_of(record))
    people = active(everybody(record.organisation_id))
    form = CommentForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_bound and form.is_valid() and _said(form, record, actor, question, _key(request)):
        messages.success(request, _("Your comment on %(reference)s stands.") % {"reference": record.reference})
        return redirect(_back(record))
    page = FormPage(
        head,
        form,
        _("Answer") if question else _("Comment"),
        url=url,
        back_url=_back(record),
        key=str(_key(request) or uuid4()),
        aside=[Texts(_("Comment"), [Paragraph(question.author.name, question.text)])] if question else (),
    )
    return render(request, "records/edit.html", {"page": page}, status=422 if form.is_bound else 200)


def _said(form: CommentForm, record: Any, by: By, question: Comment | None, key: UUID | None) -> bool:
    """Whether it was said; if not, the form says why."""
    ids = [int(pk) for pk in form.cleaned_data.get("asked", ())]
    people = Person.objects.filter(organisation=record.organisation_id, pk__in=ids)
    try:
        comment(record, by, form.cleaned_data["text"], people=people, answers_to=question, key=key)
    except KeyReused:
        form.add_error(None, _("This form was sent before with other content. Open it again."))
    except ValidationError as mistake:
        form.add_error(None, mistake.messages)
    return not form.errors


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _question(request: HttpRequest, uid: UUID) -> Comment:
    """A comment of a body the actor may read. Raises Http404."""
    rows = Comment.objects.visible_to(_actor(request)).select_related("organisation", "author")
    found: Comment | None = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _back(record: Any) -> str:
    return f"{url_of(record)}#comments"


def _refused(request: HttpRequest, head: Head, reasons: Any, back: str) -> HttpResponse:
    rows = [ReasonRow(reason.text, reason.clause, ", ".join(reason.names)) for reason in reasons]
    return render(request, "records/refused.html", {"head": head, "reasons": rows, "back_url": back}, status=403)
