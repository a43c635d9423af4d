"""The welcome list, and the test mail one sends to oneself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qms.face.pages import Head
from qms.face.parts import Link
from qms.notices.outbox import enqueue, handles
from qms.people.door_page import DoorPage
from qms.people.models import Person
from qms.people.views import acting, me, posted
from qms.people.welcome import MAIL_TEST, page_for


@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """What is still to be set up in the body."""
    return render(request, "welcome.html", {"page": page_for(acting(request))})


@require_POST
def put_away(request: HttpRequest) -> HttpResponseBase:
    """Not shown on the first page any more; the person's fold still leads to it."""
    Person.unscoped.filter(pk=me(request).pk).update(welcome_put_away=True)
    return redirect("/")


@require_http_methods(["GET", "POST"])
def mail_test(request: HttpRequest) -> HttpResponseBase:
    """Send a mail to oneself, in the background; its arrival is for the eye, its sending for the list."""
    person = me(request)

    def queued(_version: int | None, key: Any) -> None:
        with transaction.atomic():
            enqueue(MAIL_TEST, str(key or uuid4()), {"person": person.pk})

    return DoorPage(
        request,
        Head(_("Test mail"), crumbs=[Link(_("Welcome"), reverse("welcome"))]),
        forms.Form(posted(request)),
        _("Send"),
        queued,
        back=reverse("welcome"),
        said=lambda _none: _("The mail is on its way to %(address)s.") % {"address": person.email},
        sentence=_("A mail goes to %(address)s through %(server)s.")
        % {"address": person.email, "server": settings.EMAIL_HOST or _("the console: no mail server is set")},
    ).answer()


@handles(MAIL_TEST)
def send_test(payload: dict[str, Any]) -> None:
    """The test mail itself."""
    person = Person.unscoped.select_related("organisation").get(pk=payload["person"])
    with translation.override(person.language):
        text = _("This mail shows that %(body)s can send mail from Atestat.") % {"body": person.organisation.name}
        subject = _("Test mail")
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
