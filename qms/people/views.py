"""The administrator's pages: people, a person, roles from–to, closing an account."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from qms.face.dates import moment
from qms.face.pages import Filters, Head, ListPage, Pager, RecordPage
from qms.face.parts import Button, EmptyState, Fact, Facts, Link, Notice, Tone
from qms.lifecycle.refused import Refused, Stale
from qms.people import forms, leaving, pages
from qms.people.actors import Actor
from qms.people.door_page import DoorPage, refusal, row_of, version_in
from qms.people.keeping import edit_person, end_role, give_role
from qms.people.models import Delegation, Organisation, Person, RoleAssignment
from qms.records.forms import DoorForm
from qms.records.searching import normalised
from qms.trail import clock

PAGE = 50
EDITED = ("name", "job_title", "email", "language")


def acting(request: HttpRequest) -> Actor:
    """Who acts in this request; the permission table lets nobody here who is not signed in."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


def me(request: HttpRequest) -> Person:
    """The person who is signed in."""
    person = acting(request).person
    assert person is not None
    return person


def own_body(request: HttpRequest) -> Organisation:
    return me(request).organisation


def today_in(request: HttpRequest) -> date:
    """The day in the body's own time zone."""
    return clock.today(own_body(request).time_zone)


def person_of(request: HttpRequest, uid: UUID) -> Person:
    """Somebody of one's own body. Raises Http404 for a missing one and for another body's."""
    rows = Person.unscoped.select_related("organisation")
    person: Person | None = rows.filter(uid=uid, organisation=own_body(request)).first()
    if person is None:
        raise Http404
    return person


def person_url(person: Person) -> str:
    return reverse("people:person", args=(person.uid,))


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account in the body, by name."""
    form = forms.Search(request.GET)
    rows = _searched(form, Person.unscoped.filter(organisation=own_body(request)))
    number = _page_number(request)
    found = list(rows.order_by("name", "pk")[(number - 1) * PAGE : number * PAGE + 1])
    total = rows.count() if number > 1 or len(found) > PAGE else len(found)
    shown = found[:PAGE]
    applied = sum(bool(request.GET.get(name)) for name in form.fields)
    page = ListPage(
        head=Head(_("People"), actions=[pages.new_button(_("Invite"), "people:invite")],
                  tabs=pages.head_links("people:list")),
        table=pages.people_table(shown, _roles_today(request, shown)),
        filters=Filters(form, applied=applied, clear_url=reverse("people:list")),
        pager=_pager(request, number, total, more=len(found) > PAGE),
        empty=EmptyState(_("Nobody fits this search.")),
    )  # fmt: skip
    return render(request, "records/list.html", {"page": page})


def _searched(form: forms.Search, rows: QuerySet[Person]) -> QuerySet[Person]:
    """Narrowed to words and accounts; letters with and without marks are the same."""
    said = form.cleaned_data if form.is_valid() else {}
    if said.get("show", "") != "all":
        rows = rows.filter(is_active=said.get("show") != "closed")
    words = normalised(said.get("q", "")).split()
    if not said.get("q", "").strip():
        return rows
    texts = rows.values_list("pk", "name", "job_title", "email")
    fits = [pk for pk, *told in texts if words and all(word in normalised(" ".join(told)) for word in words)]
    return rows.filter(pk__in=fits)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _roles_today(request: HttpRequest, people: list[Person]) -> dict[int, list[str]]:
    """Person → codes of the roles held today; one query."""
    day = today_in(request)
    rows = RoleAssignment.objects.of(own_body(request).pk).filter(
        Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day, person__in=[person.pk for person in people]
    )
    found: dict[int, list[str]] = {}
    for person, role in rows.order_by("pk").values_list("person", "role"):
        held = found.setdefault(person, [])
        if role not in held:
            held.append(role)
    return found


def _pager(request: HttpRequest, number: int, total: int, more: bool) -> Pager:
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    shown = ngettext("%(n)d person", "%(n)d people", total) % {"n": total}
    before = f"?{urlencode({**kept, 'page': number - 1})}" if number > 1 else ""
    return Pager(shown, before, f"?{urlencode({**kept, 'page': number + 1})}" if more else "")


@require_GET
def person_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody: roles from–to, who acts for him and for whom he acts, his account, what happened to it."""
    person, today = person_of(request, uid), today_in(request)
    roles = RoleAssignment.objects.of(person.organisation_id).filter(person=person).select_related("unit")
    delegations = Delegation.objects.of(person.organisation_id).filter(Q(delegator=person) | Q(delegate=person))
    page = RecordPage(
        head=_head(person),
        main=[
            pages.roles_table(person, list(roles.order_by("-from_on", "pk")), today, may_end=person.is_active),
            pages.delegations_table(delegations.select_related("delegator", "delegate"), today, _("Delegations")),
        ],
        rail=[_account(person), pages.trail_of(person.uid, person.version)],
    )
    return render(request, "records/detail.html", {"page": page})


def _head(person: Person, here: str = "") -> Head:
    crumbs = [Link(_("People"), reverse("people:list"))]
    if here:
        return Head(here, crumbs=[*crumbs, Link(person.name, person_url(person))])
    actions, more = [], []
    if person.is_active:
        actions = [Button(_("Edit"), reverse("people:edit", args=(person.uid,)), icon="edit")]
        more = [Link(_("Close the account"), reverse("people:close", args=(person.uid,)))]
    return Head(
        person.name, crumbs=crumbs, badge=pages.account_badge(person), line=person.job_title, actions=actions, more=more
    )


