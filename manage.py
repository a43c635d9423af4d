#!/usr/bin/env python3
"""Atestat's command: `up` starts everything, `test` runs the tests, the rest are Django's and our own commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms.project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
