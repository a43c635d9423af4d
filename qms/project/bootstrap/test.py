"""`manage.py test`: the same set-up with the test packages, then pytest in place of this process."""

import os

from qms.project.bootstrap import packages
from qms.project.bootstrap.base import BASE, PYTHON, say


def test(arguments: list[str]) -> int:
    """Passes all arguments to pytest; its exit code is ours. Raises Trouble where something cannot be installed."""
    packages.ensure(tests=True)
    say("Starting the tests")
    os.chdir(BASE)
    os.execv(PYTHON, [str(PYTHON), "-m", "pytest", *arguments])
