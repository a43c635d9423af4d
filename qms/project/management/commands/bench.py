"""`manage.py bench [--json] [--quick] [--only NAME]`: exit status 0 when every bound is held, else 1."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qms.project.bench.figures import table
from qms.project.bench.run import NAMES, measure


class Command(BaseCommand):
    help = "Measure what the product costs, as ratios, on throwaway databases; this installation's is not touched."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--quick", action="store_true", help="few rounds on few records: to see that it runs")
        parser.add_argument("--only", action="append", choices=NAMES, default=[], help="this alone; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        run = measure(options["only"], options["quick"], lambda line: self.stderr.write(f"measuring {line}"))
        if options["json"]:
            self.stdout.write(json.dumps(run.as_data(), indent=2))
        else:
            self.stdout.write("\n".join(table(run.figures)))
        for name, why in run.missing.items():
            self.stderr.write(f"not measured: {name} ({why})")
        if not run.held:
            sys.exit(1)
