"""Photos of a mission on paper."""

from __future__ import annotations

from qms.reports.blocks import Block
from workflows.inspections.models import Inspection


def photo_blocks(inspection: Inspection, language: str, number: str | None = None) -> list[Block]:
    return []
