"""`manage.py prepare`: everything between installed packages and a first page."""

import time
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command
from django.db import connection

from qms.project import demo
from qms.project.health import missing_migrations
from qms.project.messages import compile_messages
from qms.project.prepared import is_prepared, mark_prepared


class Command(BaseCommand):
    help = (
        "Compiles translations, collects static files, migrates the database. Progress on stderr, the way in on stdout."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quick", action="store_true", help="leave out what has not changed since the last time")
        content = parser.add_mutually_exclusive_group()
        content.add_argument("--demo", action="store_true", help="load the demo content into an empty database")
        content.add_argument("--empty", action="store_true", help="no demo content, now and later")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        if compile_messages():
            self.tell("Translations compiled")
        missing = missing_migrations()
        if missing or not (options["quick"] and is_prepared()):
            self.prepare(len(missing))
        if options["empty"]:
            demo.begin_empty()
        elif options["demo"] and demo.demo_is_wanted():
            self.tell("Loading the demo content; this takes a minute, the first time only")
            demo.load_demo()
        self.stdout.write(demo.greeting())

    def prepare(self, missing: int) -> None:
        self.tell("Collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        self.tell(f"Preparing the database ({connection.vendor}, {missing} new steps)")
        call_command("migrate", interactive=False, verbosity=0)
        mark_prepared()

    def tell(self, text: str) -> None:
        self.stderr.write(f"{time.monotonic() - self.began:5.1f} s  {text}")
