"""The start lines of the processes, the same for `up` and for `run web|worker|scheduler` in production."""

import sys

from qms.project.bootstrap.base import PYTHON, in_own_venv

CELERY = ["-m", "celery", "-A", "qms.project.celery"]


def python() -> str:
    """The interpreter with our packages: this one, or the one in .venv when called from outside."""
    return sys.executable if in_own_venv() or not PYTHON.exists() else str(PYTHON)


def web(bind: str, workers: int = 1, threads: int = 8) -> list[str]:
    """Gunicorn with threads; several workers share the memory of an application loaded once."""
    command = [python(), "-m", "gunicorn", "qms.project.wsgi", f"--bind={bind}", f"--workers={workers}"]
    command += ["--worker-class=gthread", f"--threads={threads}", "--timeout=120", "--graceful-timeout=10"]
    command += ["--config=python:qms.project.gunicorn", "--no-control-socket", "--log-level=warning"]
    return [*command, "--preload"] if workers > 1 else command


def worker(concurrency: int = 2) -> list[str]:
    """A Celery worker of several processes, for a real broker."""
    quiet = ["--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    return [python(), *CELERY, "worker", f"--concurrency={concurrency}", *quiet]


def scheduler() -> list[str]:
    """Celery's beat; it only pokes, so a second one or a missed beat does no harm."""
    return [python(), *CELERY, "beat", "--loglevel=WARNING", "--pidfile="]


def worker_with_scheduler() -> list[str]:
    """Worker and scheduler as threads of one process, for a trial installation."""
    return [python(), "-m", "qms.project.embedded"]
