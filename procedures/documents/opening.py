"""A draft opened for writing: who may, what a form sent, and what is answered when the door does not open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from procedures.documents.addresses import write_url
from procedures.documents.models import Document, Revision
from qms.face.dates import moment
from qms.face.pages import Head
from qms.face.parts import Link, ReasonRow
from qms.lifecycle.case import Case
from qms.lifecycle.refused import KeyReused, Refused, Stale
from qms.lifecycle.rules import Reason
from qms.people.actors import Actor
from qms.records import registry
from qms.records.opening import open_record
from qms.records.pages import badge_of, list_url, reason_row, url_of
from qms.records.views import actor_in
from qms.trail.models import TrailEvent


@dataclass
class Desk:
    """A revision before somebody who writes it."""

    request: HttpRequest
    revision: Revision
    actor: Actor
    case: Case

    @property
    def version(self) -> int | None:
        text = self.request.POST.get("version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    @property
    def key(self) -> UUID | None:
        try:
            return UUID(self.request.POST.get("key", ""))
        except ValueError:
            return None

    @property
    def does(self) -> tuple[str, str]:
        """The button that was pressed: what it does, and to which part."""
        what, _colon, which = self.request.POST.get("do", "save").partition(":")
        return what, which

    def head(self, title: str) -> Head:
        revision = self.revision
        crumbs = [
            Link(registry.get("document").plural, list_url(registry.get("document"))),
            Link(revision.document.code, url_of(revision.document)),
            Link(revision.reference, url_of(revision)),
        ]
        return Head(title=title, reference=revision.reference, crumbs=crumbs, badge=badge_of(revision))

    def page(self, title: str, **more: Any) -> dict[str, Any]:
        """What every page of writing needs."""
        back = url_of(self.revision)
        return {
            "head": self.head(title),
            "version": self.revision.version,
            "key": str(uuid4()),
            "back_url": back,
        } | more

    def refused(self, reasons: Iterable[Reason]) -> HttpResponse:
        rows = [reason_row(self.case, reason) for reason in self.case.with_names(reasons)]
        return refused_page(self.request, self.head(_("Write")), rows, url_of(self.revision))

    def saved(self, to: str = "") -> HttpResponse:
        """Say so, and lead on: to the page of writing, unless another is named."""
        messages.success(self.request, _("%(reference)s is saved.") % {"reference": self.revision.reference})
        return redirect(to or write_url(self.revision))

    def try_to(self, change: Callable[[], Any]) -> Failure | None:
        """Carry out a change of the draft: None when it is done, else what stands against it."""
        try:
            change()
        except Stale:
            return self._stale()
        except KeyReused:
            return Failure(422, [_("This form was sent before with other content. Open it again.")])
        except Refused as refused:
            return Failure(403, [], self.refused(refused.reasons))
        except ValidationError as mistake:
            return Failure(422, mistake.messages)
        return None

    def _stale(self) -> Failure:
        """Somebody was faster: the text sent is kept, and goes with the present version when it is sent again."""
        self.revision.refresh_from_db()
        last = TrailEvent.objects.filter(stream=self.revision.uid).select_related("actor").latest("seq")
        who = last.actor.name if last.actor else _("the application")
        words = {"who": who, "at": moment(last.at)}
        return Failure(409, [_("%(who)s changed it at %(at)s. Your text is kept; compare and save again.") % words])


@dataclass(frozen=True)
class Failure:
    """Why a change was not made: the status, sentences for the form, or a page of its own."""

    status: int
    sentences: list[str]
    page: HttpResponse | None = None


def desk_of(request: HttpRequest, uid: UUID) -> Desk:
    """The revision of an address, to be written. Raises Http404."""
    actor = actor_in(request)
    revision: Revision = open_record(registry.get("revision"), uid, actor)
    return Desk(request, revision, actor, Case(revision, actor))


def open_document(request: HttpRequest, uid: UUID) -> Document:
    """The document of an address. Raises Http404."""
    document: Document = open_record(registry.get("document"), uid, actor_in(request))
    return document


def refused_page(request: HttpRequest, head: Head, rows: list[ReasonRow], back_url: str) -> HttpResponse:
    """What cannot be done now, with every reason."""
    context = {"head": head, "reasons": rows, "back_url": back_url}
    return render(request, "records/refused.html", context, status=403)
