"""Photos and files that stand as evidence for the answers of a mission."""

from __future__ import annotations

from collections.abc import Mapping

from qms.evidence.boxes import chip
from qms.evidence.models import EvidenceLink
from qms.evidence.reading import evidence_of_all
from qms.face.parts import Evidence
from workflows.inspections.models import Answer


def links_by_item(answers: Mapping[str, Answer]) -> dict[str, list[EvidenceLink]]:
    """What is attached to each answer and not void, by item key. One query."""
    found = evidence_of_all(answers.values())
    return {
        item: kept
        for item, answer in answers.items()
        if (kept := [link for link in found[answer.uid] if not link.is_void])
    }


def files_by_item(answers: Mapping[str, Answer]) -> dict[str, list[Evidence]]:
    """The same as chips for the page."""
    return {item: [chip(link) for link in links] for item, links in links_by_item(answers).items()}
