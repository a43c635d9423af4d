"""Signed-in people come with their body, in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from qms.people.models import Person


class WithBody(AuthenticationBackend):  # type: ignore[misc]
    """allauth's e-mail and password, with the person's body read along."""

    def get_user(self, user_id: Any) -> Person | None:
        person = Person.objects.select_related("organisation").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
