"""Pages of the ledger: what I was told, and who was told what about a record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qms.face.pages import Head, Pager, RecordPage
from qms.face.parts import Button, Fragment, ReasonRow
from qms.lifecycle.case import Case
from qms.notices.ledger import mails_of, may_read_ledger, of_record, read, told_to
from qms.notices.sentences import link_of
from qms.notices.told import Told, told
from qms.people.actors import Actor
from qms.people.models import Person
from qms.records.listing import Page, page_of
from qms.records.opening import open_record, open_type
from qms.records.pages import head_of, url_of


@require_GET
def mine_page(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    page = page_of(told_to(_me(request)), request.GET)
    waiting = any(line.read_at is None for line in page.rows)
    actions = [Button(_("Mark all as read"), reverse("notices:read_all"), "check", post=True)] if waiting else []
    mails = mails_of(page.rows)
    lines = [told(line, mails, reverse("notices:open", args=(line.uid,))) for line in page.rows]
    title = _("What you were told")
    return _shown(request, Head(title, actions=actions), page, lines, _("You have not been told anything yet."))


@require_GET
def open_notice(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Open what a line is about; with that it is read. Somebody else's line is not there."""
    mine = told_to(_me(request)).filter(uid=uid)
    line = mine.first()
    if line is None:
        raise Http404
    read(mine)
    return redirect(link_of(line))


@require_POST
def read_all(request: HttpRequest) -> HttpResponseBase:
    """Everything I was told is read."""
    read(told_to(_me(request)))
    return redirect("notices:mine")


@require_GET
def of_record_page(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponse:
    """Who was told what about a record, and when: for those who have a part in it and for the quality manager."""
    actor = _actor(request)
    record = open_record(open_type(type_name), uid, actor)
    case, head = Case(record, actor), head_of(record, here=_("Who was told"))
    if not may_read_ledger(case):
        text = _("Who was told what is shown to those who have a part in the record and to the quality manager.")
        context = {"head": head, "reasons": [ReasonRow(text, _("who may do what"))], "back_url": url_of(record)}
        return render(request, "records/refused.html", context, status=403)
    page = page_of(of_record(record), request.GET)
    mails = mails_of(page.rows)
    lines = [told(line, mails, who=line.person.name) for line in page.rows]
    return _shown(request, head, page, lines, _("Nobody was told anything about it yet."))


def _shown(request: HttpRequest, head: Head, page: Page, lines: Sequence[Told], empty: str) -> HttpResponse:
    older = f"{request.path}?before={page.older}" if page.older else ""
    newer = f"{request.path}?after={page.newer}" if page.newer else ""
    ledger = Fragment("notices/told.html", {"title": head.title, "lines": lines, "empty": empty})
    boxes = (ledger, Pager(older_url=older, newer_url=newer)) if older or newer else (ledger,)
    return render(request, "records/detail.html", {"page": RecordPage(head, main=boxes)})


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _me(request: HttpRequest) -> Person:
    person = _actor(request).person
    assert person is not None
    return person
