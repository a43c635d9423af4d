"""Every request knows who acts, speaks his language, and goes through the one permission table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.module_loading import import_string

from qms.people.actors import Actor
from qms.people.permissions import Access, allowed, why_not

Respond = Callable[[HttpRequest], HttpResponseBase]


class ActingPerson:
    """Sets `request.actor` for somebody signed in, and his language where he has chosen none for this session."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            # Kept on the person too: the roof asks what he may, and his roles are read once per request.
            request.actor = request.user.acting = Actor(request.user)  # type: ignore[attr-defined]
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        response = self.get_response(request)
        if isinstance(response, HttpResponse):
            response.setdefault("Content-Language", translation.get_language() or "en")
        # Set above, or by the token of a program: what is answered is for this person only.
        if hasattr(request, "actor"):
            response.setdefault("Cache-Control", "private, no-store")
        return response


class PermissionTable:
    """Lets a request through only where the table has a line for its address; without one, nobody passes."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        self.table: dict[str, Access] = import_string("qms.project.permissions.TABLE")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        access = self.table.get(match.view_name if match else "")
        if access is None and match and match.namespace:
            access = self.table.get(f"{match.namespace}:*")
        if access is None:
            raise PermissionDenied(
                f"“{match.view_name if match else request.path}” has no line in the permission table"
            )
        if access is Access.EVERYBODY or access is Access.PROGRAM:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not allowed(access, request.actor):  # type: ignore[attr-defined]
            raise PermissionDenied(why_not(access, request.actor))  # type: ignore[attr-defined]
        return None
