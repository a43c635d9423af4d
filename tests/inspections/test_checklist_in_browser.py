"""The checklist in a real browser, phone and desk: it fits, is accessible, and loses nothing without a connection."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from qms.people.models import Person
from tests.fixtures.browser import DESKTOP, NARROW, PHONE, axe, overflow
from tests.inspections.make import answered, in_progress, received
from tests.people import Body
from tests.reports.sample import photo_bytes
from workflows.inspections.commands import save_answer
from workflows.inspections.models import Answer, Inspection

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
Open = Callable[..., "Page"]


@pytest.fixture
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.STORAGE_DIR = tmp_path / "files"


def log_in(page: "Page", person: Person, address: str) -> None:
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def checklist(open_page: Open, server: Any, mission: Inspection, person: Person, size: Any = PHONE) -> "Page":
    page = open_page(size)
    log_in(page, person, server.url)
    page.goto(f"{server.url}/inspections/{mission.uid}/checklist")
    return page


def stored(mission: Inspection, item: str) -> Answer:
    answer: Answer = Answer.unscoped.get(inspection=mission, item=item)
    return answer


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_the_pages_are_accessible_and_fit(
    size: Any, open_page: Open, live_server: Any, home: Body, no_csp_reports: None
) -> None:
    mission = answered(in_progress(home), home)
    page = checklist(open_page, live_server, mission, home.ines, size)
    assert (axe(page), overflow(page)) == ([], 0)
    done = received(home)
    addresses = [f"/records/inspection/{mission.uid}/", f"/records/measure/new?inspection={mission.pk}&item=i2"]
    addresses += [f"/records/inspection/{done.uid}/", f"/inspections/{done.uid}/checklist", "/v/0000-0000-0000-0000"]
    for address in addresses:
        page.goto(live_server.url + address)
        assert (axe(page), overflow(page)) == ([], 0), address


def test_an_answer_saves_itself_and_no_asks_on(open_page: Open, live_server: Any, home: Body) -> None:
    mission = in_progress(home)
    page = checklist(open_page, live_server, mission, home.ines)
    page.locator("#item-i1 button", has_text="No").first.click()
    page.locator("#fact-i1").wait_for()
    page.locator("#fact-i1").fill("No plan on floor 2.")
    page.locator("#checklist-head h1").click()
    page.locator("#item-i1 .at-missing-line").wait_for(state="detached")
    assert (stored(mission, "i1").value, stored(mission, "i1").comment) == ("no", "No plan on floor 2.")
    assert "Answered 1 of 3" in page.locator("#checklist-head").inner_text()
    photo = {"name": "plan.png", "mimeType": "image/png", "buffer": photo_bytes()}
    page.locator("#photo-i1").set_input_files(photo)  # type: ignore[arg-type]
    page.locator("#item-i1 .at-chips").wait_for()
    assert "plan.png" in page.locator("#item-i1 .at-chips").inner_text()
    height = page.locator("#item-i1 button", has_text="No").first.bounding_box()
    assert height and height["height"] >= 48


def test_what_is_answered_without_a_connection_goes_when_it_is_back(
    open_page: Open, live_server: Any, home: Body
) -> None:
    mission = in_progress(home)
    page = checklist(open_page, live_server, mission, home.ines)
    page.context.set_offline(True)
    page.locator("#item-i1 button", has_text="Yes").click()
    page.locator("#item-i2 button", has_text="Yes").click()
    page.get_by_text("2 to send").wait_for()
    assert not Answer.unscoped.exists()
    page.context.set_offline(False)
    page.get_by_text("All sent").wait_for()
    assert (stored(mission, "i1").value, stored(mission, "i2").version) == ("yes", 1)
    assert "Answered 2 of 3" in page.locator("#checklist-head").inner_text()


def test_what_waits_outlives_the_page_and_is_sent_by_nobody_else(open_page: Open, live_server: Any, home: Body) -> None:
    mission = in_progress(home)
    page = checklist(open_page, live_server, mission, home.ines)
    page.route("**/checklist/i1", lambda route: route.abort())
    page.locator("#item-i1 button", has_text="Yes").click()
    page.get_by_text("1 to send").wait_for()
    page.unroute("**/checklist/i1")
    log_in(page, home.lena, live_server.url)
    page.reload()
    page.get_by_text("All sent").wait_for()
    assert not Answer.unscoped.exists()
    log_in(page, home.ines, live_server.url)
    page.reload()
    page.get_by_text("Answered 1 of 3").wait_for()
    assert stored(mission, "i1").answered_by == home.ines


def test_an_answer_changed_meanwhile_is_shown_beside_ones_own(open_page: Open, live_server: Any, home: Body) -> None:
    mission = in_progress(home)
    page = checklist(open_page, live_server, mission, home.ines)
    save_answer(mission, "i1", home.lena, value="yes", comment="Seen by Lena.")
    page.locator("#item-i1 button", has_text="No").first.click()
    page.get_by_text("Lena HOME changed it").wait_for()
    assert (axe(page), overflow(page)) == ([], 0)
    page.get_by_text("Save mine: No").click()
    page.locator(".at-conflict").wait_for(state="detached")
    assert (stored(mission, "i1").value, stored(mission, "i1").version) == ("no", 2)


def test_after_the_session_ended_nothing_is_lost(open_page: Open, live_server: Any, home: Body) -> None:
    mission = in_progress(home)
    page = checklist(open_page, live_server, mission, home.ines)
    page.context.clear_cookies(name="sessionid")
    page.locator("#item-i1 button", has_text="Yes").click()
    page.get_by_text("1 to send").wait_for()
    assert page.locator("#item-i1").count() == 1
    log_in(page, home.ines, live_server.url)
    page.reload()
    page.get_by_text("Answered 1 of 3").wait_for()
    assert stored(mission, "i1").value == "yes"


def test_without_javascript_everything_can_be_answered(open_page: Open, live_server: Any, home: Body) -> None:
    mission = in_progress(home)
    page = open_page(PHONE, java_script_enabled=False)
    log_in(page, home.ines, live_server.url)
    page.goto(f"{live_server.url}/inspections/{mission.uid}/checklist")
    page.locator("#item-i2 button", has_text="No").first.click()
    page.locator("#fact-i2").fill("No list.")
    page.locator("#item-i2 .at-save").click()
    assert page.url.endswith("#item-i2")
    assert stored(mission, "i2").comment == "No list."
