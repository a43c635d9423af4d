"""The pages every record type has, filled by the product itself, in a real browser at three widths."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from qms.lifecycle.perform import create
from qms.people.models import Person
from tests.fixtures.browser import DESKTOP, NARROW, PHONE, axe, overflow
from tests.people import Body
from workflows.nonconformities.models import Nonconformity

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
SHORT = "Заповедта е издадена след изтичане на двадесет и седем дневния срок от входирането"


def reported(home: Body) -> Nonconformity:
    fields: dict[str, Any] = {
        "title": SHORT,
        "requirement": "7.5.3",
        "evidence": "x",
        "source": "inspection",
        "place": "ДСП Русе",
    }
    return create(Nonconformity, home.ann, organisation=home.organisation, found_on=date(2026, 10, 1), **fields)


def log_in(page: "Page", person: Person, address: str) -> None:
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_the_pages_of_a_record_are_accessible_and_fit(
    size: tuple[int, int], open_page: Callable[..., "Page"], live_server: Any, home: Body, no_csp_reports: None
) -> None:
    nc = reported(home)
    base = f"/records/nonconformity/{nc.uid}/"
    pages = ["/", "/records/nonconformity/", "/records/nonconformity/new", base]
    pages += [f"{base}{name}" for name in ("steps/triage", "steps/reject", "edit", "trail", "lifecycle")]
    page = open_page(size)
    log_in(page, home.bob, live_server.url)
    for address in pages:
        answer = page.goto(live_server.url + address)
        assert answer and answer.status in (200, 403), (address, answer and answer.status)
        assert axe(page) == [], address
        assert overflow(page) <= 0, address


def test_a_refusal_shows_its_reasons_in_the_page(
    open_page: Callable[..., "Page"], live_server: Any, home: Body
) -> None:
    nc = reported(home)
    page = open_page()
    log_in(page, home.stan, live_server.url)
    answer = page.goto(f"{live_server.url}/records/nonconformity/{nc.uid}/steps/triage")
    assert answer and answer.status == 403
    assert page.locator(".at-reasons li").count() >= 1
