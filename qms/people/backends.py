"""Signed-in people come with their body, in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from qms.people.models import Person

# What is read along with the person who is signed in, by name: expressions that packages above this one put here.
along: dict[str, Any] = {}


class WithBody(AuthenticationBackend):  # type: ignore[misc]
    """allauth's e-mail and password, with the person's body read along."""

    def get_user(self, user_id: Any) -> Person | None:
        person = Person.objects.select_related("organisation").annotate(**along).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
