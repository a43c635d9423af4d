"""Units of a body, and bodies: one's own, and those overseen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qms.face.pages import Head, ListPage
from qms.face.parts import EmptyState, Link
from qms.lifecycle.perform import amend, create
from qms.people import pages
from qms.people.door_page import DoorPage
from qms.people.keeping import change_unit, found_body
from qms.people.models import Organisation, Unit
from qms.people.views import acting, own_body, posted
from qms.records.forms import DoorForm

UNIT = ("code", "name_en", "name_ro", "name_bg", "parent")
BODY = ("name_en", "name_ro", "name_bg", "language")
NEW_BODY = ("code", "name_en", "name_ro", "name_bg", "country", "language")


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The units of the body as a tree."""
    rows = list(Unit.objects.of(own_body(request).pk).order_by("code"))
    page = ListPage(
        Head(_("Units"), actions=[pages.new_button(_("New unit"), "people:unit_new")],
             tabs=pages.head_links("people:units")),
        pages.units_table(rows),
        empty=EmptyState(_("No unit yet."), _("Roles and records can be held at the whole body meanwhile.")),
    )  # fmt: skip
    return render(request, "records/list.html", {"page": page})


def _crumb(label: str, address: str) -> list[Link]:
    return [Link(label, reverse(address))]


@require_http_methods(["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponseBase:
    """A new unit of the body."""
    body = own_body(request)
    form = DoorForm(posted(request), record=Unit(organisation=body), names=UNIT)
    return DoorPage(
        request,
        Head(_("New unit"), crumbs=_crumb(_("Units"), "people:units")),
        form,
        _("Save"),
        lambda _version, key: create(Unit, acting(request), key=key, organisation=body, **form.given()),
        back=reverse("people:units"),
        said=lambda unit: _("%(name)s is saved.") % {"name": unit.name},
    ).answer()


@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Names, code and place of a unit. Another body's unit is answered like a missing one."""
    unit: Unit | None = Unit.objects.of(own_body(request).pk).select_related("organisation").filter(uid=uid).first()
    if unit is None:
        raise Http404
    asked = unit
    form = DoorForm(posted(request), record=unit, names=UNIT)
    return DoorPage(
        request,
        Head(unit.name, reference=unit.code, crumbs=_crumb(_("Units"), "people:units")),
        form,
        _("Save"),
        lambda version, key: change_unit(asked, acting(request), version=version, key=key, **form.given()),
        back=reverse("people:units"),
        row=unit,
        aside=[pages.trail_of(unit.uid, unit.version)],
    ).answer()


def _bodies(request: HttpRequest) -> Any:
    """One's own body and those it oversees."""
    own = own_body(request).pk
    return Organisation.unscoped.filter(Q(pk=own) | Q(parent=own)).select_related("parent")


@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """One's own body first, then those below it."""
    own = own_body(request)
    rows = sorted(_bodies(request), key=lambda body: (body.pk != own.pk, body.code))
    page = ListPage(
        Head(_("Bodies"), actions=[pages.new_button(_("New body"), "people:body_new")],
             tabs=pages.head_links("people:bodies")),
        pages.bodies_table(rows, own),
    )  # fmt: skip
    return render(request, "records/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def body_new(request: HttpRequest) -> HttpResponseBase:
    """A body overseen by one's own; its first administrator is invited next."""
    own = own_body(request)
    blank = Organisation(country=own.country, language=own.language)
    form = DoorForm(posted(request), record=blank, names=NEW_BODY)
    return DoorPage(
        request,
        Head(_("New body"), crumbs=_crumb(_("Bodies"), "people:bodies")),
        form,
        _("Save"),
        lambda _version, key: found_body(acting(request), key=key, parent=own, **form.given()),
        back=reverse("people:bodies"),
        then=lambda body: f"{reverse('people:invite')}?body={body.pk}&roles=administrator",
        said=lambda body: _("%(name)s is there. Invite its first administrator now.") % {"name": body.name},
        sentence=_("It is overseen by %(name)s and keeps its own people, records and trail.") % {"name": own.name},
    ).answer()


@require_http_methods(["GET", "POST"])
def body_edit(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Names and language of a body. Code and country stay: numbers and terms were made with them."""
    body: Organisation | None = _bodies(request).filter(uid=uid).first()
    if body is None:
        raise Http404
    asked = body
    form = DoorForm(posted(request), record=body, names=BODY)
    return DoorPage(
        request,
        Head(body.name, reference=body.code, crumbs=_crumb(_("Bodies"), "people:bodies")),
        form,
        _("Save"),
        lambda version, key: amend(asked, acting(request), version=version, key=key, **form.given()),
        back=reverse("people:bodies"),
        row=body,
        sentence=_("Code and country stay as they are: references and terms were made with them."),
        aside=[pages.trail_of(body.uid, body.version)],
    ).answer()
