"""`manage.py load_standards`: bring the catalogue of standards into the database; `migrate` does it by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from qms.standards.load import load_catalogue


class Command(BaseCommand):
    help = "Loads the catalogue of standards. Run again it changes only what differs, and it deletes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        done = load_catalogue()
        self.stdout.write(f"Requirements: {done.added} added, {done.changed} changed, {done.withdrawn} withdrawn.")
