"""A form before a door, for rows of the ground: shown, refused with reasons, carried out, or older than its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qms.face.dates import moment
from qms.face.pages import Difference, FormPage, Head, StalePage
from qms.face.parts import ReasonRow
from qms.lifecycle.refused import KeyReused, Refused, Stale
from qms.lifecycle.rules import Reason
from qms.trail.models import TrailEvent

Change = Callable[[int | None, UUID | None], Any]


@dataclass
class DoorPage:
    """One form of one row. `change` takes version and key and goes through a door; `then` is where it leads.

    `row` is None for something new. `said` is the sentence shown afterwards, made of the changed row.
    """

    request: HttpRequest
    head: Head
    form: BaseForm
    submit: Any
    change: Change
    back: str
    then: Callable[[Any], str] | None = None
    said: Callable[[Any], str] | None = None
    row: Any = None
    sentence: Any = ""
    aside: Any = ()
    final: bool = False
    template: str = "records/edit.html"

    def answer(self) -> HttpResponseBase:
        """The response to GET or POST."""
        if self.request.method != "POST":
            return self.shown()
        if not self.form.is_valid():
            return self.shown(422)
        try:
            changed = self.change(version_in(self.request), key_in(self.request))
        except Refused as refused:
            return refusal(self.request, self.head, refused.reasons, self.back)
        except Stale:
            return self.stale()
        except KeyReused:
            self.form.add_error(None, _("This form was sent before with other content. Open it again."))
            return self.shown(422)
        except ValidationError as mistake:
            put_mistakes(self.form, mistake)
            return self.shown(422)
        messages.success(self.request, self.said(changed) if self.said else _("Saved."))
        return redirect(self.then(changed) if self.then else self.back)

    def page(self, version: int | None) -> FormPage:
        return FormPage(
            head=self.head,
            form=self.form,
            submit=self.submit,
            url=self.request.get_full_path(),
            back_url=self.back,
            version=version,
            key=str(key_in(self.request) or uuid4()),
            sentence=self.sentence,
            aside=self.aside,
            final=self.final,
        )

    def shown(self, status: int = 200) -> HttpResponse:
        page = self.page(version_in(self.request) or (self.row.version if self.row else None))
        return render(self.request, self.template, {"page": page}, status=status)

    def stale(self) -> HttpResponse:
        """Who was first and what differs; what was sent is kept and can be saved again."""
        now = type(self.row).unscoped.get(pk=self.row.pk)
        last = TrailEvent.objects.filter(stream=now.uid).select_related("actor").latest("seq")
        page = StalePage(
            who=last.actor.name if last.actor else _("the application"),
            at=moment(last.at),
            differences=list(differences(now, self.form.cleaned_data)),
            record_url=self.back,
            retry=replace(self.page(now.version), key=str(uuid4())),
        )
        return render(self.request, "409.html", {"page": page}, status=409)


def refusal(request: HttpRequest, head: Head, reasons: Iterable[Reason], back: str) -> HttpResponse:
    """The page of a refused act with every reason, who can mend it and where it comes from."""
    context = {"head": head, "reasons": [row_of(reason) for reason in reasons], "back_url": back}
    return render(request, "records/refused.html", context, status=403)


def row_of(reason: Reason) -> ReasonRow:
    return ReasonRow(reason.text, reason.clause, ", ".join(reason.names))


def differences(row: Any, sent: dict[str, Any]) -> Iterator[Difference]:
    """Fields that were sent with another value than the row has now."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    for name in (name for name in sent if name in fields):
        now = getattr(row, name)
        if now != sent[name]:
            label = fields[name].verbose_name
            yield Difference(label, _words(row, name, now), _words(row, name, sent[name]))


def _words(row: Any, name: str, value: Any) -> str:
    choices = dict(row._meta.get_field(name).flatchoices)
    if value in (None, ""):
        return "–"
    return str(value) if isinstance(value, models.Model) else str(choices.get(value, value))


def put_mistakes(form: BaseForm, mistake: ValidationError) -> None:
    """A model's complaints, beside the fields they are about."""
    said = mistake.message_dict if hasattr(mistake, "error_dict") else {"": mistake.messages}
    for name, sentences in said.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def version_in(request: HttpRequest) -> int | None:
    """The version the form was made from; None where it says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def key_in(request: HttpRequest) -> UUID | None:
    """The idempotency key of the form."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
