"""A token ends at an hour of its body's own time zone; the trail keeps that hour as the database gives it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from qms.trail import clock
from qms.trail.seal import seal
from qms.trail.verify import verify
from tests.people import Body


@pytest.mark.django_db
def test_a_token_made_on_the_page_stands_as_its_trail_says(home: Body) -> None:
    client = Client()
    client.force_login(home.ann)
    until = (clock.today() + timedelta(days=20)).isoformat()
    made = client.post("/account/tokens/new", {"name": "curl", "scopes": ["read"], "until": until})
    assert made.status_code == 200
    assert b"atestat_" in made.content
    seal()
    assert verify().findings == []


def test_a_program_is_answered_as_a_program_at_every_address() -> None:
    missing = Client().get("/api/v1/no-such-type/")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
