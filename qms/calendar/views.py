"""The deadline calculator, the calendar of a year, and the exceptions a body's administrator keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qms.calendar.due import Deadline, due
from qms.calendar.explain import long_date, sentences_of
from qms.calendar.forms import ChangeExceptionForm, DueForm, ExceptionForm, year_asked
from qms.calendar.models import CalendarException
from qms.calendar.pages import days_off_table, due_head, exception_head, exceptions_table, skipped_table, year_head
from qms.calendar.rules import RULES
from qms.calendar.service import calendar_of, exceptions_seen_by
from qms.calendar.spans import CalendarError
from qms.calendar.working import WorkingCalendar
from qms.lifecycle.perform import amend, create
from qms.lifecycle.refused import KeyReused, Refused, Stale
from qms.people.roles import Role
from qms.trail import clock

if TYPE_CHECKING:
    from qms.people.models import Organisation


@require_GET
def due_page(request: HttpRequest) -> HttpResponse:
    """The calculator: a question in the address, so that an answer can be sent as a link."""
    organisation = _body(request)
    form = DueForm(request.GET or None, initial={"country": organisation.country, "start": _today(organisation)})
    found = _answer(form, organisation) if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {"head": due_head(), "form": form, "rules": RULES.values()}
    if found:
        context |= {
            "long_date": long_date(found.date),
            "sentences": sentences_of(found.trace),
            "skipped": skipped_table(found.trace),
        }
    return render(request, "calendar/due.html", context, status=422 if form.is_bound and not found else 200)


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
    return render(request, "calendar/year.html", context)


@require_http_methods(["GET", "POST"])
def exception_new(request: HttpRequest) -> HttpResponse:
    """A new exception of the administrator's own body."""
    form = ExceptionForm(request.POST or None)

    def save(values: dict[str, Any], key: UUID | None) -> CalendarException:
        return create(CalendarException, _actor(request), key=key, organisation=_body(request), **values)

    return _saved(request, form, save) or _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
def exception_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an exception or set it aside. One of another body is answered like a missing one."""
    row = get_object_or_404(CalendarException.objects.of(_body(request).pk), uid=uid)
    initial = {"is_working": "1" if row.is_working else "0"}
    form = ChangeExceptionForm(request.POST or None, instance=row, initial=initial)
    version = request.POST.get("version", "")

    def save(values: dict[str, Any], key: UUID | None) -> CalendarException:
        seen = int(version) if version.isdecimal() and len(version) < 9 else row.version
        return amend(row, _actor(request), version=seen, key=key, reason=form.cleaned_data["why"], **values)

    return _saved(request, form, save) or _form_page(request, form, row)


def _saved(request: HttpRequest, form: ExceptionForm, save: Any) -> HttpResponse | None:
    """Save what was posted and go to its year; None when there is something to show on the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        row = save(form.values(), _key(request))
    except Refused as refused:
        raise PermissionDenied(str(refused)) from refused
    except ValidationError as invalid:
        form.add_error(None, invalid) if not hasattr(invalid, "error_dict") else form.add_error("day", invalid.messages)
    except IntegrityError:
        form.add_error("day", _("This day has an exception already."))
    except (Stale, KeyReused):
        form.add_error(None, _("Somebody changed it meanwhile. Open the page again."))
    else:
        messages.info(request, _("Noted: %(day)s.") % {"day": long_date(row.day)})
        return redirect(f"/calendar/?year={row.day.year}")
    return None


def _form_page(request: HttpRequest, form: ExceptionForm, row: CalendarException | None) -> HttpResponse:
    context = {"head": exception_head(row), "form": form, "row": row, "key": uuid4()}
    return render(request, "calendar/exception.html", context, status=422 if form.is_bound else 200)


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _body(request: HttpRequest) -> Organisation:
    return request.user.organisation  # type: ignore[union-attr, no-any-return]


def _today(organisation: Organisation) -> Any:
    return clock.today(organisation.time_zone)


def _may_edit(request: HttpRequest) -> bool:
    body = _body(request).pk
    return any(held.role == Role.ADMINISTRATOR and held.organisation_id == body for held in _actor(request).held)