def _account(person: Person) -> Facts:
    return Facts(
        [
            Fact(_("E-mail"), person.email),
            Fact(_("Language"), person.get_language_display()),
            Fact(_("Last sign-in"), moment(person.last_login) if person.last_login else _("never")),
            Fact(_("Account since"), pages.day(person.created_at.date())),
        ],
        _("Account"),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Name, office, e-mail, language."""
    person = person_of(request, uid)
    form = DoorForm(posted(request), record=person, names=EDITED)
    return DoorPage(
        request,
        _head(person, _("Edit")),
        form,
        _("Save"),
        lambda version, key: edit_person(person, acting(request), version=version, key=key, **form.given()),
        back=person_url(person),
        row=person,
        said=lambda saved: _("%(name)s is saved.") % {"name": saved.name},
    ).answer()


@require_http_methods(["GET", "POST"])
def role_new(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Give somebody a role, from–to, at a unit or at the whole body."""
    person = person_of(request, uid)
    form = forms.RoleForm(posted(request), organisation=person.organisation, today=today_in(request))
    return DoorPage(
        request,
        _head(person, _("Give a role")),
        form,
        _("Give the role"),
        lambda _version, key: give_role(person, acting(request), key=key, **form.cleaned_data),
        back=person_url(person),
        said=lambda role: _("%(name)s: %(role)s.") % {"name": person.name, "role": role.get_role_display()},
        sentence=_("A role that was given is never rewritten: it is ended, and the trail keeps who gave it and when."),
    ).answer()


@require_http_methods(["GET", "POST"])
def role_end(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Set the last day of a role. Another body's role is answered like a missing one."""
    rows = RoleAssignment.objects.of(own_body(request).pk).select_related("person", "organisation", "unit")
    role: RoleAssignment | None = rows.filter(uid=uid).first()
    if role is None:
        raise Http404
    asked = role
    form = forms.EndRoleForm(posted(request), initial={"to_on": role.to_on or today_in(request)})
    since = _("from %(day)s") % {"day": pages.day(role.from_on)}
    head = Head(
        _("End the role"),
        crumbs=_head(role.person, " ").crumbs,
        line=f"{role.get_role_display()} · {pages.where(role)} · {since}",
    )
    return DoorPage(
        request,
        head,
        form,
        _("End the role"),
        lambda version, key: end_role(
            asked, acting(request), form.cleaned_data["to_on"], version=version, key=key,
            reason=form.cleaned_data["reason"],
        ),
        back=person_url(role.person),
        row=role,
    ).answer()  # fmt: skip


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Hand over what is open with somebody who leaves; then close the account."""
    person = person_of(request, uid)
    if request.method == "POST" and "which" in request.POST:
        return _hand_over(request, person)
    if request.method == "POST":
        return _close(request, person)
    return _close_page(request, person)


def _hand_over(request: HttpRequest, person: Person) -> HttpResponseBase:
    form = forms.HandOverForm(request.POST, person=person, which=_still_open(person))
    if not form.is_valid():
        return _close_page(request, person, form, status=422)
    said = form.cleaned_data
    kept = leaving.hand_over(person, said["to"], acting(request), said["which"], said["reason"])
    given = len(said["which"]) - len(kept)
    if given:
        words = {"n": given, "name": said["to"].name}
        told = ngettext("%(n)d handed over to %(name)s.", "%(n)d handed over to %(name)s.", given)
        messages.success(request, told % words)
    if kept:
        return _close_page(request, person, kept=kept, status=403)
    return redirect(request.path)


def _close(request: HttpRequest, person: Person) -> HttpResponseBase:
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _close_page(request, person, reason=form, status=422)
    try:
        leaving.close_account(person, acting(request), version=version_in(request), reason=form.cleaned_data["reason"])
    except Refused as refused:
        return refusal(request, _head(person, _("Close the account")), refused.reasons, request.path)
    except Stale:
        form.add_error(None, _("Something changed meanwhile. Look again, then send it once more."))
        return _close_page(request, person_of(request, person.uid), reason=form, status=409)
    messages.success(request, _("The account of %(name)s is closed.") % {"name": person.name})
    return redirect(person_url(person))


def _still_open(person: Person) -> list[tuple[str, Any]]:
    return [(address, one.label) for address, one in leaving.obligations(person)]


def _close_page(
    request: HttpRequest,
    person: Person,
    form: forms.HandOverForm | None = None,
    reason: forms.ReasonForm | None = None,
    kept: Any = (),
    status: int = 200,
) -> HttpResponse:
    still_open = leaving.obligations(person)
    against = [one for one in leaving.why_not_closed(person, acting(request)) if one.code != "open"]
    context = {
        "page": {"head": _head(person, _("Close the account"))},
        "person": person,
        "open": still_open,
        "ticked": set(form["which"].value() or ()) if form else {address for address, _one in still_open},
        "form": form or forms.HandOverForm(person=person, which=_still_open(person)),
        "reason": reason or forms.ReasonForm(auto_id="id_close_%s"),
        "against": [row_of(one) for one in against],
        "kept": [Notice(one.text, Tone.LATE, "alert") for one in kept],
        "url": request.path,
    }
    return render(request, "people/close.html", context, status=status)


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: the data of a POST, else nothing."""
    return request.POST if request.method == "POST" else None
