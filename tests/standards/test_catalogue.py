"""The catalogue as its files list it: complete, in three languages, and refused where it contradicts itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from qms.standards.catalogue import CatalogueError, Listed, number_above, read, read_all

CATALOGUE = {listed.slug: listed for listed in read_all()}
ISO_9001 = """
4 4.1 4.2 4.3 4.4 4.4.1 4.4.2
5 5.1 5.1.1 5.1.2 5.2 5.2.1 5.2.2 5.3
6 6.1 6.1.1 6.1.2 6.2 6.2.1 6.2.2 6.3
7 7.1 7.1.1 7.1.2 7.1.3 7.1.4 7.1.5 7.1.5.1 7.1.5.2 7.1.6 7.2 7.3 7.4 7.5 7.5.1 7.5.2 7.5.3 7.5.3.1 7.5.3.2
8 8.1 8.2 8.2.1 8.2.2 8.2.3 8.2.3.1 8.2.3.2 8.2.4 8.3 8.3.1 8.3.2 8.3.3 8.3.4 8.3.5 8.3.6 8.4 8.4.1 8.4.2 8.4.3
8.5 8.5.1 8.5.2 8.5.3 8.5.4 8.5.5 8.5.6 8.6 8.7 8.7.1 8.7.2
9 9.1 9.1.1 9.1.2 9.1.3 9.2 9.2.1 9.2.2 9.3 9.3.1 9.3.2 9.3.3
10 10.1 10.2 10.2.1 10.2.2 10.3
"""
CEDILLAS = set("şţŞŢ")


def test_iso_9001_has_every_clause_from_4_to_10() -> None:
    assert list(CATALOGUE["iso-9001-2015"].requirements) == ISO_9001.split()


def test_the_climate_amendment_marks_4_1_and_4_2_only() -> None:
    rows = CATALOGUE["iso-9001-2015"].requirements
    assert {number: row["amendment"] for number, row in rows.items() if row["amendment"]} == {
        "4.1": "Amd 1:2024",
        "4.2": "Amd 1:2024",
    }
    assert "climate" in rows["4.1"]["note_en"]
    assert "climatice" in rows["4.1"]["note_ro"]
    assert "климата" in rows["4.2"]["note_bg"]


def test_romania_has_sixteen_control_standards() -> None:
    rows = CATALOGUE["osgg-600-2018"].requirements
    assert list(rows) == [str(number) for number in range(1, 17)]
    assert rows["9"]["title_ro"] == "Proceduri"


@pytest.mark.parametrize("slug", CATALOGUE)
def test_every_title_stands_in_three_languages(slug: str) -> None:
    for number, row in CATALOGUE[slug].requirements.items():
        titles = [row[f"title_{language}"] for language in ("en", "ro", "bg")]
        assert all(titles), number
        assert not CEDILLAS & set(titles[1]), number
        assert any("а" <= letter <= "я" for letter in titles[2].lower()), number


def test_a_number_is_part_of_the_one_before_its_last_point() -> None:
    assert [number_above(number) for number in ("8.5.1", "8.5", "8")] == ["8.5", "8", ""]


@pytest.mark.parametrize(
    ("requirements", "says"),
    [('[{number: "1"}, {number: "1"}]', "1 stands twice"), ('[{number: "1.1"}]', "1.1 stands before 1")],
)
def test_a_catalogue_that_contradicts_itself_is_refused(tmp_path: Path, requirements: str, says: str) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(f"framework: {{code: X, names: {{}}}}\nedition: '1'\nrequirements: {requirements}\n")
    with pytest.raises(CatalogueError, match=says):
        read(path)


def listed(*numbers: str) -> Listed:
    """A small catalogue of its own, for tests of the loader."""
    rows = {
        number: {
            "order": order,
            **{f"title_{language}": f"Title {number}" for language in ("en", "ro", "bg")},
            **{f"note_{language}": "" for language in ("en", "ro", "bg")},
            "amendment": "",
            "maintains": False,
            "retains": False,
            "is_withdrawn": False,
        }
        for order, number in enumerate(numbers, start=1)
    }
    names = {f"name_{language}": "Draft" for language in ("en", "ro", "bg")}
    return Listed("draft-1", {"code": "DRAFT", **names}, {"name": "1", "amendments": "", "is_current": True}, rows)
