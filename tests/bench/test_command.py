"""The command runs on ground of its own and tells what it promised. No time is asserted here: machines differ."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from qms.project.bench.ground import Room, ask
from tests.fixtures.databases import TEMPLATE


def bench(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "bench", *arguments]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "VAR_DIR": str(folder), "TMPDIR": str(folder)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_quick_papers_as_json_have_the_promised_shape_and_leave_nothing(tmp_path: Path) -> None:
    done = bench(tmp_path, "--quick", "--json", "--only", "papers")
    told: dict[str, Any] = json.loads(done.stdout)
    assert set(told) == {"held", "quick", "records", "machine", "figures", "missing"}
    assert [each["name"] for each in told["figures"]] == ["report", "register"]
    assert all(each["value"] > 0 and each["beside"]["pages"] > 1 for each in told["figures"])
    assert {each["held"] for each in told["figures"]} <= {"yes", "no"}
    assert done.returncode == (0 if told["held"] else 1)
    assert not list(tmp_path.glob("atestat-bench-*"))
    assert not (tmp_path / "atestat.sqlite3").exists()


def test_a_step_costs_few_statements_and_the_trail_of_the_loaded_records_is_whole(
    tmp_path: Path, django_db_setup: None
) -> None:
    """The child of a run on SQLite; `trail` verifies every record that was written in bulk."""
    shutil.copy(TEMPLATE, tmp_path / "few.sqlite3")
    told = {"only": ["step", "pages", "trail"], "quick": True, "few": 120, "many": 240}
    room = Room(tmp_path)
    figures = {each["name"]: each for each in ask(room.child("databases", json.dumps(told)))}
    assert figures["step_statements"]["value"] <= 8
    assert figures["routed_statements"]["value"] <= 18
    assert figures["step_time"]["held"] == figures["routed_time"]["held"] == "reported"
    for page in ("inbox", "inbox_search", "list", "filter", "search", "detail"):
        assert figures[f"{page}_statements"]["held"] == "yes", figures[f"{page}_statements"]
    assert figures["verifying"]["beside"]["events"] > 240 + 96


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    done = bench(tmp_path, "--only", "everything")
    assert done.returncode == 2
    assert "invalid choice" in done.stderr
