"""Inbox, list, search and detail with few records against many: statements and time, whole page and query part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from qms.people.actors import Actor
from qms.people.models import Person
from qms.project.bench.figures import Figure, in_turns, ms, spread
from qms.project.bench.loading import COMMON, RARE, use
from qms.project.bench.step import statements
from qms.records import registry
from qms.records.listing import listed, page_of
from qms.records.opening import open_record
from qms.records.pages import record_page
from workflows.engine.inbox import counts, pigeonholes, shelf, waited_for
from workflows.nonconformities.lifecycle import State
from workflows.nonconformities.models import Nonconformity

MOST_SLOWER = 1.3
TYPE = "nonconformity"


@dataclass(frozen=True)
class Page:
    """One page: its address and its query part, in a database with few and in one with many records."""

    name: str
    what: str
    most: int
    address: Callable[[bool], str]
    read: Callable[[Actor, bool], Any]


def figures(few: Any, many: Any, body: int, vendor: str, quick: bool) -> list[Figure]:
    """For each page: statements with many records, and how much slower it is than with few."""
    rounds = 15 if quick else 60
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name static files by their hash
    readers = {which: _Reader(which, body) for which in (few, many)}
    made = []
    for page in pages(body):
        use(many)
        readers[many].get(page, True)
        asked = statements(partial(readers[many].get, page, True))
        own = statements(warmed(_act(readers[many], page, True, "queries")))
        made.append(_statements(page, vendor, asked, own))
        for part in ("page", "queries"):
            acts = [_act(readers[which], page, which is many, part) for which in (few, many)]
            small, large = in_turns(acts, rounds)
            beside = {"few_ms": ms(small), "many_ms": ms(large), "half_between": spread(large)}
            made.append(Figure(f"{page.name}_{part}_time", f"{page.what}: {part}, many records to few", vendor,
                               ms(large) / ms(small), "×", MOST_SLOWER, beside=beside))  # fmt: skip
    return made


def _statements(page: Page, vendor: str, asked: list[str], own: list[str]) -> Figure:
    """A record's page is held to its own statements; what frames every page (session, person, menu) comes on top."""
    counted, what = (own, "in process") if page.name == "detail" else (asked, "page")
    beside = {"whole_page": len(asked), "which": asked}
    return Figure(f"{page.name}_statements", f"{page.what}: {what}", vendor, len(counted), "statements", page.most,
                  beside=beside)  # fmt: skip


def warmed(act: Callable[[], Any]) -> Callable[[], Any]:
    """The same, once it has found out what it always finds out first."""
    act()
    return act


def pages(body: int) -> list[Page]:
    """What is asked for. The search finds one record in a hundred of many, and as many as fill its page of few."""
    address = reverse("records:list", kwargs={"type_name": TYPE})

    def listing(said: Callable[[bool], Mapping[str, str]]) -> Callable[[Actor, bool], Any]:
        return lambda actor, many: page_of(listed(registry.get(TYPE), actor, said(many))[1], said(many))

    def inbox(words: Callable[[bool], str]) -> Callable[[Actor, bool], Any]:
        def read(actor: Actor, many: bool) -> Any:
            holes = pigeonholes(actor)
            return shelf(holes, words=words(many)), counts(holes, words(many)), waited_for(actor)

        return read

    def word(many: bool) -> str:
        return RARE if many else COMMON

    state = {"state": State.TRIAGED.value}
    return [
        Page("inbox", "inbox", 8, lambda _many: reverse("inbox"), inbox(lambda _many: "")),
        Page("inbox_search", "search in the inbox", 8, lambda many: f"{reverse('inbox')}?q={word(many)}", inbox(word)),
        Page("list", "list", 8, lambda _many: address, listing(lambda _many: {})),
        Page(
            "filter",
            "list of one state",
            8,
            lambda _many: f"{address}?state={State.TRIAGED.value}",
            listing(lambda _many: state),
        ),
        Page(
            "search",
            "search in the list",
            8,
            lambda many: f"{address}?q={word(many)}",
            listing(lambda many: {"q": word(many)}),
        ),
        Page("detail", "record", 12, lambda _many: _detail(body), _opened(body)),
    ]


def _one(body: int) -> Nonconformity:
    found: Nonconformity = Nonconformity.objects.of(body).filter(state=State.TRIAGED).order_by("pk")[5]
    return found


def _detail(body: int) -> str:
    return reverse("records:detail", kwargs={"type_name": TYPE, "uid": _one(body).uid})


def _opened(body: int) -> Callable[[Actor, bool], Any]:
    uid: dict[bool, Any] = {}

    def read(actor: Actor, many: bool) -> Any:
        if many not in uid:
            uid[many] = _one(body).uid
        return record_page(open_record(registry.get(TYPE), uid[many], actor), actor)

    return read


class _Reader:
    """Bob, signed in, in one of the two databases."""

    def __init__(self, which: Any, body: int) -> None:
        self.which = which
        use(which)
        self.person = Person.objects.select_related("organisation").get(organisation=body, email="bob@bench.example")
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.person)
        self.addresses: dict[str, str] = {}

    def get(self, page: Page, many: bool) -> None:
        """The whole page. Raises RuntimeError for anything but a page."""
        address = self.addresses.get(page.name) or self.addresses.setdefault(page.name, page.address(many))
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{page.name} answered {answer.status_code}")


def _act(reader: _Reader, page: Page, many: bool, part: str) -> Callable[[], Any]:
    def whole() -> None:
        use(reader.which)
        reader.get(page, many)

    def queries() -> None:
        use(reader.which)
        page.read(Actor(reader.person), many)

    return whole if part == "page" else queries
