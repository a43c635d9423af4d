"""Children of the process tree are kept alive and ended in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from qms.project.bootstrap.children import Child, end


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Child]:
    child = Child(
        "web", [sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "log" / "web.log", dict(os.environ)
    )
    yield child
    child.signal(signal.SIGKILL)


def gone(child: Child) -> bool:
    return not child.alive()


def wait_until(what: object, seconds: float = 5.0) -> bool:
    assert callable(what)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.02)
    return False


def test_a_killed_child_is_due_again_with_a_growing_pause(sleeper: Child) -> None:
    sleeper.start()
    assert sleeper.alive()
    sleeper.signal(signal.SIGKILL)
    assert wait_until(lambda: gone(sleeper))
    assert not sleeper.due()
    assert wait_until(sleeper.due, 2.0)
    assert sleeper.pause == 2.0
    sleeper.start()
    assert sleeper.starts == 2


def test_a_child_that_lived_long_starts_again_at_once(sleeper: Child) -> None:
    sleeper.start()
    sleeper.started -= 120
    sleeper.pause = 30.0
    assert sleeper.due()


def test_what_a_child_writes_is_in_its_log(tmp_path: Path) -> None:
    child = Child("web", [sys.executable, "-c", "print('hello')"], tmp_path / "web.log", dict(os.environ))
    child.start()
    assert child.process
    child.process.wait()
    assert (tmp_path / "web.log").read_text() == "hello\n"


def test_ending_is_asked_for_first(sleeper: Child) -> None:
    sleeper.start()
    time.sleep(0.2)
    end([sleeper], patience=5.0)
    assert sleeper.process
    assert sleeper.process.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_killed_with_its_own_children(tmp_path: Path) -> None:
    code = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print(p.pid, flush=True); time.sleep(60)"
    )
    child = Child("worker", [sys.executable, "-c", code], tmp_path / "worker.log", dict(os.environ))
    child.start()
    assert wait_until(lambda: (tmp_path / "worker.log").read_text().strip())
    grandchild = int((tmp_path / "worker.log").read_text())
    end([child], patience=0.3)
    assert child.process
    assert child.process.returncode == -signal.SIGKILL
    assert wait_until(lambda: not psutil.pid_exists(grandchild) or psutil.Process(grandchild).status() == "zombie")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no death signal")
def test_no_orphan_is_left_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from qms.project.bootstrap.children import Child;"
        f"c = Child('web', [sys.executable, '-c', 'import time; time.sleep(60)'], Path({str(tmp_path / 'l')!r}), {{}});"
        "c.start(); print(c.process.pid, flush=True); time.sleep(60)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout
    child = int(supervisor.stdout.readline())
    time.sleep(0.3)
    supervisor.kill()
    supervisor.wait()
    assert wait_until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie")
