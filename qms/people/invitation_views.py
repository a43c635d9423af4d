"""Inviting, by mail or by a link to hand over; and the page on which somebody invited opens his account."""

from __future__ import annotations

import io
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qms.face.dates import moment
from qms.face.pages import Head, ListPage, RecordPage
from qms.face.parts import Button, EmptyState, Fact, Facts, Fragment, Link
from qms.lifecycle.refused import Refused
from qms.people import forms, pages
from qms.people.actors import role_label
from qms.people.door_page import DoorPage, put_mistakes
from qms.people.invitations import (
    Standing,
    accept,
    found,
    invite,
    link_of,
    mail_is_configured,
    revoke,
    roles_given,
    standing,
)
from qms.people.links import one_try_too_many
from qms.people.models import Invitation, Person
from qms.people.views import acting, own_body, posted, today_in

PAGE = 100
SHOWN = "people.link_to_show"
DRAWN = "people.link_to_draw"
BACKEND = "qms.people.backends.WithBody"


def _seen(request: HttpRequest) -> object:
    """Invitations into one's own body and into those below it."""
    own = own_body(request).pk
    rows = Invitation.unscoped.filter(Q(organisation=own) | Q(organisation__parent=own))
    return rows.select_related("organisation").order_by("-pk")


def invitation_of(request: HttpRequest, uid: UUID) -> Invitation:
    """Raises Http404 for a missing one and for another body's."""
    invitation: Invitation | None = _seen(request).filter(uid=uid).first()  # type: ignore[attr-defined]
    if invitation is None:
        raise Http404
    return invitation


