"""Which content an installation begins with: the demo, or nothing and a one-time link to claim it.

The demo itself is the command `demo` of the stories' package: `demo --load` plays it once into an empty database,
`demo --accounts` prints its people and their password.
"""

from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

EMPTY = Path(settings.VAR_DIR) / "begun-empty"
LOADING = Path(settings.VAR_DIR) / "demo-is-loading"


def demo_is_wanted() -> bool:
    """Whether the demo is to be played now: nobody is there yet, and nobody asked for an empty installation."""
    if LOADING.exists():
        raise CommandError("The demo content was only half loaded. Begin again with: manage.py up --reset")
    return not has_people() and not EMPTY.exists() and "demo" in get_commands()


def load_demo() -> None:
    """Plays the demo; a mark stays behind if it breaks off, so that half a demo is never taken for a whole one."""
    LOADING.touch()
    call_command("demo", "--load")
    LOADING.unlink()


def begin_empty() -> None:
    """Remembers that this installation is to stay without demo content."""
    if not has_people():
        EMPTY.touch()


def greeting() -> str:
    """What the person at the console needs to get in: the claim link while nobody is there, else the demo people."""
    if not has_people():
        return claim_link()
    if not has_demo() or "demo" not in get_commands():
        return ""
    told = StringIO()
    call_command("demo", "--accounts", stdout=told)
    return told.getvalue()


def claim_link() -> str:
    """The sentence with the one-time link by which the first administrator takes over an empty installation."""
    if has_people() or not find_spec("qms.people.claim"):
        return ""
    link = import_module("qms.people.claim").console_link()
    return f"Nobody has an account yet. Open this link once to become the first administrator:\n{link}"


def has_demo() -> bool:
    """Whether the demo was played here: a production installation has people and no demo."""
    return apps.get_model("people", "Organisation")._default_manager.filter(is_demo=True).exists()


def has_people() -> bool:
    """Whether anybody has an account."""
    return get_user_model()._default_manager.exists()
