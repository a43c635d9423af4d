"""Memory of the whole process tree of `manage.py up` at rest: the sum of PSS, which counts shared pages once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from qms.project.bench.figures import Figure
from qms.project.bench.ground import PASSED_ON, NotHere
from qms.project.bootstrap.base import BASE

BOUND = 250
PATIENCE = 240.0
SETTLED, SETTLED_QUICK = 40.0, 8.0  # the scheduler has poked each of its tasks
FIRST_PAGES = ("/accounts/login/", "/accessibility", "/healthz")


def figures(folder: Path, quick: bool) -> list[Figure]:
    """Starts the tree in a folder of its own, with demo content, lets it rest, adds up. Raises NotHere."""
    if not Path("/proc/self/smaps_rollup").exists():
        raise NotHere("PSS is told by Linux only")
    port = _free_port()
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"VAR_DIR": str(folder)}
    command = [sys.executable, str(BASE / "manage.py"), "up", "--port", str(port), *(["--empty"] if quick else [])]
    with (folder / "up.log").open("w") as log:
        tree = subprocess.Popen(command, cwd=BASE, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(tree, port, folder / "up.log")
        for page in FIRST_PAGES:
            _get(port, page)
        time.sleep(SETTLED_QUICK if quick else SETTLED)
        shares = {name: round(_pss(pid) / 1024, 1) for pid, name in _tree(tree.pid)}
    finally:
        tree.send_signal(signal.SIGINT)
        tree.wait(30)
    return [Figure("memory", "memory at rest of the embedded tree", "sqlite", sum(shares.values()), "MB", BOUND,
                   beside=dict(shares))]  # fmt: skip


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(tree: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and tree.poll() is None:
        if " 200 " in _get(port, "/healthz"):
            return
        time.sleep(0.3)
    lines = log.read_text(errors="replace").strip().splitlines()
    raise NotHere(f"the tree did not start: {lines[-1] if lines else 'it said nothing'}")


def _get(port: int, page: str) -> str:
    """The first line of the answer; nothing where nobody listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as link:
            link.sendall(f"GET {page} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            return link.recv(200).decode("latin-1").partition("\r\n")[0]
    except OSError:
        return ""


def _tree(top: int) -> Iterator[tuple[int, str]]:
    """Every process of the tree with what it does."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    seen = {top}
    while more := {pid for pid, parent in parents.items() if parent in seen} - seen:
        seen |= more
    for pid in sorted(seen):
        yield pid, f"{_role(pid)} {pid}"


def _role(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    known = {"gunicorn": "web", "embedded": "worker", "manage.py": "supervisor"}
    return next((role for sign, role in known.items() if sign in words), "process")


def _pss(pid: int) -> int:
    """Kilobytes; 0 for a process that has just gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
