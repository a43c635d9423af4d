"""The form at the entrance."""

from typing import Any

from allauth.account.forms import LoginForm


class Entrance(LoginForm):  # type: ignore[misc]  # allauth has no type hints
    """The login form without the link inside the password's field: ours stands beside the button."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password"].help_text = ""
