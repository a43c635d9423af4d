"""Imports run one way, and each fixed package is known in one place (design.md 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.architecture.code import Module, below, module, modules

# What each part of the house never imports. qms.project is the roof: it may import everything, nobody imports it.
FORBIDDEN = {
    "qms/": ("procedures", "workflows", "qms.project", "tests"),
    "procedures/": ("workflows", "qms.project", "tests"),
    "workflows/": ("qms.project", "tests"),
}
# Fixed package: where alone it is known.
KNOWN_IN: dict[str, Callable[[Module], bool]] = {
    "django_fsm": lambda m: m.path == "qms/lifecycle/field.py",
    "viewflow": lambda m: m.folder == "workflows/engine" or m.file == "flow.py",
    "reportlab": lambda m: m.folder == "qms/reports" or m.path == "qms/project/bench/plain_reportlab.py",
    "celery": lambda m: m.folder == "qms/project" or m.file == "tasks.py",
    "allauth": lambda m: m.folder in ("qms/project", "qms/people", "qms/signatures"),
    "rest_framework": lambda m: m.folder == "qms/api",
    "drf_spectacular": lambda m: m.folder == "qms/api",
    "docx": lambda m: m.folder.startswith("procedures/checklists/word"),
}


def upwards(found: Module) -> list[str]:
    """Imports of this module that run up the house."""
    if found.path.startswith("qms/project/"):
        return [name for name in found.imports() if below(name, "tests")]
    tops = next(tops for folder, tops in FORBIDDEN.items() if found.path.startswith(folder))
    return [name for name in found.imports() if below(name, *tops)]


def strangers(found: Module) -> list[str]:
    """Imports of fixed packages outside the place that knows them."""
    return [
        name
        for name in found.imports()
        for package, here in KNOWN_IN.items()
        if below(name, package) and not here(found)
    ]


def lawless(found: Module) -> list[str]:
    """Models imported where the law is written; under TYPE_CHECKING they may stand."""
    if found.file not in ("rules.py", "lifecycle.py") or found.path.startswith(("qms/lifecycle/", "qms/calendar/")):
        return []
    return [name for name in found.imports(for_types=False) if ".models" in name and not name.startswith("django.")]


@pytest.mark.parametrize("check", [upwards, strangers, lawless])
def test_no_module_imports_what_it_must_not(check: object) -> None:
    assert callable(check)
    wrong = {found.path: names for found in modules() if (names := check(found))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("path", "text", "check"),
    [
        ("qms/records/models.py", "from workflows.engine import inbox", upwards),
        ("qms/records/models.py", "def late():\n    from qms.project.permissions import TABLE", upwards),
        ("procedures/documents/rules.py", "import workflows.engine", upwards),
        ("workflows/audits/views.py", "from reportlab.pdfgen import canvas", strangers),
        ("workflows/audits/models.py", "import django_fsm", strangers),
        ("workflows/audits/views.py", "from viewflow import this", strangers),
        ("workflows/audits/rules.py", "from workflows.audits.models import Audit", lawless),
        ("workflows/audits/lifecycle.py", "from .models import Audit", lawless),
    ],
)
def test_the_checks_see_what_they_look_for(path: str, text: str, check: object) -> None:
    assert callable(check)
    assert check(module(path, text))


def test_type_hints_may_name_models_in_the_law() -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from workflows.audits.models import Audit\n"
    assert not lawless(module("workflows/audits/rules.py", text))
