"""Where things are, how progress is told, and the one way to give up."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

BASE = Path(__file__).resolve().parents[3]
VENV = BASE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STARTED = time.monotonic()


class Trouble(Exception):
    """Something is missing that only the person at the keyboard can supply; the message is one clear sentence."""


def var_dir() -> Path:
    """The folder for everything this installation makes, as the settings know it."""
    return Path(os.environ.get("VAR_DIR") or BASE / "var").resolve()


def say(text: str) -> None:
    """One line of progress, with the seconds since the start."""
    print(f"{time.monotonic() - STARTED:5.1f} s  {text}", flush=True)


def run(command: Sequence[str | Path], log: str, sorry: str, told: str = "", total: int = 0) -> None:
    """Runs a command with its output in a log file; says a line for every tenth line that begins with `told`.

    Raises Trouble with `sorry`, the command's last line and the log's name when it fails.
    """
    file = var_dir() / "log" / log
    file.parent.mkdir(parents=True, exist_ok=True)
    seen, last = 0, ""
    with file.open("w") as kept:
        child = subprocess.Popen(command, cwd=BASE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert child.stdout
        try:
            for line in child.stdout:
                kept.write(line)
                last = line.strip() or last
                if told and line.startswith(told):
                    seen += 1
                    if seen % 10 == 0:
                        say(f"  {seen} of {total}")
            code = child.wait()
        except BaseException:
            child.kill()
            raise
    if code:
        raise Trouble(f"{sorry} The last line was: {last[:300]} (all of it: {file})")


def in_own_venv() -> bool:
    """Whether this interpreter is the one in .venv."""
    return Path(sys.prefix).resolve() == VENV.resolve()
