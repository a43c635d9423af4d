"""`manage.py up` from outside: a page, a restart, a clean stop, a quick second start, data kept."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from qms.project.bootstrap.base import BASE
from tests.fixtures.brokers import free_port

OURS = (
    "DATABASE_URL",
    "BROKER_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "STORAGE_DIR",
    "DJANGO_SETTINGS_MODULE",
)
MEMORY_LIMIT = 250_000_000


@contextmanager
def up(folder: Path, port: int, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | {"VAR_DIR": str(folder)}
    log = folder / "up.txt"
    with log.open("w") as output:
        command = [sys.executable, "manage.py", "up", "--port", str(port), *arguments]
        process = subprocess.Popen(
            command, cwd=BASE, env=environment, stdout=output, stderr=output, text=True, start_new_session=True
        )
    try:
        wait_for_page(process, port, log)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def wait_for_page(process: "subprocess.Popen[str]", port: int, log: Path, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                assert answer.status == 200
                if "Stop with Ctrl-C" in log.read_text():
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def children(process: "subprocess.Popen[str]", word: str) -> list[psutil.Process]:
    found = []
    for child in psutil.Process(process.pid).children():
        with suppress(psutil.NoSuchProcess):  # a zombie, soon to be replaced
            found += [child] if word in " ".join(child.cmdline()) else []
    return found


def test_it_starts_restarts_its_children_and_stops_cleanly(tmp_path: Path) -> None:
    port = free_port()
    with up(tmp_path, port, "--empty") as process:
        text = (tmp_path / "up.txt").read_text()
        assert f"http://127.0.0.1:{port}/" in text
        tree = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        assert sum(each.memory_full_info().pss for each in tree) < MEMORY_LIMIT

        for word in ("gunicorn", "qms.project.embedded"):
            [child] = children(process, word)
            child.kill()
            deadline = time.monotonic() + 15
            while not [c for c in children(process, word) if c.pid != child.pid] and time.monotonic() < deadline:
                time.sleep(0.1)
            assert children(process, word)
        wait_for_page(process, port, tmp_path / "up.txt", 20)
        tree = psutil.Process(process.pid).children(recursive=True)

        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert time.monotonic() - began < 15
        assert not [each for each in tree if each.is_running() and each.status() != "zombie"]

    assert not list(BASE.glob("celerybeat-schedule*"))
    key = (tmp_path / "secret_key").read_text()
    began = time.monotonic()
    with up(tmp_path, port) as process:
        assert time.monotonic() - began < 30
        assert "demo" not in (tmp_path / "up.txt").read_text().lower()
        process.terminate()
        assert process.wait(timeout=20) == 0
    assert (tmp_path / "secret_key").read_text() == key
