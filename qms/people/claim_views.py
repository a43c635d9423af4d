"""The page behind the claim link: the body and its first administrator."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qms.lifecycle.refused import Refused
from qms.people.claim import claim, why_not
from qms.people.door_page import put_mistakes
from qms.people.forms import ClaimForm
from qms.people.invitation_views import said, signed_in
from qms.people.links import one_try_too_many
from qms.people.views import posted


@require_http_methods(["GET", "POST"])
@never_cache
def claim_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Take over an empty installation; afterwards the welcome list says what comes next."""
    reasons = why_not(token)
    if (reasons or request.method == "POST") and one_try_too_many(request):
        return render(request, "429.html", status=429)
    if reasons:
        return said(request, " ".join(str(reason) for reason in reasons), 410)
    form = ClaimForm(posted(request), initial={"language": get_language()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            first = claim(token, {name: given[name] for name in ClaimForm.BODY}, given)
            return signed_in(request, first, reverse("welcome"))
        except Refused as refused:
            return said(request, str(refused), 410)
        except ValidationError as mistake:
            put_mistakes(form, mistake)
    sections = [
        (_("The body"), [form[name] for name in ClaimForm.BODY]),
        (_("Its first administrator"), [form[name] for name in ("name", "email", "password", "again")]),
    ]
    context = {"form": form, "sections": sections, "url": request.path}
    return render(request, "people/claim.html", context, status=422 if form.is_bound else 200)
