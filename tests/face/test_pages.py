"""Every sample page in a real browser: no axe finding, nothing blocked by the CSP, nothing wider than the screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from qms.people.permissions import Access
from qms.project.permissions import TABLE
from tests.face.samples import SAMPLES
from tests.fixtures.browser import DESKTOP, NARROW, PHONE, axe, overflow

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sample_addresses(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample pages stand beside the product's, open to everybody."""
    settings.ROOT_URLCONF = "tests.face.urls"
    monkeypatch.setitem(TABLE, "sample", Access.EVERYBODY)


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_accessible_fits_the_screen_and_loads_nothing_foreign(
    name: str, size: tuple[int, int], open_page: OpenPage, live_server: Any, no_csp_reports: None
) -> None:
    page = open_page(size)
    blocked: list[str] = []
    page.on("console", lambda said: blocked.append(said.text) if "Content Security Policy" in said.text else None)
    answer = page.goto(f"{live_server.url}/sample/{name}")
    assert answer and answer.status == 200
    assert axe(page) == []
    assert overflow(page) <= 0
    assert blocked == []


def test_a_refused_step_is_greyed_and_tells_its_reasons_to_screen_readers(
    open_page: OpenPage, live_server: Any
) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/sample/record")
    close = page.get_by_role("button", name="Close", exact=True)
    assert close.get_attribute("aria-disabled") == "true"
    described = page.locator(f"#{close.get_attribute('aria-describedby')}").inner_text()
    assert "The effectiveness check is not recorded yet." in described
    assert "separation of duties" in described


def test_the_list_is_a_table_on_a_desk_and_two_line_items_on_a_phone(open_page: OpenPage, live_server: Any) -> None:
    desk, phone = open_page(DESKTOP), open_page(PHONE)
    for page in (desk, phone):
        page.goto(f"{live_server.url}/sample/register")
    assert desk.locator("table.at-list tbody tr").first.bounding_box()["height"] == pytest.approx(34, abs=1)  # type: ignore[index]
    assert not desk.locator(".at-items").is_visible()
    assert not phone.locator("table.at-list").is_visible()
    assert phone.locator(".at-items a").first.bounding_box()["height"] == pytest.approx(52, abs=2)  # type: ignore[index]


def test_answers_and_buttons_on_a_phone_are_large_enough_to_touch(open_page: OpenPage, live_server: Any) -> None:
    page = open_page(PHONE)
    page.goto(f"{live_server.url}/sample/checklist")
    for answer in page.locator(".at-answers .btn").all():
        assert answer.bounding_box()["height"] >= 48  # type: ignore[index]
    for button in page.locator(".btn:visible").all():
        assert button.bounding_box()["height"] >= 44  # type: ignore[index]


def test_filters_open_on_a_phone_without_javascript(open_page: OpenPage, live_server: Any) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(f"{live_server.url}/sample/register")
    assert not page.get_by_label("Звено").is_visible()
    page.locator("label", has_text="Filters").click()
    assert page.get_by_label("Звено").is_visible()


def test_the_first_tab_leads_past_the_roof(open_page: OpenPage, live_server: Any) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/sample/record")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "at-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_escape_closes_the_fold_and_returns_to_its_word(open_page: OpenPage, live_server: Any) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/sample/record")
    more = page.locator("summary", has_text="More")
    more.click()
    assert page.get_by_role("link", name="Lifecycle").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Lifecycle").is_visible()
    assert more.evaluate("word => word === document.activeElement")


def test_an_answer_without_network_is_said_to_be_unsaved(open_page: OpenPage, live_server: Any) -> None:
    page = open_page(PHONE)
    page.goto(f"{live_server.url}/sample/checklist")
    page.route("**/a", lambda route: route.abort())
    page.locator("#item-a button", has_text="Не").first.click()
    page.locator("[data-not-sent]:visible").wait_for()


def test_the_language_switch_keeps_the_page(open_page: OpenPage, live_server: Any) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/sample/register?state=open")
    page.get_by_role("button", name="RO Română").click()
    page.wait_for_load_state()
    assert page.url.endswith("/sample/register?state=open")
    assert page.evaluate("document.documentElement.lang") == "ro"
