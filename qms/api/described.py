"""Serializers made from models and forms: they check shapes, and describe them in OpenAPI. The doors judge the rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from rest_framework import serializers

from qms.api.shown import fields_of, is_people_list
from qms.lifecycle.perform import REASON_GIVEN
from qms.people.models import Organisation
from qms.records.forms import PASSWORD, DoorForm, record_form, step_form
from qms.records.registry import RecordType

S = serializers


def named(name: str, fields: dict[str, Any], doc: str = "") -> type[S.Serializer[Any]]:
    """A serializer class of that name."""
    return type(f"{name}Serializer", (S.Serializer,), {**fields, "__doc__": doc})


class ReasonSerializer(S.Serializer[Any]):
    """Why something cannot be done, from which source, who can mend it and where."""

    code = S.CharField()
    text = S.CharField()
    clause = S.CharField()
    who = S.ListField(child=S.CharField())
    names = S.ListField(child=S.CharField())
    where = S.CharField()
    field = S.CharField()


class RefusedSerializer(S.Serializer[Any]):
    """What is said no to, and why."""

    code = S.CharField()
    text = S.CharField()
    reasons = ReasonSerializer(many=True, required=False)
    version = S.IntegerField(required=False)
    fields = S.DictField(child=S.ListField(child=S.CharField()), required=False)  # type: ignore[assignment]


class PossibleSerializer(S.Serializer[Any]):
    """A step of the lifecycle, whether it can be taken now, and why not."""

    verb = S.CharField()
    label = S.CharField()  # type: ignore[assignment]
    to = S.CharField()
    by = S.ListField(child=S.CharField())
    give = S.ListField(child=S.CharField())
    may_give = S.ListField(child=S.CharField())
    meaning = S.CharField()
    allowed = S.BooleanField()
    reasons = ReasonSerializer(many=True)


class EventSerializer(S.Serializer[Any]):
    """An event of the trail: the hashed body as it stands, and its hash."""

    seq = S.IntegerField()
    verb = S.CharField()
    at = S.DateTimeField()
    actor = S.CharField()
    from_state = S.CharField(allow_null=True)
    to_state = S.CharField(allow_null=True)
    sentence = S.CharField()
    body = S.CharField()
    leaf_hash = S.CharField()


class EvidenceSerializer(S.Serializer[Any]):
    """A file attached to a record."""

    id = S.UUIDField()
    name = S.CharField()
    caption = S.CharField()
    sha256 = S.CharField()
    size = S.IntegerField()
    voided = S.BooleanField()


def record_serializer(record_type: RecordType, long: bool) -> type[S.Serializer[Any]]:
    """How a record reads."""
    fields: dict[str, Any] = {
        "type": S.CharField(),
        "organisation": S.CharField(),
        "state_label": S.CharField(),
    }
    for field in fields_of(record_type, long):
        fields[field.name] = _read(record_type, field)
    name = record_type.model.__name__ + ("" if long else "Row")
    return named(name, fields, str(record_type.model.__doc__))


def _read(record_type: RecordType, field: models.Field[Any, Any]) -> S.Field[Any, Any, Any, Any]:
    null: dict[str, Any] = {"allow_null": field.null}
    if is_people_list(record_type, field):
        return S.ListField(child=S.UUIDField())
    if isinstance(field, models.ForeignKey | models.UUIDField):
        return S.UUIDField(**null)
    if isinstance(field, models.DateTimeField):
        return S.DateTimeField(**null)
    if isinstance(field, models.DateField):
        return S.DateField(**null)
    if isinstance(field, models.IntegerField):
        return S.IntegerField(**null)
    if isinstance(field, models.BooleanField):
        return S.BooleanField(**null)
    if isinstance(field, models.JSONField):
        return S.JSONField(**null)
    return S.CharField(**null)


def blank_of(record_type: RecordType) -> Any:
    """A record of no body, to read forms from."""
    return record_type.model(organisation=Organisation())


def create_serializer(record_type: RecordType) -> type[S.Serializer[Any]]:
    form = record_form(record_type, blank_of(record_type), creating=True)
    return named(f"{record_type.model.__name__}Create", asked_of(form))


def edit_serializer(record_type: RecordType) -> type[S.Serializer[Any]]:
    blank = blank_of(record_type)
    blank.pk = 0
    fields = asked_of(record_form(record_type, blank, creating=False), partial=True)
    extra = {"version": S.IntegerField(), REASON_GIVEN: S.CharField(required=False)}
    return named(f"{record_type.model.__name__}Edit", {**fields, **extra})


def step_serializer(record_type: RecordType, verb: str) -> type[S.Serializer[Any]]:
    """What a step takes. A signature is no input here: programs do not sign."""
    from qms.people.actors import SYSTEM

    blank = blank_of(record_type)
    blank.pk = 0
    step = next(step for step in record_type.lifecycle.steps if step.verb == verb)
    fields = asked_of(step_form(record_type, blank, step, SYSTEM))
    words = "".join(word.capitalize() for word in verb.split("_"))
    return named(f"{record_type.model.__name__}{words}", {**fields, "version": S.IntegerField()})


def asked_of(form: DoorForm, partial: bool = False) -> dict[str, S.Field[Any, Any, Any, Any]]:
    """A form's fields as serializer fields."""
    return {
        name: _asked(field, required=field.required and not partial)
        for name, field in form.fields.items()
        if name != PASSWORD
    }


def _asked(field: forms.Field, required: bool) -> S.Field[Any, Any, Any, Any]:
    common: dict[str, Any] = {"required": required}
    if field.label:
        common["help_text"] = str(field.label)
    empty: dict[str, Any] = {"allow_null": not required}
    if isinstance(field, forms.ModelMultipleChoiceField):
        return S.ListField(child=S.UUIDField(), **common)
    if isinstance(field, forms.ModelChoiceField):
        return S.UUIDField(**common, **empty)
    if isinstance(field, forms.MultipleChoiceField):
        return S.ListField(child=S.CharField(), **common)
    if isinstance(field, forms.DateField):
        return S.DateField(**common, **empty)
    if isinstance(field, forms.BooleanField):
        return S.BooleanField(**common)
    if isinstance(field, forms.IntegerField):
        return S.IntegerField(**common, **empty)
    if isinstance(field, forms.JSONField):
        return S.JSONField(**common)
    return S.CharField(**common, allow_blank=not required)
