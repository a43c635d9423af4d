"""Production's three processes, on a real PostgreSQL and a real Redis, set up by the environment alone."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings

from tests.fixtures.brokers import free_port
from tests.fixtures.databases import PostgresServer
from tests.fixtures.parts import POSTGRESQL


@pytest.fixture
def environment(
    postgresql_server: PostgresServer, redis_url: str, tmp_path: Path, django_db_setup: None
) -> Iterator[dict[str, str]]:
    POSTGRESQL.use(postgresql_server.version)
    with postgresql_server.copy_of_template() as url:
        yield {
            **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
            "DJANGO_SETTINGS_MODULE": "qms.project.settings",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": url,
            "BROKER_URL": redis_url,
            "SECRET_KEY": "production" * 5,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "http://127.0.0.1",
        }


def manage(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[bytes]":
    log = Path(environment["VAR_DIR"]) / f"{arguments[-1]}.log"
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    with log.open("wb") as output:
        return subprocess.Popen(command, env=environment, stdout=output, stderr=output)


def run(environment: dict[str, str], command: str) -> str:
    code = manage(environment, command).wait(timeout=120)
    log = (Path(environment["VAR_DIR"]) / f"{command}.log").read_text()
    assert code == 0, log
    return log


def answer(port: int) -> dict[str, bool]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as page:
            found: dict[str, bool] = json.load(page)
    except (OSError, urllib.error.HTTPError):
        return {}
    return found


def test_web_worker_and_scheduler_start_work_and_stop(environment: dict[str, str]) -> None:
    port = free_port()
    run(environment, "prepare")
    processes = [
        manage(environment, "run", "--bind", f"127.0.0.1:{port}", "web"),
        manage(environment, "run", "worker"),
        manage(environment, "run", "scheduler"),
    ]
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not answer(port).get("ok"):
            time.sleep(0.2)
        log = (Path(environment["VAR_DIR"]) / "web.log").read_text()
        assert answer(port) == {"ok": True, "database": True, "migrations": True, "broker": True}, log
        with Celery(broker=environment["BROKER_URL"]) as app:
            pings: list[dict[str, object]] = []
            while time.monotonic() < deadline and not pings:
                pings = app.control.ping(timeout=1)
        assert len(pings) == 1
        assert all(process.poll() is None for process in processes)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(timeout=30) for process in processes]
    assert codes == [0, 0, 0]


def test_the_console_offers_a_link_while_nobody_is_there(environment: dict[str, str]) -> None:
    log = run(environment, "prepare")
    assert "become the first administrator" in log
    assert "http://127.0.0.1/" in log


def test_doctor_passes_on_production(environment: dict[str, str]) -> None:
    run(environment, "prepare")
    assert "production installation" in run(environment, "doctor")
