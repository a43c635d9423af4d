#!/usr/bin/env python3
"""Atestat's one command. `up` starts everything, `test` runs the tests; the rest are Django's commands and our own.

Works with a bare Python: what is not yet installed, `up` and `test` install into .venv.
"""

import importlib.util
import os
import sys


def main() -> int:
    """Runs the command given; 1 with one clear sentence when something is missing."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.stderr.write(
            f"Atestat needs Python 3.11, 3.12 or 3.13; this is {sys.version_info[0]}.{sys.version_info[1]}.\n"
        )
        return 1
    command, rest = sys.argv[1:2], sys.argv[2:]
    if command in (["up"], ["test"]):
        return begin(command[0], rest)
    return django()


def begin(command: str, rest: "list[str]") -> int:
    """The two commands that work before anything is installed."""
    from qms.project.bootstrap.base import Trouble
    from qms.project.bootstrap.test import test
    from qms.project.bootstrap.up import up

    try:
        return {"up": up, "test": test}[command](rest)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def django() -> int:
    """Every other command, with the packages of this interpreter or else of .venv."""
    from qms.project.bootstrap.base import PYTHON, in_own_venv

    if not in_own_venv() and not importlib.util.find_spec("django"):
        if not PYTHON.exists():
            sys.stderr.write("Nothing is installed yet. Begin with: python3 manage.py up\n")
            return 1
        os.execv(PYTHON, [str(PYTHON), *sys.argv])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms.project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
