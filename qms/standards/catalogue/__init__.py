"""Reads the catalogue: one YAML file for each edition, numbers and our own short titles in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("en", "ro", "bg")


class CatalogueError(ValueError):
    """A catalogue file that contradicts itself; the text names the file and the number."""


@dataclass(frozen=True)
class Listed:
    """An edition as its file lists it: ready values for the rows of Framework, Edition and Requirement."""

    slug: str
    framework: dict[str, str]
    edition: dict[str, Any]
    requirements: dict[str, dict[str, Any]]


def read_all(folder: Path = FOLDER) -> list[Listed]:
    """Every file of the folder in the order of its name. Raises CatalogueError for one that contradicts itself."""
    return [read(path) for path in sorted(folder.glob("*.yaml"))]


def read(path: Path) -> Listed:
    """One file; the order of its requirements is kept, and each parent stands before its children."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    framework = found["framework"]
    rows: dict[str, dict[str, Any]] = {}
    for order, each in enumerate(found["requirements"], start=1):
        number = str(each["number"])
        if number in rows:
            raise CatalogueError(f"{path.name}: {number} stands twice.")
        if (above := number_above(number)) and above not in rows:
            raise CatalogueError(f"{path.name}: {number} stands before {above}.")
        rows[number] = _row(each, order)
    return Listed(
        slug=path.stem,
        framework={"code": framework["code"], **_in_languages("name", framework["names"])},
        edition={
            "name": str(found["edition"]),
            "amendments": found.get("amendments", ""),
            "is_current": found.get("current", True),
        },
        requirements=rows,
    )


def number_above(number: str) -> str:
    """The number this one is part of: 8.5 for 8.5.1, none for 8."""
    return number.rpartition(".")[0]


def _row(each: dict[str, Any], order: int) -> dict[str, Any]:
    return {
        "order": order,
        **_in_languages("title", each),
        **_in_languages("note", each.get("note", {})),
        "amendment": each.get("amendment", ""),
        "maintains": each.get("maintains", False),
        "retains": each.get("retains", False),
        "is_withdrawn": False,
    }


def _in_languages(name: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": texts.get(language, "") for language in LANGUAGES}
