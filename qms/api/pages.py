"""The pages on which a person makes and revokes tokens for his programs."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qms.api.models import ApiToken, Scope, make_token
from qms.face.dates import moment
from qms.face.pages import FormPage, Head, RecordPage
from qms.face.parts import Button, Cell, Fragment, Link, Table
from qms.lifecycle.perform import amend
from qms.records.views import actor_in
from qms.trail import clock


class TokenForm(forms.Form):
    """What a token is for, what it may do, until when."""

    name = forms.CharField(label=gettext_lazy("what it is for"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("scopes"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label=gettext_lazy("expires on"), widget=forms.DateInput(attrs={"type": "date"}))


def _tokens(request: HttpRequest) -> list[ApiToken]:
    person = actor_in(request).person
    assert person is not None
    return list(ApiToken.objects.of(person.organisation_id).filter(person=person).order_by("-pk"))


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """My tokens: what each is for, what it may do, until when."""
    rows = [_row(token) for token in _tokens(request)]
    heads = (_("What it is for"), _("Scopes"), _("Expires"), _("State"))
    table = Table(_("Tokens"), heads, rows, empty=_("No program acts for you."))
    page = RecordPage(_head(_("Programs"), [Button(_("New token"), reverse("tokens:new"), primary=True)]), main=[table])
    return render(request, "records/detail.html", {"page": page})


def _head(title: str, actions: list[Button]) -> Head:
    return Head(title=title, actions=actions, crumbs=[Link(_("Programs"), reverse("tokens:list"))])


def _row(token: ApiToken) -> tuple[Cell, ...]:
    scopes = ", ".join(str(Scope(scope).label) for scope in token.scopes)
    if token.revoked_at:
        state = Cell(_("revoked"))
    elif not token.is_valid:
        state = Cell(_("expired"))
    else:
        state = Cell(_("Revoke"), reverse("tokens:revoke", args=[token.uid]))
    return Cell(token.name), Cell(scopes), Cell(moment(token.expires_at)), state


@never_cache
@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = actor_in(request)
        assert actor.person is not None
        zone = ZoneInfo(actor.person.organisation.time_zone)
        end = datetime.combine(form.cleaned_data["until"], time(23, 59), zone)
        try:
            token, secret = make_token(actor, form.cleaned_data["name"], form.cleaned_data["scopes"], end)
        except ValidationError as mistake:
            for field, sentences in mistake.message_dict.items():
                form.add_error("until" if field == "expires_at" else field, sentences)
        else:
            shown = Fragment("api/secret.html", {"token": token, "secret": secret})
            page = RecordPage(_head(token.name, []), main=[shown])
            return render(request, "records/detail.html", {"page": page})
    page_form = FormPage(
        head=_head(_("New token"), []),
        form=form,
        submit=_("Make the token"),
        url=reverse("tokens:new"),
        back_url=reverse("tokens:list"),
        sentence=_("A program with this token acts in your name, within your rights; it never signs."),
    )
    status = 422 if form.errors else 200
    return render(request, "records/edit.html", {"page": page_form}, status=status)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Revoke one of one's own tokens; it stops at the next request."""
    token = next((each for each in _tokens(request) if each.uid == uid), None)
    if token is None:
        raise Http404
    if request.method == "POST":
        if token.revoked_at is None:
            amend(token, actor_in(request), revoked_at=clock.now())
        messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
        return redirect("tokens:list")
    page = FormPage(
        head=_head(token.name, []),
        form=forms.Form(),
        submit=_("Revoke"),
        url=reverse("tokens:revoke", args=[uid]),
        back_url=reverse("tokens:list"),
        sentence=_("Programs that use it are refused from the next request on."),
        final=True,
    )
    return render(request, "records/edit.html", {"page": page})
