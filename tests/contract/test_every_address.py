"""Every address × method × role × {own, another body's real twin, missing}.

Who may open an address stands in qms/project/permissions.py; what its parts are made of in addresses.py. Another body's
thing answers like a missing one, to the byte, and no byte of the other body is in any answer.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID

import pypdf
import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from qms.api.models import make_token
from qms.people.permissions import ROLES, Access
from qms.project.permissions import TABLE
from qms.records import registry
from qms.trail import clock
from tests.contract.addresses import Address, addresses, line_of
from tests.contract.sides import CANARY, SCOPES, Missing, Side
from tests.people import ROLES as CAST

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Who tries what belongs to others: the quality manager in every way, the administrator and one of the staff as well.
TRYING = ("bob", "ada", "stan")
TRIED = {"bob": METHODS, "ada": ("GET", "POST"), "stan": ("GET", "POST")}
# A secret in the address is the permission: whoever was given it may open it, of whatever body he is.
BY_SECRET = {"invitation"}
EVERY = addresses()
UUID_TEXT = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# What differs from answer to answer by nature: tokens of forms, their keys, and the asked identifier itself.
PASSING = re.compile(rb'(name="(csrfmiddlewaretoken|key)"[^>]* value="|X-CSRFToken": ")[^"]*"')
FIELDS = """title version key owner unit reason name email q to code kind language password content_hash value comment
    day roles from_on to_on reviewers due_on body text people"""
HOSTILE = dict.fromkeys(FIELDS.split(), "\x00ș<b>'\"{{7*7}}" + "9" * 300)


def access_of(address: Address) -> Access | None:
    return TABLE.get(address.name) or TABLE.get(f"{address.name.partition(':')[0]}:*")


def named(address: Address) -> str:
    return address.name


@pytest.mark.parametrize("address", EVERY, ids=named)
def test_every_address_has_a_line_in_both_tables(address: Address) -> None:
    assert access_of(address), f"{address.name} ({address.pattern}) has no line in qms/project/permissions.py"
    assert line_of(address.name), f"{address.name} ({address.pattern}) has no line in tests/contract/addresses.py"


def test_no_line_outlives_its_address() -> None:
    names = {address.name for address in EVERY}
    spaces = {f"{name.partition(':')[0]}:*" for name in names}
    assert set(TABLE) - names - spaces == set()


class Asking:
    """Clients of the cast, each logged in once, and what programs send in their place."""

    def __init__(self, home: Side) -> None:
        self.home = home
        self.clients: dict[str, Client] = {}
        self.secrets: dict[str, str] = {}

    def client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = Client(raise_request_exception=False)
            if who:
                self.clients[who].force_login(getattr(self.home.body, who))
        return self.clients[who]

    def secret(self, who: str) -> str:
        if who not in self.secrets:
            person = getattr(self.home.body, who)
            _token, self.secrets[who] = make_token(person, "walk", SCOPES, clock.now() + timedelta(days=9))
        return self.secrets[who]

    def ask(self, address: Address, parts: dict[str, Any], method: str, who: str, data: Any = None) -> HttpResponseBase:
        """One request; programs send their token and no cookie."""
        url = reverse(address.name, kwargs=parts)
        given: dict[str, Any] = {"data": data or {}} if method in ("GET", "POST") else {}
        if not address.is_api:
            return self.client(who).generic(method, url) if not given else _sent(self.client(who), method, url, data)
        headers = {"Authorization": f"Bearer {self.secret(who)}"} if who else {}
        body = {} if method == "GET" else {"data": data or {}, "content_type": "application/json"}
        return getattr(self.client(""), method.lower())(url, headers=headers, **body)  # type: ignore[no-any-return]


def _sent(client: Client, method: str, url: str, data: Any) -> HttpResponseBase:
    return getattr(client, method.lower())(url, data or {})  # type: ignore[no-any-return]


@pytest.fixture
def asking(sides: tuple[Side, Side]) -> Asking:
    return Asking(sides[0])


def bytes_of(answer: HttpResponseBase) -> bytes:
    """All that left the house: headers and body, unpacked where it is packed."""
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    heads = "\n".join(f"{name}: {value}" for name, value in answer.items()).encode()
    return heads + b"\n" + body + _unpacked(body)


def _unpacked(body: bytes) -> bytes:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            return b"\n".join(file.read(name) for name in file.namelist())
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).encode()
    return b""


def leaks(sent: bytes, away_uids: set[str], asked: dict[str, Any]) -> set[str]:
    """What of the other body is in an answer, beside the identifier the request itself named."""
    found = {CANARY} if CANARY.encode() in sent.lower() else set()
    uids = {text.decode() for text in UUID_TEXT.findall(sent)} & away_uids
    return found | uids - {str(value) for value in asked.values()}


def without_passing(sent: bytes, asked: dict[str, Any]) -> bytes:
    """An answer without what differs by nature, so that two can be compared."""
    for value in asked.values():
        if isinstance(value, UUID):
            sent = sent.replace(str(value).encode(), b"the-uid")
    return PASSING.sub(b"", re.sub(rb"(?i)(set-cookie|content-length|x-request-id|date): .*\n", b"", sent))


@pytest.mark.parametrize("address", EVERY, ids=named)
def test_somebody_signed_out_is_sent_to_log_in(address: Address, asking: Asking) -> None:
    for parts in line_of(address.name)(asking.home):  # type: ignore[misc]
        for method in METHODS:
            answer = asking.ask(address, parts, method, "")
            assert answer.status_code < 500, (method, answer.status_code)
            if access_of(address) is Access.PROGRAM and address.name != "api:schema":
                assert answer.status_code in (401, 405), (method, parts)
            elif access_of(address) not in (Access.EVERYBODY, Access.PROGRAM):
                assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("address", EVERY, ids=named)
def test_own_things_open_for_those_the_table_says(address: Address, sides: tuple[Side, Side], asking: Asking) -> None:
    home, away = sides
    roles, away_uids = ROLES.get(access_of(address)), away.uids()  # type: ignore[arg-type]
    for who, held in CAST.items():
        if roles is None and who not in TRYING:
            continue
        for parts in line_of(address.name)(home):  # type: ignore[misc]
            answer = asking.ask(address, parts, "GET", who)
            assert answer.status_code in (200, 202, 302, 403, 404, 405, 409, 410), (who, parts, answer.status_code)
            assert not leaks(bytes_of(answer), away_uids, {}), (who, parts)
            if roles is not None:
                assert (answer.status_code == 403) == (not set(roles) & set(held)), (who, parts, answer.status_code)


@pytest.mark.parametrize("address", EVERY, ids=named)
def test_another_bodys_thing_answers_like_a_missing_one(
    address: Address, sides: tuple[Side, Side], asking: Asking
) -> None:
    away = sides[1]
    line, away_uids = line_of(address.name), away.uids()
    assert line
    by_type = {parts.get("type_name"): parts for parts in reversed(line(Missing(away)))}
    for theirs, missing in zip(line(away), line(Missing(away)), strict=True):
        if theirs == missing or address.name in BY_SECRET or by_type[missing.get("type_name")] is not missing:
            continue
        for who, methods in TRIED.items():
            for method in methods:
                there, nowhere = asking.ask(address, theirs, method, who), asking.ask(address, missing, method, who)
                assert there.status_code == nowhere.status_code, (who, method, theirs)
                assert there.status_code < 500
                sent = bytes_of(there)
                assert not leaks(sent, away_uids, theirs), (who, method, theirs)
                assert without_passing(sent, theirs) == without_passing(bytes_of(nowhere), missing), (who, method)


@pytest.mark.parametrize("address", EVERY, ids=named)
def test_no_method_and_no_input_is_a_500(address: Address, sides: tuple[Side, Side], asking: Asking) -> None:
    away_uids = sides[1].uids()
    for who in TRYING[:2]:
        for parts in line_of(address.name)(asking.home):  # type: ignore[misc]
            for method, data in (("POST", {}), ("POST", HOSTILE), ("GET", HOSTILE), *((m, None) for m in METHODS[2:])):
                answer = asking.ask(address, parts, method, who, data)
                assert answer.status_code < 500, (who, method, parts, answer.status_code)
                assert not leaks(bytes_of(answer), away_uids, {}), (who, method, parts)


SEARCHES = ["/search?q={}", "/?q={}", *(f"/records/{kind.name}/?q={{}}" for kind in registry.all_types())]
SEARCHES += [f"/records/{kind.name}/export.csv?q={{}}" for kind in registry.all_types()]


@pytest.mark.parametrize("address", SEARCHES)
def test_no_search_finds_what_is_of_another_body(address: str, sides: tuple[Side, Side], asking: Asking) -> None:
    """A word that only the other body has is searched like one nobody has."""
    nobody = "zqxnobody"
    there, nowhere = (bytes_of(asking.client("bob").get(address.format(word))) for word in (CANARY, nobody))
    assert without_passing(there.replace(CANARY.encode(), nobody.encode()), {}) == without_passing(nowhere, {})


def test_the_other_body_itself_finds_it(sides: tuple[Side, Side]) -> None:
    client = Client()
    client.force_login(sides[1].body.bob)
    found = sides[1].records["nonconformity"]
    assert str(found.uid) in client.get(f"/records/nonconformity/?q={CANARY}").content.decode()
