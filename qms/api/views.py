"""The views of one record type for programs: list, detail, create, edit, steps, trail, evidence.

`views_of(type)` makes them, so that each type has its own paths and its own shapes in the description.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from qms.api import described
from qms.api.asked import body_of, given, key_in, version_in
from qms.api.auth import InScope, TokenAuthentication
from qms.api.errors import answered, reason_json
from qms.api.models import Scope
from qms.api.shown import related_of, shown
from qms.evidence.attaching import attach
from qms.evidence.models import EvidenceLink
from qms.lifecycle.case import Case
from qms.lifecycle.perform import amend, create, perform
from qms.people.actors import Actor
from qms.records.forms import record_form, step_form
from qms.records.listing import FilterForm, page_of
from qms.records.opening import open_record, rows_of
from qms.records.registry import RecordType
from qms.records.trail_box import trail_box
from qms.trail.models import TrailEvent

PAGE = 50
MOST = 200
KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.UUID, OpenApiParameter.HEADER, description="Sent again, the same answer."
)
NO = {code: OpenApiResponse(described.RefusedSerializer) for code in (400, 401, 403, 404)}
CONFLICT = {409: OpenApiResponse(described.RefusedSerializer), 422: OpenApiResponse(described.RefusedSerializer)}


class ProgramView(APIView):
    """The base: tokens only, JSON only, refusals with reasons."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (InScope,)
    parser_classes = (JSONParser,)
    renderer_classes = (JSONRenderer,)
    record_type: RecordType
    scope: str = Scope.WRITE

    def get_exception_handler(self) -> Any:
        return answered

    def actor(self, request: Request) -> Actor:
        return request._request.actor  # type: ignore[attr-defined,no-any-return]

    def record(self, request: Request, uid: UUID) -> Any:
        return open_record(self.record_type, uid, self.actor(request))

    def said(self, record: Any, status: int = 200) -> Response:
        fresh = self.record_type.model.unscoped.select_related(*related_of(self.record_type)).get(pk=record.pk)
        (body,) = shown(self.record_type, [fresh])
        return Response(body, status=status, headers={"ETag": f'"{fresh.version}"'})


class ListView(ProgramView):
    """A page of records, newest first, and making one."""

    def get(self, request: Request) -> Response:
        actor = self.actor(request)
        form = FilterForm(self.record_type, actor, request.GET)
        for field in form.fields.values():
            if hasattr(field, "to_field_name"):
                field.to_field_name = "uid"
        if not form.is_valid():
            raise ValidationError({name: list(errors) for name, errors in form.errors.items()})
        rows = form.narrowed(rows_of(self.record_type, actor)).select_related(*related_of(self.record_type))
        page = page_of(rows, {"before": request.GET.get("cursor", "")}, _size(request))
        found = shown(self.record_type, page.rows, long=False)
        return Response({"results": found, "next": page.older or None, "count": page.total, "more": page.more})

    def post(self, request: Request) -> Response:
        actor, key = self.actor(request), key_in(request)
        assert actor.person is not None
        blank = self.record_type.model(organisation=actor.person.organisation)
        form = given(partial(_posted, record_form, self.record_type, blank, True), body_of(request))
        made = create(self.record_type.model, actor, key=key, organisation=blank.organisation, **form.given())
        return self.said(made, 201)


def _posted(make: Any, *arguments: Any, **kwargs: Any) -> Any:
    """A form builder whose last two arguments are data and files."""
    return make(*arguments, **kwargs)


def _size(request: Request) -> int:
    text = request.GET.get("size", str(PAGE))
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST):
        raise ValidationError({"size": _("From 1 to %(most)s.") % {"most": MOST}})
    return int(text)


class DetailView(ProgramView):
    """One record, and editing it."""

    def get(self, request: Request, uid: UUID) -> Response:
        return self.said(self.record(request, uid))

    def patch(self, request: Request, uid: UUID) -> Response:
        record, said = self.record(request, uid), body_of(request)
        form = given(partial(_posted, record_form, self.record_type, record, False), said, partial=True)
        reason = str(said.get("reason", ""))
        changes = {name: value for name, value in form.given().items() if name in said}
        amended = amend(
            record, self.actor(request), version=version_in(said), key=key_in(request), reason=reason, **changes
        )
        return self.said(amended)


