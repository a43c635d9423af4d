"""`manage.py run web|worker|scheduler`: the start lines of production, one process each, logs on stderr."""

import os
from typing import Any

from django.core.management import BaseCommand, CommandParser

from qms.project.bootstrap import processes
from qms.project.demo import claim_link


class Command(BaseCommand):
    help = "Starts one of production's processes in place of this one: web, worker or scheduler."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("process", choices=["web", "worker", "scheduler"])
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port of web (127.0.0.1:8000)")
        parser.add_argument("--processes", type=int, default=2, help="processes of web or worker (2)")
        parser.add_argument("--threads", type=int, default=8, help="threads of each web process (8)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["process"] == "web":
            if link := claim_link():
                self.stderr.write(link)
            command = processes.web(options["bind"], options["processes"], options["threads"])
        elif options["process"] == "worker":
            command = processes.worker(options["processes"])
        else:
            command = processes.scheduler()
        os.execv(command[0], command)  # noqa: S606  # our own start line, no shell
