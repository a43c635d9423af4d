"""What every test has: real databases, brokers and browsers (see tests/fixtures), and compiled translations."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

pytest_plugins = [
    "tests.people",
    "tests.fixtures.parts",
    "tests.fixtures.databases",
    "tests.fixtures.brokers",
    "tests.fixtures.browser",
]


def pytest_sessionstart() -> None:
    """Compiles translations that are newer than their .mo files."""
    from qms.project.messages import compile_messages

    compile_messages()


@pytest.fixture(autouse=True)
def own_trail_files(settings: Any) -> None:
    """Each test has a signing key and a checkpoint file of its own: what another sealed is no fork of its trail."""
    own = Path(settings.VAR_DIR) / "trails" / uuid4().hex
    settings.SIGNING_KEY_FILE = own / "keys" / "trail.pem"
    settings.CHECKPOINT_FILE = own / "elsewhere" / "trail.txt"
