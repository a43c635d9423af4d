"""A body with a few rows, and a signing key and checkpoint file of the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qms.lifecycle.perform import amend, create
from qms.people.actors import SYSTEM
from qms.people.models import Organisation, Unit


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> Path:
    """No test writes keys or checkpoints anywhere else."""
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "trail.pem"
    settings.CHECKPOINT_FILE = tmp_path / "elsewhere" / "trail.txt"
    return tmp_path


def make_body(code: str = "AJPIS-TEST") -> Organisation:
    """A body, written through the door."""
    return create(Organisation, SYSTEM, code=code, name_en="Agency", country="RO", language="en")


def make_unit(body: Organisation, code: str = "U1", edits: int = 2) -> Unit:
    """A unit with one event for its creation and one for each edit."""
    unit = create(Unit, SYSTEM, organisation=body, code=code, name_en="Unit 0")
    for number in range(1, edits + 1):
        unit = amend(unit, SYSTEM, name_en=f"Unit {number}", reason=f"renamed for the {number}. time")
    return unit


@pytest.fixture
def body(request: pytest.FixtureRequest) -> Organisation:
    """In the database the test asks for: a real one of its own, or the shared one."""
    request.getfixturevalue("real_db" if "real_db" in request.fixturenames else "db")
    return make_body()


@pytest.fixture
def unit(body: Organisation) -> Unit:
    return make_unit(body)
