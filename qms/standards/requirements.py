"""Requirements as others name them: a number with its title, a whole tree, a search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q
from django.utils.translation import get_language

from qms.records.searching import normalised
from qms.standards.models import Edition, Requirement

USUAL: Final = "ISO 9001"
_CITED: Final = re.compile(r"(?:(?P<framework>.*?\S)\s+)?(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})(?P<letter>\s+[a-z])?")


@dataclass
class Node:
    """A requirement with those that are part of it."""

    requirement: Requirement
    children: list[Node] = field(default_factory=list)


def requirement_label(number: str, language: str | None = None) -> str:
    """A cited number with its title: `8.5.1` or `ISO 9001 10.2.1 b` becomes `ISO 9001 10.2.1 b Reaction to …`.

    Without a framework the number is one of ISO 9001. What is not in the catalogue is returned as it was given.
    """
    return requirement_labels([number], language)[number]


def requirement_labels(numbers: Iterable[str], language: str | None = None) -> dict[str, str]:
    """The labels of many citations, in one query."""
    cited = {text: _CITED.fullmatch(text.strip()) for text in numbers}
    wanted = {found["number"] for found in cited.values() if found}
    rows = Requirement.objects.filter(number__in=wanted).select_related("edition__framework") if wanted else ()
    known = {(name, row.number): row for row in rows for name in _names(row.edition)}
    return {text: _label(text, found, known, language or get_language() or "en") for text, found in cited.items()}


def _names(edition: Edition) -> list[str]:
    """What an edition is called: ISO 9001:2015, and just ISO 9001 for the current one."""
    return [str(edition), edition.name, *([edition.framework.code] if edition.is_current else [])]


def _label(text: str, found: re.Match[str] | None, known: dict[tuple[str, str], Requirement], language: str) -> str:
    if found is None:
        return text
    framework = found["framework"] or USUAL
    row = known.get((framework, found["number"]))
    if row is None:
        return text
    return f"{framework} {row.number}{found['letter'] or ''} {row.title_in(language)}"


def tree_of(edition: Edition) -> list[Node]:
    """The requirements of an edition as a tree in their order, in one query. Withdrawn ones are left out."""
    nodes = {row.pk: Node(row) for row in edition.requirements.filter(is_withdrawn=False)}
    roots: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.requirement.parent_id or 0)
        (above.children if above else roots).append(node)
    return roots


def search(text: str, edition: Edition | None = None) -> list[Requirement]:
    """Requirements whose number begins with the text, or whose title has it, in one query.

    Case and diacritics do not matter: `conștientizare`, `conştientizare` and `constientizare` find the same.
    """
    wanted = normalised(text)
    if not wanted:
        return []
    scope = Q(is_withdrawn=False) & (Q(edition=edition) if edition else Q())
    rows = Requirement.objects.filter(scope).select_related("edition__framework").order_by("edition__slug", "order")
    return [row for row in rows if _matches(row, wanted)]


def _matches(row: Requirement, wanted: str) -> bool:
    if wanted[0].isdecimal():
        number = wanted.replace(" ", ".")
        return row.number == number or row.number.startswith(f"{number}.")
    return any(wanted in normalised(title) for title in (row.title_en, row.title_ro, row.title_bg))
