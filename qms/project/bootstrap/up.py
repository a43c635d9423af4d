"""`manage.py up`: everything from nothing, in one process tree, until Ctrl-C."""

import argparse
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from qms.project.bootstrap import packages, processes
from qms.project.bootstrap.base import BASE, Trouble, say, var_dir
from qms.project.bootstrap.children import Child, end

KEPT_ON_RESET = {"log", "static", "up.lock"}
PATIENCE = 90.0


class Stop(BaseException):
    """SIGINT or SIGTERM arrived."""


def up(arguments: list[str]) -> int:
    """Installs, prepares, starts and watches; 0 after a stop by hand, Trouble with one clear sentence."""
    wish = _wishes(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    children: list[Child] = []
    try:
        with _alone():
            _check_port(wish.port)
            packages.ensure()
            if wish.reset:
                _reset()
            environment = {**os.environ, "SITE_URL": os.environ.get("SITE_URL") or f"http://127.0.0.1:{wish.port}"}
            greeting = _prepare(environment, wish.empty)
            children += _children(wish.port, environment)
            _serve(children, wish.port, greeting)
    except Stop:
        say("Stopping")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        end(children)
    say("Stopped. All data is kept in the folder var.")
    return 0


def _wishes(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py up", description="Starts Atestat on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="port of the pages (8000)")
    parser.add_argument("--empty", action="store_true", help="no demo content")
    parser.add_argument("--reset", action="store_true", help="delete all data of this trial installation first")
    return parser.parse_args(arguments)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _alone() -> IO[str]:
    """Holds the lock that lets one `up` run in this folder; raises Trouble if another holds it."""
    lock = var_dir() / "up.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = lock.open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise Trouble("Atestat already runs in this folder. Stop it there with Ctrl-C first.") from None
    return held


def _check_port(port: int) -> None:
    if not 0 < port < 65536:
        raise Trouble(f"{port} is not a port number. Choose one from 1 to 65535.")
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Trouble(f"Port {port} needs administrator rights. Choose one above 1023 with --port.") from None
        except OSError:
            raise Trouble(f"Port {port} is taken. Choose another, as in: manage.py up --port {port + 1}") from None


def _reset() -> None:
    """Deletes this trial installation's data. Raises Trouble where the data lies in a database server."""
    if os.environ.get("DATABASE_URL") or os.environ.get("STORAGE_DIR"):
        raise Trouble("--reset deletes a trial installation only. Unset DATABASE_URL and STORAGE_DIR to use it.")
    say("Deleting all data")
    for entry in var_dir().iterdir():
        if entry.name not in KEPT_ON_RESET:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _prepare(environment: dict[str, str], empty: bool) -> str:
    """Runs `manage.py prepare` in a process of its own, whose memory goes with it; returns what it has to tell."""
    command = [processes.python(), str(BASE / "manage.py"), "prepare", "--quick", "--empty" if empty else "--demo"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    if done.returncode:
        raise Trouble("The installation could not be prepared; the lines above say why.")
    return done.stdout


def _children(port: int, environment: dict[str, str]) -> list[Child]:
    log = var_dir() / "log"
    web = processes.web(f"127.0.0.1:{port}")
    if not os.environ.get("BROKER_URL"):
        named = {"web": web, "worker": processes.worker_with_scheduler()}
    else:
        named = {"web": web, "worker": processes.worker(), "scheduler": processes.scheduler()}
    for name in named:
        with suppress(FileNotFoundError):
            (log / f"{name}.log").replace(log / f"{name}.before.log")
    return [Child(name, command, log / f"{name}.log", environment) for name, command in named.items()]


def _serve(children: list[Child], port: int, greeting: str) -> None:
    say("Starting web and background worker")
    for child in children:
        child.start()
    _wait_for_page(children[0], port)
    say(f"Atestat runs at http://127.0.0.1:{port}/")
    print(f"\n{greeting.strip()}\n" if greeting.strip() else "", flush=True)
    print(f"Logs: {children[0].log.parent}. Stop with Ctrl-C.", flush=True)
    while True:
        time.sleep(0.5)
        for child in children:
            if not child.alive() and child.due():
                say(f"The {child.name} process ended; starting it again (see {child.log})")
                child.start()


def _wait_for_page(web: Child, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and web.alive():
        if _healthy(port):
            return
        time.sleep(0.1)
    raise Trouble(f"The web process gave no page. {_last_line(web.log)} (all of it: {web.log})")


def _healthy(port: int) -> bool:
    """Whether /healthz answers 200. By hand, for urllib would cost the supervisor four megabytes for good."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as link:
        link.sendall(f"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        return b" 200 " in link.recv(64)
    return False


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return f"Its last line was: {lines[-1][:300]}" if lines else "It wrote nothing."
