"""Reads the environment: what an administrator may set without touching a file."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks, or the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """1, true, yes or on is True; 0, false, no or off is False; anything else is refused by name."""
    word = text(name).lower()
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off"):
        return False
    if word:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {word!r}.")
    return default


def number(name: str, default: int) -> int:
    """A whole number; anything else is refused by name."""
    word = text(name, str(default))
    if not word.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {word!r}.")
    return int(word)


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret_key(production: bool, kept_in: Path) -> str:
    """SECRET_KEY; without one a trial installation makes its own once and keeps it in a file of mode 0600."""
    if given := text("SECRET_KEY"):
        return given
    if production:
        raise ImproperlyConfigured("SECRET_KEY is required with DATABASE_URL. Set it to 50 or more random characters.")
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        draft = kept_in.with_name(f"{kept_in.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, kept_in)
        draft.unlink()
    return kept_in.read_text()
