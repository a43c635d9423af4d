"""Login through django-allauth: an account comes from an invitation, never from a form open to the street."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from qms.people.models import Person


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no type hints
    """Closes allauth's own sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Person, password: str) -> None:
        """Writes the password alone: the rest of the row belongs to the doors."""
        user.set_password(password)
        user.save(update_fields=["password"])
