"""One click, one number: events of one request share an id, so that a reader can see what one act did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponseBase

_click: ContextVar[UUID | None] = ContextVar("click", default=None)


def current() -> UUID:
    """The id of the click we are in; outside of any, a new one."""
    return _click.get() or uuid4()


@contextmanager
def one_click() -> Iterator[UUID]:
    """Everything written inside shares one id. Inner clicks belong to the outer one."""
    token = _click.set(_click.get() or uuid4())
    try:
        yield current()
    finally:
        _click.reset(token)


class OneClick:
    """Middleware: each request is one click."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with one_click():
            return self.get_response(request)
