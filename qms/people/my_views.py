"""One's own pages: the account, and who acts for oneself. And for the administrator, all delegations in force."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qms.face.pages import Head, RecordPage
from qms.face.parts import Button, Cell, Fact, Facts, Fragment, Link, Table
from qms.lifecycle.perform import amend, create
from qms.people import forms, pages
from qms.people.actors import role_label
from qms.people.door_page import DoorPage, refusal
from qms.people.keepers import keeper_or_self
from qms.people.models import Delegation, Person, RoleAssignment
from qms.people.roles import GUEST_ROLES
from qms.people.views import acting, me, own_body, person_of, person_url, posted, today_in
from qms.trail import clock


@require_GET
def my_account(request: HttpRequest) -> HttpResponse:
    """What the body keeps about oneself, the roles held, who acts for whom."""
    person, today = me(request), today_in(request)
    delegations = _delegations(request).filter(Q(delegator=person) | Q(delegate=person))
    new = Button(_("Name somebody who acts for me"), reverse("people:delegation_new"), icon="plus", primary=True)
    roles = RoleAssignment.objects.of(person.organisation_id).filter(person=person).select_related("unit")
    page = RecordPage(
        Head(_("My account"), line=f"{person.name} · {person.job_title}".strip(" ·"), actions=[new]),
        main=[
            pages.delegations_table(
                delegations, today, _("Who acts for me, and for whom I act"), _("Nobody, at present.")
            ),
            _roles(roles.order_by("-from_on", "pk")),
        ],
        rail=[_facts(person), _language(person)],
    )
    return render(request, "records/detail.html", {"page": page})


def _language(person: Any) -> Fragment:
    form = forms.LanguageForm(initial={"language": person.language})
    return Fragment("people/my_language.html", {"form": form})


def _roles(roles: Any) -> Table:
    rows = [
        tuple(
            Cell(text)
            for text in (
                role.get_role_display(),
                pages.where(role),
                pages.day(role.from_on),
                pages.day(role.to_on) or "–",
            )
        )
        for role in roles
    ]
    heads = (_("Role"), _("At"), _("From"), _("Until"))
    return Table(_("My roles"), heads, rows, empty=_("None. The administrator of the body gives them."), anchor="roles")


def _facts(person: Any) -> Facts:
    facts = [
        Fact(_("Name"), person.name),
        Fact(_("Office"), person.job_title or "–"),
        Fact(_("E-mail"), person.email, _("The administrator of the body corrects these three.")),
        Fact(_("Body"), person.organisation.name),
        Fact(_("Password"), _("Change the password"), url=reverse("account_change_password")),
    ]
    return Facts(facts, _("Account"), anchor="account")


def _delegations(request: HttpRequest) -> Any:
    rows = Delegation.objects.of(own_body(request).pk).select_related("delegator", "delegate", "organisation")
    return rows.order_by("-from_on", "-pk")


@require_POST
def my_language(request: HttpRequest) -> HttpResponseBase:
    """The language of one's pages."""
    form = forms.LanguageForm(request.POST)
    if form.is_valid():
        amend(Person.unscoped.get(pk=me(request).pk), acting(request), language=form.cleaned_data["language"])
    return redirect("people:me")


@require_http_methods(["GET", "POST"])
def delegation_new(request: HttpRequest, uid: UUID | None = None) -> HttpResponseBase:
    """Let a colleague act for oneself; the administrator can, for somebody of the body (`uid`) who is ill."""
    delegator = person_of(request, uid) if uid else me(request)
    back = person_url(delegator) if uid else reverse("people:me")
    head = Head(_("Who acts for me") if not uid else _("Who acts for %(name)s") % {"name": delegator.name},
                crumbs=[Link(_("My account") if not uid else delegator.name, back)])  # fmt: skip
    _standing, reasons = keeper_or_self(acting(request), delegator.organisation_id, delegator.pk)
    if reasons:
        return refusal(request, head, reasons, "/")
    today = today_in(request)
    form = forms.DelegationForm(posted(request), delegator=delegator, roles=_held(delegator, today), today=today)
    body = delegator.organisation
    return DoorPage(
        request,
        head,
        form,
        _("Delegate"),
        lambda _version, key: create(
            Delegation, acting(request), key=key, organisation=body, delegator=delegator, **form.cleaned_data
        ),
        back=back,
        said=lambda one: _("%(name)s acts for %(other)s.") % {"name": one.delegate.name, "other": one.delegator.name},
        sentence=_("Each act is recorded under both names. The colleague sees the tasks in his own list."),
    ).answer()


def _held(delegator: Any, today: date) -> list[tuple[str, str]]:
    """The roles somebody can let another act in: his own, held today or later; a guest's cannot be passed on."""
    rows = RoleAssignment.objects.of(delegator.organisation_id).filter(Q(to_on=None) | Q(to_on__gte=today))
    codes = dict.fromkeys(rows.filter(person=delegator).order_by("pk").values_list("role", flat=True))
    return [(code, role_label(code)) for code in codes if code not in GUEST_ROLES]


@require_http_methods(["GET", "POST"])
def delegation_revoke(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Take a delegation back, from now on. What was done under it stays, with both names."""
    one: Delegation | None = _delegations(request).filter(uid=uid, revoked_at=None).first()
    if one is None:
        raise Http404
    asked = one
    back = reverse("people:me") if one.delegator_id == me(request).pk else reverse("people:delegations")
    head = Head(_("Revoke the delegation"), line=f"{one.delegate.name} → {one.delegator.name}",
                crumbs=[Link(_("Delegations"), back)])  # fmt: skip
    _standing, reasons = keeper_or_self(acting(request), one.organisation_id, one.delegator_id)
    if reasons:
        return refusal(request, head, reasons, reverse("people:me"))
    form = forms.ReasonForm(posted(request))
    return DoorPage(
        request,
        head,
        form,
        _("Revoke"),
        lambda version, key: amend(
            asked, acting(request), version=version, key=key, reason=form.cleaned_data["reason"],
            revoked_at=clock.now(),
        ),
        back=back,
        row=one,
        sentence=_("From now on he acts in his own name only. What was done stays, with both names."),
        final=True,
    ).answer()  # fmt: skip


@require_GET
def delegations(request: HttpRequest) -> HttpResponse:
    """Who acts for whom in the body, in force and to come."""
    today = today_in(request)
    rows = list(_delegations(request).filter(to_on__gte=today, revoked_at=None))
    table = pages.delegations_table(rows, today, _("In force and to come"), _("Nobody acts for another at present."))
    page = RecordPage(Head(_("Delegations"), tabs=pages.head_links("people:delegations")), main=[table])
    return render(request, "records/detail.html", {"page": page})
