"""From a request's JSON to what a door is given: through the same forms as on the pages, so by the same rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from rest_framework.request import Request

from qms.lifecycle.perform import REASON_GIVEN
from qms.records.forms import PASSWORD, DoorForm


def given(made: Callable[..., DoorForm], said: Mapping[str, Any], partial: bool = False) -> DoorForm:
    """The form filled with what was said; with `partial`, only the fields said are asked for.

    `made` takes data and files. Raises ValidationError, also for a field the door does not take.
    """
    form = made(_as_posted(said), MultiValueDict())
    form.fields.pop(PASSWORD, None)
    unknown = set(said) - set(form.fields) - {"version", REASON_GIVEN}
    if unknown:
        raise ValidationError({name: _("There is no such field here.") for name in sorted(unknown)})
    if partial:
        form.fields = {name: field for name, field in form.fields.items() if name in said}
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.to_field_name = "uid"
    if not form.is_valid():
        raise ValidationError({name or "": errors for name, errors in form.errors.items()})
    return form


def _as_posted(said: Mapping[str, Any]) -> MultiValueDict[str, str]:
    """JSON values as a form would post them."""
    posted = {name: value if isinstance(value, list) else [value] for name, value in said.items()}
    return MultiValueDict({name: [_text(value) for value in values] for name, values in posted.items()})


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value)


def body_of(request: Request) -> dict[str, Any]:
    """The request's JSON object. Raises ValidationError for anything else."""
    if not isinstance(request.data, Mapping):
        raise ValidationError(_("The body is a JSON object."))
    return dict(request.data)


def version_in(said: Mapping[str, Any]) -> int:
    """The version the program saw. Raises ValidationError."""
    version = said.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise ValidationError({"version": _("Give the version of the record you have seen, as a number.")})
    return version


def key_in(request: Request) -> UUID | None:
    """The idempotency key of the request. Raises ValidationError for one that is no UUID."""
    text = request.headers.get("Idempotency-Key")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise ValidationError({"Idempotency-Key": _("The key is a UUID.")}) from None
