"""manage.py rebuild_tasks: the open tasks of every record, from the records alone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflows.engine.rebuild import rebuild, records_with_tasks


class Command(BaseCommand):
    help = "Makes the open tasks of every record what the record and its trail ask. --check only looks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit status 1 if something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        check = options["check"]
        looked, wrong = 0, 0
        for record in records_with_tasks():
            looked += 1
            for line in rebuild(record, write=not check):
                wrong += 1
                self.stdout.write(line)
        self.stdout.write(f"{looked} records, {wrong} differences" + (" found" if check else " put right"))
        if check and wrong:
            raise SystemExit(1)