class StepsView(ProgramView):
    """Every step of the lifecycle from where the record stands: allowed or not, and why not."""

    def get(self, request: Request, uid: UUID) -> Response:
        record = self.record(request, uid)
        case = Case(record, self.actor(request))
        steps = [_possible(case, one.step, one.reasons) for one in case.possible]
        return Response({"state": record.state, "version": record.version, "steps": steps})


def _possible(case: Case, step: Any, reasons: Any) -> dict[str, Any]:
    named = case.with_names(reasons)
    return {
        "verb": step.verb,
        "label": str(step.label),
        "to": step.to.value,
        "by": list(step.takers),
        "give": list(step.give),
        "may_give": list(step.may_give),
        "meaning": step.meaning,
        "allowed": not named,
        "reasons": [reason_json(reason) for reason in named],
    }


class StepView(ProgramView):
    """Taking one step."""

    scope = Scope.STEPS
    verb: str

    def post(self, request: Request, uid: UUID) -> Response:
        record, said, actor = self.record(request, uid), body_of(request), self.actor(request)
        version, key = version_in(said), key_in(request)
        step = self.record_type.lifecycle.step(self.verb, record.state)
        refused = Case(record, actor).against(step)
        if refused or step.meaning:
            perform(record, self.verb, actor, version=version, key=key, reason=str(said.get("reason", "")))
        form = given(partial(_posted, step_form, self.record_type, record, step, actor), said)
        perform(record, self.verb, actor, version=version, key=key, reason=form.reason, **form.given())
        return self.said(record)


class TrailView(ProgramView):
    """What happened to a record: the hashed bodies, and the same in sentences."""

    def get(self, request: Request, uid: UUID) -> Response:
        record = self.record(request, uid)
        sentences = {line.seq: line.html for line in trail_box(record).lines}
        events = TrailEvent.objects.filter(stream=record.uid).select_related("actor").order_by("seq")
        return Response({"stream": str(record.uid), "events": [_event(event, sentences) for event in events]})


def _event(event: TrailEvent, sentences: dict[int, Any]) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "verb": event.verb,
        "at": event.at,
        "actor": event.actor.name if event.actor else "",
        "from_state": event.from_state,
        "to_state": event.to_state,
        "sentence": sentences.get(event.seq, ""),
        "body": event.body,
        "leaf_hash": event.leaf_hash,
    }


class EvidenceView(ProgramView):
    """The files attached to a record, and attaching one."""

    scope = Scope.EVIDENCE
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]

    def get(self, request: Request, uid: UUID) -> Response:
        record = self.record(request, uid)
        links = EvidenceLink.objects.of(record.organisation_id).filter(stream=record.uid).select_related("file")
        return Response({"files": [_file(link) for link in links.order_by("pk")]})

    def post(self, request: Request, uid: UUID) -> Response:
        record, file = self.record(request, uid), request.FILES.get("file")
        if file is None:
            raise ValidationError({"file": _("The file is missing.")})
        caption = str(request.POST.get("caption", ""))
        link = attach(record, file, file.name or "", self.actor(request), caption=caption, key=key_in(request))
        return Response(_file(link), status=201)


def _file(link: Any) -> dict[str, Any]:
    return {
        "id": str(link.uid),
        "name": link.name,
        "caption": link.caption,
        "sha256": link.file.sha256,
        "size": link.file.size,
        "voided": link.is_void,
    }


def paged(record_type: RecordType) -> type[serializers.Serializer[Any]]:
    row = described.record_serializer(record_type, long=False)
    fields = {
        "results": row(many=True),
        "next": serializers.CharField(allow_null=True),
        "count": serializers.IntegerField(),
        "more": serializers.BooleanField(),
    }
    return described.named(f"{record_type.model.__name__}Page", fields)


def filters_of(record_type: RecordType) -> list[OpenApiParameter]:
    """The parameters of a list."""
    said = [OpenApiParameter("q", str, description="Words the record is found by, as prefixes.")]
    for name in record_type.filters:
        field: Any = record_type.model._meta.get_field(name)
        kind = OpenApiTypes.UUID if field.is_relation else OpenApiTypes.STR
        choices = None if field.is_relation else [value for value, _label in field.choices or ()]
        said.append(OpenApiParameter(name, kind, enum=choices or None))
    return [
        *said,
        OpenApiParameter("late", bool, description="Only what is overdue."),
        OpenApiParameter("cursor", str, description="What `next` said."),
        OpenApiParameter("size", int, description=f"Rows of a page, at most {MOST}."),
    ]


