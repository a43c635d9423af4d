"""Every page about people in a real Chromium: nothing for axe, nothing sideways, nothing against the policy."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from qms.lifecycle.perform import create
from qms.people.actors import Actor
from qms.people.claim import console_link
from qms.people.invitations import invite, roles_given, token_of
from qms.people.keeping import found_body
from qms.people.models import Delegation, Person, Unit
from qms.people.roles import Role
from qms.trail import clock
from tests.fixtures.browser import DESKTOP, NARROW, PHONE, axe, overflow
from tests.nonconformities.make import in_state
from tests.people import SINCE, Body
from workflows.nonconformities.lifecycle import State

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
LONG = "Дирекция „Социално подпомагане и закрила на детето“ – отдел „Контролна дейност и проверки“"


def log_in(page: Page, person: Person, address: str) -> None:
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def check(page: Page, url: str, size: tuple[int, int], name: str) -> None:
    answer = page.goto(url)
    assert answer and answer.status in (200, 403, 404, 410), (url, answer and answer.status)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}-{size[0]}.png", full_page=True)
    assert axe(page) == [], url
    assert overflow(page) <= 0, url


@SIZES
def test_the_administrators_pages_are_accessible_and_fit(
    size: tuple[int, int], open_page: Callable[..., Page], live_server: Any, home: Body, no_csp_reports: None
) -> None:
    day = clock.today("Europe/Bucharest")
    low = create(Unit, home.ada, organisation=home.organisation, code="SOC", name_en=LONG, parent=home.unit)
    found_body(Actor(home.ada), code="BELOW", name_ro="Agenția de jos", country="RO", language="ro",
               parent=home.organisation)  # fmt: skip
    create(Delegation, home.ann, organisation=home.organisation, delegator=home.ann, delegate=home.ivo, roles=[],
           from_on=day, to_on=day + timedelta(days=9), reason=LONG)  # fmt: skip
    in_state(home, State.TRIAGED)
    invitation = invite(
        home.organisation, Actor(home.ada), email="nina@home.example", name="Nina", language="ro",
        roles=roles_given([Role.STAFF], low, SINCE),
    )  # fmt: skip
    role = home.ann.roles.all()[0]
    pages = {
        "list": "/people/",
        "person": reverse("people:person", args=(home.ann.uid,)),
        "edit": reverse("people:edit", args=(home.ann.uid,)),
        "role-new": reverse("people:role_new", args=(home.ann.uid,)),
        "role-end": reverse("people:role_end", args=(role.uid,)),
        "close": reverse("people:close", args=(home.ann.uid,)),
        "close-own": reverse("people:close", args=(home.ada.uid,)),
        "invitations": "/people/invitations/",
        "invite": "/people/invitations/new",
        "invitation": reverse("people:invitation", args=(invitation.uid,)),
        "revoke": reverse("people:invitation_revoke", args=(invitation.uid,)),
        "units": "/people/units/",
        "unit-new": "/people/units/new",
        "unit": reverse("people:unit", args=(low.uid,)),
        "bodies": "/people/bodies/",
        "body-new": "/people/bodies/new",
        "body": reverse("people:body", args=(home.organisation.uid,)),
        "delegations": "/people/delegations/",
        "welcome": "/welcome",
        "mail": "/welcome/mail",
        "first": "/",
    }
    page = open_page(size)
    log_in(page, home.ada, live_server.url)
    for name, address in pages.items():
        check(page, live_server.url + address, size, name)


@SIZES
def test_ones_own_pages_and_refusals_are_accessible_and_fit(
    size: tuple[int, int], open_page: Callable[..., Page], live_server: Any, home: Body, no_csp_reports: None
) -> None:
    page = open_page(size)
    log_in(page, home.bob, live_server.url)
    for name, address in {"me": "/people/me/", "delegate": "/people/delegations/new", "refused": "/people/"}.items():
        check(page, live_server.url + address, size, name)


@SIZES
def test_the_pages_behind_links_are_accessible_and_fit(
    size: tuple[int, int], open_page: Callable[..., Page], live_server: Any, no_csp_reports: None
) -> None:
    page = open_page(size, locale="bg")
    token = console_link().rpartition("/")[2]
    check(page, f"{live_server.url}/claim/{token}", size, "claim")
    page.get_by_role("button").last.click()
    assert page.locator(".at-errors").is_visible()
    assert axe(page) == []
    check(page, f"{live_server.url}/claim/wrong", size, "claim-wrong")


def test_somebody_is_invited_by_link_and_comes_in(
    open_page: Callable[..., Page], live_server: Any, home: Body, no_csp_reports: None
) -> None:
    page = open_page()
    log_in(page, home.ada, live_server.url)
    page.goto(f"{live_server.url}/people/invitations/new")
    page.get_by_label("E-mail").fill("nina@home.example")
    page.get_by_label("Name", exact=False).first.fill("Nina Pop")
    page.get_by_label("reviewer").check()
    page.get_by_role("button", name="Invite").click()
    link = page.locator("code").inner_text()
    assert page.locator("img").evaluate("picture => picture.naturalWidth") > 0
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/link-once.png", full_page=True)
    assert axe(page) == []
    theirs = open_page(PHONE)
    theirs.goto(live_server.url + "/invitation/" + link.rpartition("/")[2])
    if shots:
        theirs.screenshot(path=f"{shots}/accept.png", full_page=True)
    assert axe(theirs) == []
    for field in theirs.locator("input[type=password]").all():
        field.fill("three boats under one bridge")
    theirs.get_by_role("button").last.click()
    theirs.wait_for_url(f"{live_server.url}/")
    nina = Person.unscoped.get(email="nina@home.example")
    assert {role.role for role in nina.roles.all()} == {"staff", "reviewer"}
    assert token_of(nina.uid) not in page.content()
