"""The pages every record type has: list, export, new, detail, edit, step, trail, lifecycle. Types add none of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qms.face.dates import moment
from qms.face.pages import Difference, FormPage, Head, RecordPage, Signature, StalePage, TrailPage
from qms.face.parts import Fact, Link
from qms.lifecycle.case import Case
from qms.lifecycle.diagram import diagram_box
from qms.lifecycle.perform import amend, create, perform
from qms.lifecycle.refused import KeyReused, Refused, Stale
from qms.lifecycle.table import Step, UnknownStep
from qms.people.actors import Actor
from qms.people.models import Person
from qms.records import registry
from qms.records.forms import DoorForm, record_form, step_form
from qms.records.models import Record
from qms.records.opening import open_record, open_type
from qms.records.pages import head_of, list_url, reason_row, record_page, url_of
from qms.records.registry import RecordType
from qms.records.trail_box import trail_box
from qms.signatures.models import Meaning
from qms.signatures.sign import Proof, content_hash, manifest
from qms.trail.models import TrailEvent


def actor_in(request: HttpRequest) -> Actor:
    """Who acts in this request; the permission table lets nobody here who is not signed in."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


@require_GET
def detail_page(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponse:
    """A record: where it stands, what next, why not, what it says, what happened."""
    record = open_record(open_type(type_name), uid, actor_in(request))
    page: RecordPage = record_page(record, actor_in(request))
    return render(request, "records/detail.html", {"page": page, "record": record})


@require_GET
def trail_page(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponse:
    """Everything that happened to a record, in sentences."""
    record = open_record(open_type(type_name), uid, actor_in(request))
    page = TrailPage(head_of(record, here=_("Trail")), trail_box(record))
    return render(request, "records/trail.html", {"page": page, "record": record})


@require_GET
def lifecycle_page(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponse:
    """The drawing of the lifecycle: where the record stands, where it has been, what is next."""
    record = open_record(open_type(type_name), uid, actor_in(request))
    case = Case(record, actor_in(request))
    page = RecordPage(head_of(record, here=_("Lifecycle")), main=[diagram_box(case)])
    return render(request, "records/detail.html", {"page": page, "record": record})


@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest, type_name: str) -> HttpResponseBase:
    """Make a record in one's own body."""
    record_type, actor = open_type(type_name), actor_in(request)
    assert actor.person is not None
    blank = record_type.model(organisation=actor.person.organisation)
    _set_parents(blank, record_type, request.POST if request.method == "POST" else request.GET)
    refused = Case(blank, actor).against_creating()
    title = _("New: %(type)s") % {"type": record_type.label}
    head = Head(title=title, crumbs=[Link(record_type.plural, list_url(record_type))])
    page = _Page(request, record_type, blank, head, _("Save"), list_url(record_type))
    if refused:
        return page.refused(Case(blank, actor).with_names(refused))
    if request.method == "GET":
        return page.shown(record_form(record_type, blank, creating=True, initial=_prefilled(request, record_type)))
    form = record_form(record_type, blank, True, request.POST, request.FILES)
    return page.carried_out(
        form, lambda: create(record_type.model, actor, key=page.key, organisation=blank.organisation, **form.given())
    )


def _set_parents(blank: Any, record_type: RecordType, given: Mapping[str, str]) -> None:
    """The records the new one belongs to (a measure's inspection), on which the right to make it may depend."""
    for name in record_type.create_fields:
        field = blank._meta.get_field(name)
        pk = given.get(name, "")
        if field.is_relation and issubclass(field.related_model, Record) and pk.isascii() and pk.isdigit():
            found = field.related_model.objects.of(blank.organisation_id).filter(pk=int(pk[:18])).first()
            if found is not None:
                setattr(blank, name, found)


def _prefilled(request: HttpRequest, record_type: RecordType) -> dict[str, str]:
    return {name: request.GET[name] for name in record_type.create_fields if name in request.GET}


@require_http_methods(["GET", "POST"])
def edit_page(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponseBase:
    """Edit a record with the rights of its state."""
    record_type, actor = open_type(type_name), actor_in(request)
    record = open_record(record_type, uid, actor)
    case = Case(record, actor)
    page = _Page(request, record_type, record, head_of(record, here=_("Edit")), _("Save"), url_of(record))
    if request.method == "GET":
        refused = case.against_editing()
        return (
            page.refused(case.with_names(refused)) if refused else page.shown(record_form(record_type, record, False))
        )
    form = record_form(record_type, record, False, request.POST, request.FILES)
    return page.carried_out(
        form, lambda: amend(record, actor, version=page.version, key=page.key, reason=form.reason, **form.given())
    )


@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, type_name: str, uid: UUID, verb: str) -> HttpResponseBase:
    """Take a step: what it asks for, what will be signed; refused, every reason."""
    record_type, actor = open_type(type_name), actor_in(request)
    record = open_record(record_type, uid, actor)
    try:
        step = record_type.lifecycle.step(verb, record.state)
    except UnknownStep:
        raise Http404 from None
    case = Case(record, actor)
    page = _Page(request, record_type, record, head_of(record, here=str(step.label)), step.label, url_of(record), step)
    if request.method == "GET":
        refused = case.against(step)
        if refused:
            return page.refused(case.with_names(refused))
        return page.shown(step_form(record_type, record, step, actor))
    form = step_form(record_type, record, step, actor, request.POST, request.FILES)

    def taken() -> Any:
        proof = Proof(form.password, request.POST.get("content_hash", "")) if step.meaning else None
        return perform(
            record, verb, actor, version=page.version, key=page.key, proof=proof, reason=form.reason, **form.given()
        )

    return page.carried_out(form, taken)


class _Page:
    """A form before a door: shown, refused, carried out, or older than its record."""

    def __init__(
        self,
        request: HttpRequest,
        record_type: RecordType,
        record: Any,
        head: Head,
        submit: Any,
        back: str,
        step: Step | None = None,
    ) -> None:
        self.request, self.record_type, self.record = request, record_type, record
        self.head, self.submit, self.back, self.step = head, submit, back, step

    @property
    def key(self) -> UUID | None:
        try:
            return UUID(self.request.POST.get("key", ""))
        except ValueError:
            return None

    @property
    def version(self) -> int | None:
        text = self.request.POST.get("version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def page(self, form: DoorForm, version: int | None = None) -> FormPage:
        return FormPage(
            head=self.head,
            form=form,
            submit=self.submit,
            url=self.request.get_full_path(),
            back_url=self.back,
            version=self.record.version if version is None else version,
            key=str(self.key or uuid4()),
            signature=signature_part(self.record, self.step, actor_in(self.request)) if self.step else None,
        )

    def shown(self, form: DoorForm, status: int = 200) -> HttpResponse:
        name = "records/step.html" if self.step else "records/edit.html"
        return render(self.request, name, {"page": self.page(form), "record": self.record}, status=status)

    def refused(self, reasons: Any, form: DoorForm | None = None) -> HttpResponse:
        case = Case(self.record, actor_in(self.request))
        rows = [reason_row(case, reason) if self.record.pk else _plain_row(reason) for reason in reasons]
        context = {"head": self.head, "reasons": rows, "back_url": self.back, "record": self.record}
        return render(self.request, "records/refused.html", context, status=403)

    def carried_out(self, form: DoorForm, change: Callable[[], Any]) -> HttpResponseBase:
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            record = change()
        except Stale:
            return self.stale(form)
        except KeyReused:
            form.add_error(None, _("This form was sent before with other content. Open it again."))
            return self.shown(form, status=422)
        except Refused as refused:
            return self._not_accepted(form, refused)
        except ValidationError as mistake:
            add_mistakes(form, mistake)
            return self.shown(form, status=422)
        messages.success(self.request, said_of(record, self.step))
        onward = self.record_type.onward if self.step else None
        return redirect(url_of(onward(record, self.step.verb) if self.step and onward else record))

    def _not_accepted(self, form: DoorForm, refused: Refused) -> HttpResponse:
        """What can be put right in the form is shown there; the rest is a refusal."""
        if not all(reason.code in ("missing", "proof", "signature") for reason in refused.reasons):
            return self.refused(refused.reasons, form)
        for reason in refused.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return self.shown(form, status=422)

    def stale(self, form: DoorForm) -> HttpResponse:
        """Show who was first and what differs; the text sent is kept and can be saved again."""
        now = open_record(self.record_type, self.record.uid, actor_in(self.request))
        last = TrailEvent.objects.filter(stream=now.uid).select_related("actor").latest("seq")
        self.record = now
        page = StalePage(
            who=last.actor.name if last.actor else _("the application"),
            at=moment(last.at),
            differences=list(_differences(now, form.given())),
            record_url=url_of(now),
            retry=self.page(form, now.version),
        )
        return render(self.request, "409.html", {"page": page, "record": now}, status=409)


def _plain_row(reason: Any) -> Any:
    from qms.face.parts import ReasonRow

    return ReasonRow(reason.text, reason.clause, ", ".join(reason.names))


def _differences(record: Any, given: Mapping[str, Any]) -> Any:
    for name, sent in given.items():
        names = {field.name for field in record._meta.concrete_fields}
        if name in names and getattr(record, name) != sent:
            label = record._meta.get_field(name).verbose_name
            yield Difference(label, str(getattr(record, name) or "–"), str(sent or "–"))


def add_mistakes(form: DoorForm, mistake: ValidationError) -> None:
    """Put a model's complaints beside the fields they are about."""
    said = mistake.message_dict if hasattr(mistake, "error_dict") else {"": mistake.messages}
    for name, sentences in said.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def said_of(record: Any, step: Step | None) -> str:
    """What just happened, as a sentence for the page."""
    last = TrailEvent.objects.filter(stream=record.uid, seq=record.version).first()
    at = moment(last.at) if last else ""
    if step is None:
        return _("%(reference)s is saved, %(at)s.") % {"reference": record.reference, "at": at}
    state = registry.type_of(record).lifecycle.label(record.state)
    words = {"step": step.label, "reference": record.reference, "state": state, "at": at}
    if last and last.from_state == last.to_state:
        return _("%(step)s: %(reference)s, %(at)s.") % words
    return _("%(step)s: %(reference)s is now “%(state)s”, %(at)s.") % words


def signature_part(record: Any, step: Step, actor: Actor) -> Signature | None:
    """What is about to be signed."""
    if not step.meaning:
        return None
    case = Case(record, actor)
    standing = case.standing(step.takers)
    values = manifest(record)["values"]
    facts = [
        Fact(record._meta.get_field(name).verbose_name, _shown(record, name))
        for name, value in values.items()
        if value not in (None, "", [], {}) and name != "uid"
    ]
    return Signature(
        meaning=Meaning(step.meaning).label,
        signer=actor.name,
        role=case.taker_label(standing.role) if standing else "",
        manifest=facts,
        sha256=content_hash(record),
        on_behalf_of=standing.for_name if standing else "",
    )


def _shown(record: Any, name: str) -> str:
    """A field's value for reading before signing: choices, dates and people by their names."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list) and name in registry.type_of(record).parts:
        return ", ".join(Person.objects.filter(pk__in=value).order_by("name").values_list("name", flat=True))
    if isinstance(value, dict | list):
        return _("structured content, covered by the hash")
    return str(value) if isinstance(value, Model) or value is not None else "–"
