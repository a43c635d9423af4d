"""Secrets in addresses: made once, kept as a hash, tried at a limited rate."""

from __future__ import annotations

import hashlib
import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

TRIES, SECONDS = 20, 300


def new_token() -> str:
    """A secret nobody guesses."""
    return secrets.token_urlsafe(32)


def token_for(purpose: str, name: str) -> str:
    """The secret of a named row. Only this installation can work it out again, to put it into a mail."""
    return salted_hmac(f"qms.people.{purpose}", name, algorithm="sha256").hexdigest()


def hashed(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def link(address: str, token: str) -> str:
    """The whole address to hand over."""
    return f"{settings.SITE_URL}{reverse(address, args=(token,))}"


def one_try_too_many(request: HttpRequest) -> bool:
    """Count a try from this place; whether there were more than TRIES in SECONDS."""
    place = f"people.links:{get_adapter(request).get_client_ip(request)}"
    cache.add(place, 0, SECONDS)
    try:
        return bool(cache.incr(place) > TRIES)
    except ValueError:  # it expired between the two lines
        return False
