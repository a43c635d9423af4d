"""Requirements by number: labels in three languages, the tree, the search; each in one query."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from qms.standards.load import load_catalogue
from qms.standards.models import Edition
from qms.standards.requirements import requirement_label, requirement_labels, search, tree_of
from tests.standards.test_catalogue import listed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cited", "language", "label"),
    [
        ("10.2.1", "en", "ISO 9001 10.2.1 Reaction to a nonconformity"),
        ("10.2.1", "ro", "ISO 9001 10.2.1 Reacția la neconformitate"),
        ("10.2.1", "bg", "ISO 9001 10.2.1 Действия при несъответствие"),
        ("ISO 9001 10.2.1 b", "en", "ISO 9001 10.2.1 b Reaction to a nonconformity"),
        ("ISO 9001:2015 8.5.1", "ro", "ISO 9001:2015 8.5.1 Controlul furnizării"),
        ("SCIM 9", "ro", "SCIM 9 Proceduri"),
        ("OSGG 600/2018 9", "bg", "OSGG 600/2018 9 Процедури"),
        ("ISO/IEC 17020 7.4.2", "en", "ISO/IEC 17020 7.4.2 Content of the report"),
        ("8.9", "en", "8.9"),
        ("ISO 14001 8.1", "en", "ISO 14001 8.1"),
        ("Legea 197/2012, art. 8", "ro", "Legea 197/2012, art. 8"),
        ("10.2.1", "de", "ISO 9001 10.2.1 Reaction to a nonconformity"),
        ("", "en", ""),
    ],
)
def test_a_cited_number_gets_its_title(cited: str, language: str, label: str) -> None:
    assert requirement_label(cited, language) == label


def test_the_language_is_the_readers_where_none_is_named() -> None:
    with translation.override("bg"):
        assert requirement_label("9.3") == "ISO 9001 9.3 Преглед от ръководството"


def test_many_labels_cost_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        labels = requirement_labels(["7.5", "SCIM 9", "ISO/IEC 17020 7.4.2", "nothing"], "en")
    assert labels["7.5"] == "ISO 9001 7.5 Documented information"


def test_the_tree_is_read_in_one_query_and_leaves_out_what_is_withdrawn(django_assert_num_queries: Any) -> None:
    edition = Edition.objects.get(slug="iso-9001-2015")
    with django_assert_num_queries(1):
        roots = tree_of(edition)
    assert [node.requirement.number for node in roots] == ["4", "5", "6", "7", "8", "9", "10"]
    resources = next(node for node in roots[3].children if node.requirement.number == "7.1")
    assert [child.requirement.number for child in resources.children[4].children] == ["7.1.5.1", "7.1.5.2"]

    load_catalogue(catalogue=[listed("1", "1.1")])
    load_catalogue(catalogue=[listed("1")])
    assert tree_of(Edition.objects.get(slug="draft-1"))[0].children == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8.5", ["8.5", "8.5.1", "8.5.2", "8.5.3", "8.5.4", "8.5.5", "8.5.6"]),
        ("1", []),
        ("10.", ["10", "10.1", "10.2", "10.2.1", "10.2.2", "10.3"]),
        ("conștientizare", ["7.3"]),
        ("conştientizare", ["7.3"]),
        ("CONSTIENTIZARE", ["7.3"]),
        ("осъзнаване", ["7.3"]),
        ("Awareness", ["7.3"]),
        ("   ", []),
        ("nothing like it", []),
    ],
)
def test_a_search_finds_by_number_and_by_word_in_any_language(text: str, found: list[str]) -> None:
    edition = Edition.objects.get(slug="iso-9001-2015")
    assert [row.number for row in search(text, edition)] == found


def test_a_search_over_all_editions_names_each(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        rows = [f"{row.edition} {row.number}" for row in search("internal audit")]
    assert rows == ["ISO 9001:2015 9.2", "SCIM · OSGG 600/2018 16"]
