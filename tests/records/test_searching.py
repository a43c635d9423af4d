"""What the search finds, on both databases the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.lifecycle.perform import amend
from qms.records.searching import found, normalised
from tests.nonconformities.make import reported
from tests.people import Body
from workflows.nonconformities.models import Nonconformity

SAME = [
    ("Ședință", "sedinta"),
    ("şedinţă", "ședință"),
    ("ÎNCĂ", "inca"),
    ("Проверка", "проверка"),
    ("ѝ", "и"),
    ("NC-2026-004", "nc 2026 004"),
    ("  a \n b ", "a b"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_words_that_are_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


def test_short_i_is_a_letter_of_its_own() -> None:
    assert normalised("най") != normalised("наи")


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@pytest.mark.parametrize("words", ["sedinta", "Ședin", "ședința lipse", "SEDINTA", "NC-20"])
def test_it_is_found_by_prefixes_without_diacritics(home: Body, words: str) -> None:
    nc = reported(home, title="Lipsește ședința de analiză")
    reported(home, title="Altceva") if words != "NC-20" else None
    assert list(found(Nonconformity.objects.of(home.organisation.pk), words)) == [nc]


@pytest.mark.parametrize("words", ["edinta", "ședința nicăieri", "%", "'; DROP", '"', "*", "a:* | b"])
def test_it_is_not_found_by_what_it_does_not_say(home: Body, words: str) -> None:
    reported(home, title="Lipsește ședința de analiză")
    assert not found(Nonconformity.objects.of(home.organisation.pk), words).exists()


def test_a_changed_title_is_found_by_its_new_words_only(home: Body) -> None:
    nc = reported(home, title="Old words")
    amend(nc, home.stan, title="Проверките закъсняват")
    rows = Nonconformity.objects.of(home.organisation.pk)
    assert found(rows, "провер").exists()
    assert not found(rows, "old").exists()


def test_another_bodys_rows_are_not_found(home: Body, away: Body) -> None:
    reported(away, title="Lipsește ședința")
    assert not found(Nonconformity.objects.of(home.organisation.pk), "sedinta").exists()
