"""A record with files and comments in a real browser: nothing for axe to find, nothing wider than the window."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as project
from django.test import Client

from qms.comments.commands import comment
from qms.evidence.attaching import attach, void_evidence
from qms.evidence.reading import evidence_of
from qms.people.models import Person
from qms.records.pages import url_of
from tests.evidence.files import PDF, photo_with_place
from tests.fixtures.browser import DESKTOP, NARROW, PHONE, axe, overflow
from tests.nonconformities import make
from tests.people import Body

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOTS = os.environ.get("SHOTS")
SIZES = (DESKTOP, PHONE, NARROW)


@pytest.fixture
def reader(live_server: Any, open_page: Callable[..., Page]) -> Callable[[Person], Page]:
    def signed_in(person: Person) -> Page:
        client = Client()
        client.force_login(person)
        page = open_page(DESKTOP)
        cookie = client.cookies[project.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return signed_in


def wrong_with(page: Page, address: str) -> list[str]:
    found: list[str] = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        if SHOTS:
            page.screenshot(
                path=f"{SHOTS}/{address.split('//')[1].partition('/')[2].replace('/', '_')}-{width}.png", full_page=True
            )
        wider = overflow(page)
        found += [f"{address} is {wider} px wider than {width}"] if wider else []
        found += axe(page)
    return found


@pytest.fixture
def own_store(settings: Any, tmp_path: Path) -> None:
    settings.STORAGE_DIR = tmp_path


@pytest.mark.django_db(transaction=True)
def test_a_record_with_files_and_comments_holds_at_every_width(
    home: Body, live_server: Any, reader: Callable[[Person], Page], own_store: None, no_csp_reports: None
) -> None:
    nc = make.reported(home)
    period: dict[str, Any] = {"covers_from": date(2026, 5, 14), "covers_to": date(2026, 5, 18)}
    attach(nc, PDF, "RI-011_bis.pdf", home.bob, caption="RI-011 bis, reissued report", requirement="7.5.3", **period)
    photo = attach(nc, photo_with_place(), "Лаптоп_2_папка_преди_изтриването_2026-05-15_окончателно.jpg", home.stan)
    void_evidence(attach(nc, b"wrong", "wrong.txt", home.bob), home.bob, "The list of another county was attached.")
    question = comment(nc, home.vera, "Are there printed copies?\n" + "long" * 40, people=[home.stan, home.bob])
    comment(nc, home.stan, "Two, both shredded.", answers_to=question)
    waits = comment(nc, home.vera, "Which version was used?", people=[home.bob])
    page = reader(home.bob)
    addresses = [
        url_of(nc),
        f"/evidence/nonconformity/{nc.uid}/add",
        f"/evidence/{photo.uid}/void",
        f"/comments/{waits.uid}/answer",
        "/notices/",
        f"/notices/of/nonconformity/{nc.uid}",
    ]
    assert [wrong for address in addresses for wrong in wrong_with(page, live_server.url + address)] == []


@pytest.mark.django_db(transaction=True)
def test_a_file_is_added_and_a_question_answered_with_the_mouse(
    home: Body, live_server: Any, reader: Callable[[Person], Page], own_store: None, no_csp_reports: None
) -> None:
    nc = make.reported(home)
    comment(nc, home.vera, "Which version was used?", people=[home.bob])
    page = reader(home.bob)
    page.goto(live_server.url + url_of(nc))
    page.get_by_text("Add evidence", exact=True).click()
    page.set_input_files("#id_file", {"name": "снимка.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()})
    page.get_by_label("What it shows").fill("No plan at the door")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("“No plan at the door” is attached").wait_for()
    with page.expect_download() as got:
        page.get_by_role("link", name="No plan at the door", exact=True).click()
    assert got.value.suggested_filename == "снимка.jpg"
    assert got.value.path().read_bytes() == photo_with_place()
    page.get_by_role("link", name="Show No plan at the door").click()
    assert page.evaluate("document.images[0].naturalHeight") == 80
    page.go_back()
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Comment", exact=False).first.fill(f"Version 2, @{home.stan.name}")
    page.get_by_role("button", name="Answer").click()
    page.get_by_text(f"Your comment on {nc.reference} stands.").wait_for()
    assert page.get_by_text("Answered", exact=True).count() == 1
    assert page.get_by_text(f"Waits for {home.stan.name}").count() == 1
    assert [link.caption for link in evidence_of(nc)] == ["No plan at the door"]
