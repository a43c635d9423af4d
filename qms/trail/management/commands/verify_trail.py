"""`manage.py verify_trail [--json] [--checkpoint FILE]`: exit status 0 when everything is as it was written, else 1."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qms.trail.note import BadNote
from qms.trail.verify import Report, verify


class Command(BaseCommand):
    help = "Check the trail: chains, records, clear values, tree, checkpoints, guards in the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument(
            "--checkpoint", type=Path, metavar="FILE", help="checkpoints kept elsewhere, to hold against"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = verify(options["checkpoint"])
        except (BadNote, OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"{options['checkpoint']}: {wrong}", returncode=2) from wrong
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), indent=2))
        else:
            self._print(report)
        if not report.clean:
            sys.exit(1)

    def _print(self, report: Report) -> None:
        for finding in report.findings:
            self.stdout.write(str(finding))
        if report.count > len(report.findings):
            self.stdout.write(f"… and {report.count - len(report.findings)} more")
        self.stdout.write(
            f"{report.events} events of {report.streams} records, {report.sealed} sealed by {report.checkpoints} "
            f"checkpoints, {report.unsealed} not sealed yet; guards {report.guards[:16]}"
        )
        self.stdout.write("Everything is as it was written." if report.clean else f"{report.count} findings.")
