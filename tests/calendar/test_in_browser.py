"""Calendar and standards in a real Chromium: no axe finding, nothing scrolls sideways, no report against the policy."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.calendar.conftest import Bodies, exception
from tests.fixtures.browser import DESKTOP, NARROW, axe, overflow

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATHS = [
    reverse("calendar:due") + "?rule=RO_CPC_FREE_DAYS&start=2026-11-13&span=15&country=RO",
    reverse("calendar:due") + "?rule=EU_1182_71&start=x&span=0",
    reverse("calendar:year") + "?year=2026",
    reverse("calendar:exception_new"),
    reverse("standards:list"),
    reverse("standards:list") + "?q=8.5",
    reverse("standards:tree", args=("iso-9001-2015",)),
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_and_fits_desk_and_phone(
    path: str, live_server: Any, open_page: Callable[..., Page], bodies: Bodies, no_csp_reports: None
) -> None:
    exception(bodies.constanta, "2026-04-14")
    client = Client()
    client.force_login(bodies.ada)
    for size in (DESKTOP, NARROW):
        page = open_page(size)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + path)
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=f"{shots}/{PATHS.index(path)}-{size[0]}.png", full_page=True)
        assert overflow(page) == 0
        assert axe(page) == []
