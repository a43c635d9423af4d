"""The pages of documents in a real browser: nothing for axe to find, nothing wider than the window."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from procedures.documents import commands
from qms.lifecycle.perform import perform
from qms.people.models import Person
from tests.documents.conftest import Cast, a_draft, effective, in_review
from tests.documents.test_pages import CHECKLIST
from tests.fixtures.browser import DESKTOP, NARROW, PHONE, axe, overflow

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOTS = os.environ.get("SHOTS")


def seen(page: Page, address: str) -> list[str]:
    """Everything that is wrong with the page at three sizes."""
    found: list[str] = []
    for size in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        if SHOTS:
            name = address.split("//")[1].split("/", 1)[1].replace("/", "_")
            page.screenshot(path=f"{SHOTS}/{name[-60:]}-{size[0]}.png", full_page=True)
        wider = overflow(page)
        found += [f"{address} is {wider} px wider than {size[0]}"] if wider else []
        found += axe(page)
    return found


@pytest.fixture
def reader(live_server: Any, open_page: Callable[..., Page]) -> Callable[[Person], Page]:
    def signed_in(person: Person) -> Page:
        client = Client()
        client.force_login(person)
        page = open_page(DESKTOP)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return signed_in


@pytest.mark.django_db(transaction=True)
def test_pages_of_documents_hold_for_everybody(
    live_server: Any, cast: Cast, reader: Callable[[Person], Page], no_csp_reports: None
) -> None:
    under_review = in_review(cast, "PS-02")
    perform(under_review, "agree", cast.dan)
    perform(under_review, "return_to_author", cast.ana, reason="the term in section 2 is missing")
    perform(under_review, "submit", cast.radu)
    perform(under_review, "agree", cast.dan)
    in_force = effective(cast)
    draft = a_draft(cast, "PO-03")
    checklist = commands.write(a_draft(cast, "LV-01"), cast.radu, CHECKLIST)
    page = reader(cast.radu)
    addresses = [
        "/records/document/",
        f"/records/document/{in_force.document.uid}/",
        f"/records/document/{in_force.document.uid}/steps/open_revision",
        f"/records/revision/{under_review.uid}/",
        f"/records/revision/{draft.uid}/edit",
        f"/documents/{in_force.document.uid}/read",
        f"/documents/revisions/{draft.uid}/write",
        f"/documents/revisions/{checklist.uid}/write",
        f"/documents/revisions/{checklist.uid}/items/i1",
        f"/documents/revisions/{checklist.uid}/sections/new",
        "/documents/import",
    ]
    assert [wrong for address in addresses for wrong in seen(page, live_server.url + address)] == []
