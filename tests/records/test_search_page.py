"""One search over every type: what one may read, and nothing else."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.inspections.make import planned
from tests.nonconformities.make import reported
from tests.people import Body


def test_hits_of_every_type_stand_together_and_another_bodys_do_not(home: Body, away: Body, client: Client) -> None:
    reported(home, title="Ședința lipsește")
    planned(home, title="Ședință de deschidere")
    reported(away, title="Ședința altcuiva")
    client.force_login(home.stan)
    page = client.get("/search", {"q": "sedint"}).content.decode()
    assert "Ședința lipsește" in page
    assert "Ședință de deschidere" in page
    assert "altcuiva" not in page


def test_without_words_or_hits_it_says_so(home: Body, client: Client) -> None:
    client.force_login(home.stan)
    for words in ("", "nowhere", "%%%", "x" * 101):
        assert client.get("/search", {"q": words}).status_code == 200


def test_it_costs_one_query_a_type(home: Body, client: Client, django_assert_max_num_queries: Any) -> None:
    for n in range(15):
        reported(home, title=f"Number {n}")
    client.force_login(home.stan)
    with django_assert_max_num_queries(6 + 8):
        page = client.get("/search", {"q": "number"}).content.decode()
    assert "Number 14" in page
    assert "Number 2<" not in page


def test_pages_of_somebody_signed_in_are_kept_by_no_browser(home: Body, client: Client) -> None:
    client.force_login(home.stan)
    assert "no-store" in client.get("/search")["Cache-Control"]