@require_GET
def invitations(request: HttpRequest) -> HttpResponse:
    """Who was asked in, newest first."""
    rows = list(_seen(request)[:PAGE])  # type: ignore[index]
    page = ListPage(
        Head(_("Invitations"), actions=[pages.new_button(_("Invite"), "people:invite")],
             tabs=pages.head_links("people:invitations")),
        pages.invitations_table(rows),
        empty=EmptyState(_("Nobody was invited yet.")),
    )  # fmt: skip
    return render(request, "records/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def invite_page(request: HttpRequest) -> HttpResponseBase:
    """Ask somebody in."""
    form = forms.InvitationForm(posted(request), organisation=own_body(request), today=today_in(request))
    for name in ("body", "email", "name", "job_title", "roles"):
        if name in request.GET:
            form.initial[name] = request.GET.getlist(name) if name == "roles" else request.GET[name]

    def invited(_version: int | None, key: UUID | None) -> Invitation:
        said = dict(form.cleaned_data)
        body = said.pop("body")
        said["roles"] = roles_given(said["roles"], said.pop("unit"), said.pop("from_on"))
        made = invite(body, acting(request), key=key, **said)
        request.session[SHOWN] = request.session[DRAWN] = str(made.uid)
        return made

    how = _("A mail with the link goes out; the page shows the link once besides.")
    if not mail_is_configured():
        how = _("No mail leaves this installation: the page shows the link once, to hand over.")
    return DoorPage(
        request,
        Head(_("Invite"), crumbs=[Link(_("Invitations"), reverse("people:invitations"))]),
        form,
        _("Invite"),
        invited,
        back=reverse("people:invitations"),
        then=lambda made: reverse("people:invitation", args=(made.uid,)),
        said=lambda made: _("%(name)s is invited.") % {"name": made.name},
        sentence=how,
    ).answer()


@require_GET
@never_cache
def invitation_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An invitation; right after it was made, and only then, with its link."""
    invitation = invitation_of(request, uid)
    now = standing(invitation)
    main: list[object] = []
    if now is Standing.OPEN and request.session.get(SHOWN) == str(uid):
        del request.session[SHOWN]
        qr = reverse("people:invitation_qr", args=(uid,))
        main.append(Fragment("people/link_once.html", {"link": link_of(invitation), "qr": qr, "it": invitation}))
    main.append(_facts(invitation))
    page = RecordPage(_head(invitation, now), main=main, rail=[pages.trail_of(invitation.uid, invitation.version)])
    return render(request, "records/detail.html", {"page": page})


def _head(invitation: Invitation, now: Standing) -> Head:
    if now is Standing.OPEN:
        revoke_it = reverse("people:invitation_revoke", args=(invitation.uid,))
        actions = [Button(_("Take it back"), revoke_it)]
    else:
        again = f"{reverse('people:invite')}?email={invitation.email}&name={invitation.name}"
        actions = [Button(_("Invite again"), again)] if now is not Standing.ACCEPTED else []
    crumbs = [Link(_("Invitations"), reverse("people:invitations"))]
    return Head(invitation.name, crumbs=crumbs, badge=pages.invitation_badge(invitation), actions=actions)


def _facts(invitation: Invitation) -> Facts:
    roles = ", ".join(str(role_label(given["role"])) for given in invitation.roles)
    return Facts(
        [
            Fact(_("E-mail"), invitation.email),
            Fact(_("Office"), invitation.job_title or "–"),
            Fact(_("Body"), invitation.organisation.name),
            Fact(_("Roles"), roles or "–"),
            Fact(_("Valid until"), moment(invitation.expires_at)),
            Fact(_("Mailed"), moment(invitation.mailed_at) if invitation.mailed_at else _("no")),
            Fact(_("Accepted"), moment(invitation.accepted_at) if invitation.accepted_at else _("not yet")),
        ],
        _("Invitation"),
    )


@require_GET
@never_cache
def invitation_qr(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The link as a picture to point a phone at; once, like the link itself."""
    invitation = invitation_of(request, uid)
    if standing(invitation) is not Standing.OPEN or request.session.get(DRAWN) != str(uid):
        raise Http404
    del request.session[DRAWN]
    drawn = io.BytesIO()
    segno.make(link_of(invitation), error="m").save(drawn, kind="svg", scale=4, border=4, light="white")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@require_http_methods(["GET", "POST"])
def invitation_revoke(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Take an invitation back."""
    invitation = invitation_of(request, uid)
    form = forms.ReasonForm(posted(request))
    return DoorPage(
        request,
        Head(_("Take it back"), invitation.name, [Link(_("Invitations"), reverse("people:invitations"))]),
        form,
        _("Take it back"),
        lambda _version, key: revoke(invitation, acting(request), key=key, reason=form.cleaned_data["reason"]),
        back=reverse("people:invitation", args=(uid,)),
        sentence=_("The link opens nothing any more."),
        final=True,
    ).answer()  # fmt: skip


@require_http_methods(["GET", "POST"])
@never_cache
def accept_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Whoever has the link opens the account: name, language, password; then he is signed in."""
    invitation = found(token)
    if (invitation is None or request.method == "POST") and one_try_too_many(request):
        return render(request, "429.html", status=429)
    if invitation is None:
        return said(request, _("This link is not known here. Copy it whole, or ask for a new one."), 404)
    now = standing(invitation)
    if now is not Standing.OPEN:
        return said(request, str(now.value), 410)
    language = get_language() if request.COOKIES.get("django_language") else invitation.language
    form = forms.AcceptForm(
        posted(request), email=invitation.email, initial={"name": invitation.name, "language": language}
    )
    if form.is_bound and form.is_valid():
        try:
            chosen = {name: form.cleaned_data[name] for name in ("name", "language", "password")}
            return signed_in(request, accept(invitation, **chosen))
        except Refused as refused:
            return said(request, str(refused), 410)
        except ValidationError as mistake:
            put_mistakes(form, mistake)
    context = {"form": form, "invitation": invitation, "url": request.path}
    return render(request, "people/accept.html", context, status=422 if form.is_bound else 200)


def said(request: HttpRequest, text: str, status: int) -> HttpResponse:
    """A page of one sentence."""
    return render(request, "people/link_is_over.html", {"text": text}, status=status)


def signed_in(request: HttpRequest, person: Person, to: str = "/") -> HttpResponseBase:
    """Sign him in and go on; he is welcomed in the language he chose."""
    login(request, person, backend=BACKEND)
    with translation.override(person.language):
        messages.success(request, _("Welcome, %(name)s. The account is open.") % {"name": person.name})
    return redirect(to)
