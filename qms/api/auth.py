"""`Authorization: Bearer atestat_…`: a program acts for a person, within the scopes of its token."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from qms.api.models import ApiToken, Scope, hash_of
from qms.people.actors import Actor
from qms.people.models import Person


class TokenAuthentication(BaseAuthentication):
    """Finds the person behind a token, in one query; speaks his language unless the request asks for another."""

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("The header reads: Authorization: Bearer, then the token."))
        rows = ApiToken.unscoped.select_related("person__organisation")
        token = rows.filter(secret_hash=hash_of(words[1].decode("latin-1"))).first()
        if token is None or not token.is_valid:
            raise AuthenticationFailed(_("The token is unknown, expired or revoked."))
        if not request.headers.get("Accept-Language"):
            translation.activate(token.person.language)
        request._request.actor = Actor(token.person, via="api", token_id=token.pk)  # type: ignore[attr-defined]
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class InScope(BasePermission):
    """The token has the scope the view asks for with this method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiToken):
            return False
        wanted = Scope.READ if request.method in ("GET", "HEAD", "OPTIONS") else view.scope
        self.message = _("The token lacks the scope “%(scope)s”.") % {"scope": wanted}
        return wanted in request.auth.scopes


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description names it."""

    target_class = "qms.api.auth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
