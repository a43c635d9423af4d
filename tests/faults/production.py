"""A production installation of the test's own: web, worker and scheduler as processes, told by environment alone."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from qms.people.models import Person
from tests.architecture.code import ROOT
from tests.fixtures.brokers import free_port
from tests.fixtures.databases import RealDatabase
from tests.people import PASSWORD, Body

PATIENCE = 60.0


@dataclass
class Installation:
    """Processes of one production on one database and one broker; `kill` is kill -9 of the whole process group."""

    real_db: RealDatabase
    broker: str
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        told = {"BROKER_URL": self.broker, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": self.url, "PRODUCTION": "1"}
        return {**self.real_db.environment(), **told, "SSL_REDIRECT": "0", "CSRF_TRUSTED_ORIGINS": self.url}

    def prepare(self) -> None:
        """What an administrator does after each new version."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "prepare"],
            env=self.environment(), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def start(self, process: str) -> None:
        """Starts web, worker or scheduler as an administrator would."""
        more = [f"--bind=127.0.0.1:{self.port}", "--processes=1"] if process == "web" else []
        log = (self.real_db.folder / f"{process}.log").open("ab")
        command = [sys.executable, str(ROOT / "manage.py"), "run", process, *more]
        self.running[process] = subprocess.Popen(
            command, env=self.environment(), cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )

    def kill(self, process: str) -> None:
        child = self.running.pop(process)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def wait_until_healthy(self) -> dict[str, Any]:
        """What /healthz says, once it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = Browser(self.url).get("/healthz")
                return dict(json.loads(answer.text))
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"web did not answer: {self.log('web')}")

    def log(self, process: str) -> str:
        file = Path(self.real_db.folder) / f"{process}.log"
        return file.read_text()[-3000:] if file.exists() else ""

    def end(self) -> None:
        for process in list(self.running):
            self.kill(process)


@dataclass(frozen=True)
class Answer:
    """Status, text and where it sends one on."""

    status: int
    text: str
    location: str = ""


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Browser:
    """Cookies, forms and no more: enough to use the product over a socket. Lost connections raise OSError."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies), _StayHere())

    def get(self, path: str) -> Answer:
        return self._sent(Request(self.url + path))

    def post(self, path: str, data: Mapping[str, Any]) -> Answer:
        token = next((cookie.value or "" for cookie in self.cookies if cookie.name.endswith("csrftoken")), "")
        form = urlencode({**data, "csrfmiddlewaretoken": token}, doseq=True).encode()
        return self._sent(Request(self.url + path, data=form, headers={"Referer": self.url, "Origin": self.url}))

    def _sent(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.read().decode())
        except HTTPError as other:
            return Answer(other.code, other.read().decode(), other.headers.get("Location", ""))

    def log_in(self, person: Person) -> None:
        """Through the login page, with the password everybody of the cast has."""
        self.get("/account/login/")
        answer = self.post("/account/login/", {"login": person.email, "password": PASSWORD})
        assert answer.status == 302, re.sub(r"<[^>]+>|\s+", " ", answer.text)[-500:]


def let_log_in(body: Body, *names: str) -> None:
    """Gives people a password hash that production knows; tests hash in a way it does not."""
    kept = PBKDF2PasswordHasher().encode(PASSWORD, "salt")
    Person.unscoped.filter(pk__in=[getattr(body, name).pk for name in names]).update(password=kept)


def key_and_version(page: str) -> dict[str, str]:
    """The hidden fields of a form."""
    found = dict(re.findall(r'name="(key|version|content_hash)"[^>]*value="([^"]*)"', page))
    return {name: str(value) for name, value in found.items()}
