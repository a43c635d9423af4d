"""The pages of the standards: editions, one tree, a search, in three languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qms.people.models import Organisation, Person

SINCE = {"created_at": datetime(2026, 4, 1, 12, tzinfo=UTC)}
TREE = reverse("standards:tree", args=("iso-9001-2015",))


@pytest.fixture
def reader(db: None) -> Person:
    body = Organisation.objects.create(code="CT", country="RO", language="en", name_en="Body", **SINCE)
    person: Person = Person.unscoped.create(organisation=body, email="reader@example.org", name="Reader", **SINCE)
    return person


def page(reader: Person, url: str, language: str = "en", **asked: str) -> str:
    Person.unscoped.filter(pk=reader.pk).update(language=language)
    client = Client()
    client.force_login(reader)
    answer = client.get(url, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_names_every_edition_with_its_size(reader: Person) -> None:
    shown = page(reader, reverse("standards:list"))
    assert "ISO 9001:2015" in shown
    assert "OSGG 600/2018" in shown
    assert "16 requirements" in shown


@pytest.mark.parametrize(
    ("language", "title", "note"),
    [
        ("en", "Management review", "whether climate change matters"),
        ("ro", "Analiza efectuată de management", "schimbările climatice"),
        ("bg", "Преглед от ръководството", "изменението на климата"),
    ],
)
def test_the_tree_speaks_the_readers_language(reader: Person, language: str, title: str, note: str) -> None:
    shown = page(reader, TREE, language)
    assert title in shown
    assert note in shown
    assert 'id="r8.5.1"' in shown
    assert shown.count("Amd 1:2024") == 3


def test_a_search_by_number_leads_into_the_tree(reader: Person) -> None:
    shown = page(reader, reverse("standards:list"), q="10.2")
    assert f'href="{TREE}#r10.2.1"' in shown
    assert "Nothing has" not in shown


def test_a_search_without_result_says_so_and_escapes_what_was_typed(reader: Person) -> None:
    shown = page(reader, reverse("standards:list"), q="<b>x</b>\0")
    assert "Nothing has the number or word “&lt;b&gt;x&lt;/b&gt;”" in shown


def test_an_unknown_edition_is_missing_and_strangers_sign_in_first(reader: Person) -> None:
    client = Client()
    assert client.get(TREE).status_code == 302
    client.force_login(reader)
    assert client.get(reverse("standards:tree", args=("iso-9001-1987",))).status_code == 404
    assert client.post(TREE).status_code == 405


def test_the_tree_costs_few_queries(reader: Person, django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.force_login(reader)
    with django_assert_max_num_queries(7):
        client.get(TREE)
