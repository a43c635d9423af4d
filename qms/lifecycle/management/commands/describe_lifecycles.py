"""Write every lifecycle's table and drawing, so that an auditor can read the law without reading code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from qms.lifecycle.diagram import svg
from qms.lifecycle.rules import Rule
from qms.lifecycle.table import Step
from qms.people.actors import role_label
from qms.records import registry
from qms.records.registry import RecordType


class Command(BaseCommand):
    help = "Writes the tables and drawings of all lifecycles, to docs/ or to the folder named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default="docs", help="the folder; lifecycles.md and lifecycles/*.svg go there")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["to"])
        with translation.override("en"):
            (folder / "lifecycles").mkdir(parents=True, exist_ok=True)
            types = registry.all_types()
            (folder / "lifecycles.md").write_text(page(types), encoding="utf-8")
            for record_type in types:
                drawn = svg(record_type.lifecycle).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
                (folder / "lifecycles" / f"{record_type.name}.svg").write_text(styled(drawn), encoding="utf-8")
        self.stdout.write(f"{len(types)} lifecycles written to {folder / 'lifecycles.md'}")


HEAD = "| step | from | to | by | when | must be given | not who did | signature |\n|---|---|---|---|---|---|---|---|"
STYLE = (
    "<style>rect{fill:#fff;stroke:#155463}text{font:12px sans-serif;fill:#17212b}"
    "path{fill:none;stroke:#5a6572}.at-diagram-way{stroke:#155463;stroke-width:2}.at-diagram-head{fill:#5a6572}</style>"
)


def styled(drawn: str) -> str:
    """The drawing as a file of its own, with its colours inside."""
    return drawn.replace("<defs>", STYLE + "<defs>", 1) + "\n"


def page(types: Iterable[RecordType]) -> str:
    """All tables as Markdown."""
    parts = ["# Lifecycles\n\nWritten by `manage.py describe_lifecycles`; a test holds it current.\n"]
    parts += [_table(record_type) for record_type in types]
    return "\n".join(parts)


def _table(record_type: RecordType) -> str:
    lifecycle = record_type.lifecycle
    rows = [_row(record_type, step) for step in lifecycle.steps]
    name = str(record_type.label).capitalize()
    title = f"## {name} ({lifecycle.judged_under})\n\n![drawing](lifecycles/{record_type.name}.svg)\n"
    rights = [f"Created by: {', '.join(_who(record_type, t) for t in lifecycle.create_by)}."]
    for state, takers in lifecycle.edit_by.items():
        rights.append(f"Edited while {state.label} by: {', '.join(_who(record_type, t) for t in takers)}.")
    return "\n".join([title, HEAD, *rows, "", " ".join(rights), ""])


def _row(record_type: RecordType, step: Step) -> str:
    cells = (
        f"{step.label} (`{step.verb}`)",
        ", ".join(str(state.label) for state in step.sources),
        str(step.to.label),
        ", ".join(_who(record_type, taker) for taker in step.takers),
        " ".join(_condition(rule) for rule in (*step.when, *step.after)),
        ", ".join(step.give),
        ", ".join(step.not_who_did),
        step.meaning,
    )
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _condition(rule: Rule) -> str:
    return f"not: “{rule.otherwise}”" + (f" ({rule.clause})" if rule.clause else "")


def _who(record_type: RecordType, taker: str) -> str:
    if taker == "clock":
        return "the application"
    return str(record_type.part_labels.get(taker) or role_label(taker))
