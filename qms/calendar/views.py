"""The deadline calculator, the calendar of a year, and the exceptions a body's administrator keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qms.calendar.due import Deadline, due
from qms.calendar.explain import long_date, sentences_of
from qms.calendar.forms import DueForm, year_asked
from qms.calendar.models import CalendarException
from qms.calendar.pages import days_off_table, due_head, exception_page, exceptions_table, skipped_table, year_head
from qms.calendar.rules import RULES
from qms.calendar.service import calendar_of, exceptions_seen_by
from qms.calendar.spans import CalendarError
from qms.calendar.working import WorkingCalendar
from qms.lifecycle.perform import amend, create
from qms.lifecycle.refused import KeyReused, Refused, Stale
from qms.people.roles import Role
from qms.records.forms import DoorForm
from qms.records.views import actor_in, add_mistakes
from qms.trail import clock

if TYPE_CHECKING:
    from qms.people.models import Organisation

FIELDS = ("day", "is_working", "purpose", "act")


@require_GET
def due_page(request: HttpRequest) -> HttpResponse:
    """The calculator: a question in the address, so that an answer can be sent as a link."""
    organisation = _body(request)
    own = next((rule.id for rule in RULES.values() if rule.country == organisation.country), None)
    first = {"rule": own, "country": organisation.country, "start": _today(organisation)}
    form = DueForm(request.GET or None, initial=first)
    found = _answer(form, organisation) if form.is_bound and form.is_valid() else None
    page: dict[str, Any] = {"head": due_head(), "form": form, "rules": RULES.values()}
    if found:
        page |= {
            "long_date": long_date(found.date),
            "sentences": sentences_of(found.trace)[1:],
            "skipped": skipped_table(found.trace),
        }
    return render(request, "calendar/due.html", {"page": page}, status=422 if form.is_bound and not found else 200)


def _answer(form: DueForm, organisation: Organisation) -> Deadline | None:
    """The deadline asked for; the body's own exceptions count in its own country. None puts the reason on the form."""
    asked = form.cleaned_data
    own = asked["country"] == organisation.country
    calendar = calendar_of(organisation) if own else WorkingCalendar(asked["country"])
    try:
        return due(asked["rule"], asked["start"], asked["span"], calendar)
    except CalendarError as refused:
        form.add_error(None, str(refused))
        return None


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """Days off of a year in the body's country, and the exceptions to it."""
    organisation = _body(request)
    shown = year_asked(request.GET.get("year"), _today(organisation))
    may_edit = _may_edit(request)
    context = {
        "head": year_head(organisation, shown, may_edit),
        "exceptions": exceptions_table(exceptions_seen_by(organisation, shown), organisation, may_edit),
        "days_off": days_off_table(calendar_of(organisation), shown),
    }
    return render(request, "calendar/year.html", {"page": context})


@require_http_methods(["GET", "POST"])
def exception_new(request: HttpRequest) -> HttpResponse:
    """A new exception of the administrator's own body."""
    body = _body(request)
    form = DoorForm(request.POST or None, record=CalendarException(organisation=body), names=FIELDS)
    return _saved(
        request,
        form,
        None,
        lambda key: create(CalendarException, actor_in(request), key=key, organisation=body, **form.given()),
    )


@require_http_methods(["GET", "POST"])
def exception_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an exception or set it aside. One of another body is answered like a missing one."""
    row = get_object_or_404(CalendarException.objects.of(_body(request).pk), uid=uid)
    form = DoorForm(request.POST or None, record=row, names=(*FIELDS, "is_void", "reason"), required=("reason",))
    return _saved(
        request,
        form,
        row,
        lambda key: amend(
            row, actor_in(request), version=_version(request), key=key, reason=form.reason, **form.given()
        ),
    )


def _saved(
    request: HttpRequest, form: DoorForm, row: CalendarException | None, change: Callable[[UUID | None], Any]
) -> HttpResponse:
    """Carry out what was posted and go to its year; else the form, with what stands against it."""
    key = _key(request)
    if form.is_bound and form.is_valid():
        try:
            saved = change(key)
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        except ValidationError as mistake:
            add_mistakes(form, mistake)
        except IntegrityError:
            form.add_error("day", _("This day has an exception already."))
        except (Stale, KeyReused):
            form.add_error(None, _("Somebody changed it meanwhile. Open the page again."))
        else:
            messages.success(request, _("Noted: %(day)s.") % {"day": long_date(saved.day)})
            return redirect(f"{reverse('calendar:year')}?year={saved.day.year}")
    page = exception_page(row, form, request.path, str(key or uuid4()))
    return render(request, "records/edit.html", {"page": page}, status=422 if form.is_bound else 200)


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _body(request: HttpRequest) -> Organisation:
    return request.user.organisation  # type: ignore[union-attr]


def _today(organisation: Organisation) -> Any:
    return clock.today(organisation.time_zone)


def _may_edit(request: HttpRequest) -> bool:
    body = _body(request).pk
    return any(held.role == Role.ADMINISTRATOR and held.organisation_id == body for held in actor_in(request).held)
