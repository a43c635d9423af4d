"""The tables hold the catalogue after every migrate, and a row once there stays."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from qms.standards.load import Loaded, load_catalogue
from qms.standards.models import Requirement
from tests.standards.test_catalogue import CATALOGUE, listed

pytestmark = pytest.mark.django_db


def test_migrating_filled_the_tables() -> None:
    for slug, edition in CATALOGUE.items():
        assert list(Requirement.objects.filter(edition__slug=slug).values_list("number", flat=True)) == list(
            edition.requirements
        )
    row = Requirement.objects.get(edition__slug="iso-9001-2015", number="8.5.1")
    assert row.parent is not None
    assert (row.parent.number, row.parent.parent and row.parent.parent.number) == ("8.5", "8")


def test_loading_again_changes_nothing() -> None:
    assert load_catalogue() == Loaded(0, 0, 0)
    out = StringIO()
    call_command("load_standards", stdout=out)
    assert out.getvalue() == "Requirements: 0 added, 0 changed, 0 withdrawn.\n"


def test_a_lost_row_and_a_changed_title_come_back() -> None:
    Requirement.objects.filter(number="10.3").delete()
    Requirement.objects.filter(edition__slug="osgg-600-2018", number="9").update(title_en="Something else")
    assert load_catalogue() == Loaded(1, 1, 0)
    assert Requirement.objects.get(edition__slug="osgg-600-2018", number="9").title_en == "Procedures"
    assert Requirement.objects.get(number="10.3").parent == Requirement.objects.get(
        edition__slug="iso-9001-2015", number="10"
    )


def test_a_requirement_that_left_the_catalogue_is_withdrawn_and_kept() -> None:
    assert load_catalogue(catalogue=[listed("1", "1.1", "2")]) == Loaded(3, 0, 0)
    old = Requirement.objects.get(edition__slug="draft-1", number="1.1")
    assert load_catalogue(catalogue=[listed("1", "2", "2.1")]) == Loaded(1, 2, 1)
    old.refresh_from_db()
    assert old.is_withdrawn
    assert load_catalogue(catalogue=[listed("1", "1.1", "2", "2.1")]).changed == 3
    old.refresh_from_db()
    assert not old.is_withdrawn
