"""The doors' answers as JSON: the same reasons, the same words as on the pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from qms.lifecycle.refused import KeyReused, Refused, Stale
from qms.lifecycle.rules import Reason
from qms.lifecycle.table import UnknownStep


def reason_json(reason: Reason) -> dict[str, Any]:
    """A reason: text and clause in the reader's language, roles, the people behind them, the section of the page."""
    return {
        "code": reason.code,
        "text": str(reason.text),
        "clause": str(reason.clause),
        "who": list(reason.who),
        "names": list(reason.names),
        "where": reason.where,
        "field": reason.field,
    }


def answered(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as JSON with a code and a sentence; what is no refusal is not caught here."""
    found = _answer(error)
    if found is None:
        return None
    set_rollback()
    status, body, headers = found
    return Response(body, status=status, headers=headers)


Answer = tuple[int, dict[str, Any], dict[str, str]]


def _answer(error: Exception) -> Answer | None:
    if isinstance(error, Refused):
        reasons = [reason_json(reason) for reason in error.reasons]
        return 403, {"code": "refused", "text": str(error), "reasons": reasons}, {}
    if isinstance(error, Stale):
        text = _("It was changed meanwhile: it is at version %(version)s now.") % {"version": error.version}
        return 409, {"code": "stale", "text": text, "version": error.version}, {}
    if isinstance(error, KeyReused):
        text = _("The idempotency key was used for another request.")
        return 422, {"code": "key_reused", "text": text}, {}
    if isinstance(error, ValidationError):
        return 400, invalid(fields_of(error)), {}
    if isinstance(error, UnknownStep | Http404 | exceptions.NotFound):
        return 404, {"code": "not_found", "text": _("There is no such record or step.")}, {}
    if isinstance(error, exceptions.ValidationError):
        return 400, invalid(_flat(error.detail)), {}
    if isinstance(error, PermissionDenied):
        return 403, {"code": "permission_denied", "text": _("You may not open this.")}, {}
    if isinstance(error, exceptions.APIException):
        headers = {"WWW-Authenticate": "Bearer"} if error.status_code == 401 else {}
        return error.status_code, {"code": str(error.get_codes()), "text": str(error.detail)}, headers
    return None


def invalid(fields: dict[str, list[str]]) -> dict[str, Any]:
    return {"code": "invalid", "text": _("Some fields are not right."), "fields": fields}


def fields_of(error: ValidationError) -> dict[str, list[str]]:
    """Sentences by field; those about the whole under an empty name."""
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def _flat(detail: Any) -> dict[str, list[str]]:
    if isinstance(detail, dict):
        return {str(name): [str(line) for line in _lines(lines)] for name, lines in detail.items()}
    return {"": [str(line) for line in _lines(detail)]}


def _lines(found: Any) -> list[Any]:
    if isinstance(found, dict):
        return [line for inner in found.values() for line in _lines(inner)]
    return list(found) if isinstance(found, list | tuple) else [found]
