"""Child processes that are kept alive: restarted when they die, ended in order when we end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

LONGEST_PAUSE = 30.0
SETTLED = 60.0


@dataclass
class Child:
    """One process of the tree, with its log file. A quick death doubles the pause before the next start."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    pause: float = 1.0
    started: float = 0.0
    starts: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Starts it in a session of its own, so that Ctrl-C reaches us alone and we end it in order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.started, self.starts = time.monotonic(), self.starts + 1
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def due(self) -> bool:
        """Whether a dead child may be started again now; one that had lived long starts afresh without a pause."""
        lived = time.monotonic() - self.started
        if lived > SETTLED:
            self.pause = 1.0
        if lived < self.pause:
            return False
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return True

    def signal(self, number: int) -> None:
        """Sends a signal to the child's whole session."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: no orphans after kill -9 of the supervisor


def end(children: list[Child], patience: float = 12.0) -> None:
    """Asks all children to finish, waits, then kills what is left."""
    for child in children:
        if child.alive() and child.process:
            with contextlib.suppress(ProcessLookupError):
                child.process.terminate()
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(child.alive() for child in children):
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)
        if child.process:
            child.process.wait()
