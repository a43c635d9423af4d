"""`manage.py doctor`: what an administrator would trip over, each line with its cure; exit code 1 if anything fails."""

from typing import Any

from django.core.management import BaseCommand

from qms.project.doctor import doors, services, stores
from qms.project.doctor.finding import Check, examine

CHECKS: dict[str, Check] = {
    "settings": doors.installation,
    "database": stores.database,
    "broker": services.broker,
    "mail": services.letters,
    "fonts": stores.fonts,
    "static files": stores.static_files,
    "storage": stores.storage,
    "proxy": doors.proxy,
    "CSRF": doors.csrf,
    "migrations": stores.migrations,
}
ON_MIGRATED_TABLES: dict[str, Check] = {
    "guards": stores.guards,
    "evidence": stores.evidence,
    "background": services.background,
    "clock": services.clock,
}


class Command(BaseCommand):
    help = "Checks this installation; each line that is not ok says how to put it right."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [finding for subject, check in CHECKS.items() for finding in examine(subject, check)]
        if not any(finding.grade == "fail" and finding.subject in ("database", "migrations") for finding in findings):
            findings += [
                finding for subject, check in ON_MIGRATED_TABLES.items() for finding in examine(subject, check)
            ]
        for finding in findings:
            self.stdout.write(finding.line())
        failed = sum(finding.grade == "fail" for finding in findings)
        if failed:
            self.stderr.write(f"{failed} to put right.")
            raise SystemExit(1)
        self.stdout.write("Nothing to put right.")