def not_found(request: Request, **_kwargs: Any) -> Any:
    raise Http404


def views_of(record_type: RecordType) -> dict[str, Any]:
    """The views of a type by the end of their path, described."""
    name, detail = record_type.name, described.record_serializer(record_type, long=True)
    tags = [name]
    listing = _described(
        ListView,
        record_type,
        get=extend_schema(
            operation_id=f"{name}_list", tags=tags, parameters=filters_of(record_type),
            responses={200: paged(record_type), **NO},
        ),
        post=extend_schema(
            operation_id=f"{name}_create", tags=tags, parameters=[KEY],
            request=described.create_serializer(record_type),
            responses={201: detail, **NO, **CONFLICT},
        ),
    )  # fmt: skip
    single = _described(
        DetailView,
        record_type,
        get=extend_schema(operation_id=f"{name}_detail", tags=tags, responses={200: detail, **NO}),
        patch=extend_schema(
            operation_id=f"{name}_edit", tags=tags, parameters=[KEY], request=described.edit_serializer(record_type),
            responses={200: detail, **NO, **CONFLICT},
        ),
    )  # fmt: skip
    return {"": listing, "<uuid:uid>/": single, **_below(record_type, detail, tags)}


def _below(record_type: RecordType, detail: Any, tags: list[str]) -> dict[str, Any]:
    name = record_type.name
    steps = described.named(
        f"{record_type.model.__name__}Steps",
        {
            "state": serializers.CharField(),
            "version": serializers.IntegerField(),
            "steps": described.PossibleSerializer(many=True),
        },
    )
    trail = described.named(
        f"{record_type.model.__name__}Trail",
        {"stream": serializers.UUIDField(), "events": described.EventSerializer(many=True)},
    )
    files = described.named(f"{record_type.model.__name__}Files", {"files": described.EvidenceSerializer(many=True)})
    upload = described.named(
        f"{record_type.model.__name__}Upload",
        {"file": serializers.FileField(), "caption": serializers.CharField(required=False)},
    )
    found: dict[str, Any] = {
        "<uuid:uid>/steps": _described(
            StepsView, record_type,
            get=extend_schema(operation_id=f"{name}_steps", tags=tags, responses={200: steps, **NO}),
        ),
        "<uuid:uid>/trail": _described(
            TrailView, record_type,
            get=extend_schema(operation_id=f"{name}_trail", tags=tags, responses={200: trail, **NO}),
        ),
        "<uuid:uid>/evidence": _described(
            EvidenceView,
            record_type,
            get=extend_schema(operation_id=f"{name}_evidence", tags=tags, responses={200: files, **NO}),
            post=extend_schema(
                operation_id=f"{name}_attach", tags=tags, parameters=[KEY], request={"multipart/form-data": upload},
                responses={201: described.EvidenceSerializer, **NO, **CONFLICT},
            ),
        ),
    }  # fmt: skip
    for verb in record_type.lifecycle.verbs:
        taken = extend_schema(
            operation_id=f"{name}_{verb}", tags=tags, parameters=[KEY],
            request=described.step_serializer(record_type, verb), responses={200: detail, **NO, **CONFLICT},
        )  # fmt: skip
        found[f"<uuid:uid>/steps/{verb}"] = _described(StepView, record_type, post=taken, verb=verb)
    return found


def _described(base: type[ProgramView], record_type: RecordType, verb: str = "", **methods: Any) -> Any:
    """The view of that type, each method with its description."""
    members: dict[str, Any] = {"record_type": record_type, "verb": verb}
    for method, describe in methods.items():
        members[method] = describe(_own(getattr(base, method)))
    return type(f"{record_type.model.__name__}{base.__name__}", (base,), members).as_view()  # type: ignore[attr-defined]


def _own(method: Any) -> Any:
    """The method as one of its own, so that describing it does not describe the base's."""

    def called(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        return method(self, request, *args, **kwargs)  # type: ignore[no-any-return]

    called.__doc__ = method.__doc__
    return called
