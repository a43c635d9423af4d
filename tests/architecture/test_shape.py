"""Record types have the same file names; files and functions stay short; what is generated is current."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from qms.records import registry
from qms.records.registry import RecordType
from tests.architecture.code import ROOT, modules

STANDARD = {
    "type.py", "models.py", "lifecycle.py", "rules.py", "commands.py", "consequences.py", "flow.py", "forms.py",
    "report.py", "tasks.py", "views.py", "urls.py", "apps.py", "__init__.py",
}  # fmt: skip
NEEDED = {"type.py", "models.py", "lifecycle.py", "rules.py", "apps.py", "__init__.py"}
# What a type has besides, because it is bigger than most: the file's name says what it is about.
BESIDES = {
    "procedures/documents": {
        "addresses.py", "boxes.py", "content.py", "opening.py", "rich.py", "route.py", "writing.py",
    },
    "workflows/inspections": {"boxes.py", "evidence.py", "findings.py", "photos.py", "results.py", "runner.py"},
    "workflows/nonconformities": {"weak_causes.py"},
}  # fmt: skip

LONGEST_FILE, LONGEST_FUNCTION = 320, 50
# Long for one reason each.
LONG_FILES = {
    "qms/lifecycle/perform.py": "the one door, to be read in one place",
    "qms/face/parts.py": "the vocabulary of the pages, one small dataclass after the other",
    "qms/trail/standalone_verify.py": "travels alone in every evidence pack",
    "qms/api/views.py": "one view per end of the path, with their descriptions",
}


def types() -> list[RecordType]:
    return [each for each in registry.all_types() if not each.model.__module__.startswith("tests.")]


def folder_of(record_type: RecordType) -> str:
    return record_type.model.__module__.rpartition(".")[0].replace(".", "/")


@pytest.mark.parametrize("folder", sorted({folder_of(each) for each in types()}))
def test_a_record_type_has_the_standard_files(folder: str) -> None:
    files = {file.name for file in (ROOT / folder).glob("*.py")}
    assert files >= NEEDED
    besides = {file for file in files - STANDARD if not file.endswith(("_views.py", "_forms.py"))}
    assert besides - BESIDES.get(folder, set()) == set()
    assert (ROOT / folder / "migrations" / "0001_initial.py").exists()


def test_no_file_is_long_without_a_reason() -> None:
    long = {found.path: found.lines for found in modules() if found.lines > LONGEST_FILE}
    assert set(long) - set(LONG_FILES) == set(), long


def test_no_function_is_long() -> None:
    long = {
        f"{found.path}:{each.name}": _length(each)
        for found in modules()
        for each in found.functions()
        if _length(each) > LONGEST_FUNCTION
    }
    assert long == {}


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of what it does: without its signature and its docstring."""
    told = ast.get_docstring(function) is not None
    does = function.body[1:] if told else function.body
    return (function.end_lineno or 0) - does[0].lineno + 1 if does else 0


def test_every_module_that_does_something_says_what() -> None:
    silent = [
        found.path
        for found in modules()
        if found.lines > 20 and ast.get_docstring(found.tree) is None and found.file != "apps.py"
    ]
    assert silent == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_the_written_lifecycles_are_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = tuple(types())
    monkeypatch.setattr(registry, "all_types", lambda: ours)
    call_command("describe_lifecycles", to=str(tmp_path), stdout=io.StringIO())
    written = {file.relative_to(tmp_path): file.read_text() for file in tmp_path.rglob("*.*")}
    assert len(written) == len(types()) + 1
    stale = [str(name) for name, text in written.items() if text != _docs(name)]
    assert stale == [], "run manage.py describe_lifecycles"
    kept = {file.relative_to(ROOT / "docs") for file in (ROOT / "docs" / "lifecycles").glob("*")}
    assert kept == {name for name in written if name.suffix == ".svg"}


def _docs(name: Path) -> str:
    file = ROOT / "docs" / name
    return file.read_text() if file.exists() else ""
