"""The broker that needs no server: complete messages, in order, each taken once."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from django.conf import settings
from kombu.connection import Connection

PROBE = """
import sys
from pathlib import Path
from qms.project.celery import app

@app.task(name="probe.touch")
def touch(path):
    Path(path).write_text("done")

if sys.argv[1] == "work":
    from qms.project.embedded import main
    main()
else:
    touch.delay(sys.argv[2])
"""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Any]:
    with Connection(
        transport="qms.project.folder_broker.Transport", transport_options={"folder": str(tmp_path)}
    ) as link:
        yield link


def test_messages_come_back_in_order_and_once(broker: Any) -> None:
    with broker.SimpleQueue("jobs") as queue:
        for number in range(5):
            queue.put({"number": number})
        assert [queue.get(timeout=1).payload["number"] for _ in range(5)] == [0, 1, 2, 3, 4]
        with pytest.raises(Empty):
            queue.get(block=False)


def test_a_message_still_being_written_is_not_read(broker: Any, tmp_path: Path) -> None:
    with broker.SimpleQueue("jobs") as queue:
        queue.put({"number": 1})
        (tmp_path / ".0_draft.jobs.msg").write_text("")
        assert queue.get(timeout=1).payload == {"number": 1}
        with pytest.raises(Empty):
            queue.get(block=False)


def test_many_writers_lose_nothing(broker: Any) -> None:
    def write(start: int) -> None:
        with broker.clone() as own, own.SimpleQueue("jobs") as queue:
            for number in range(start, start + 25):
                queue.put(number)

    threads = [threading.Thread(target=write, args=(start,)) for start in range(0, 100, 25)]
    for thread in threads:
        thread.start()
    with broker.SimpleQueue("jobs") as queue:
        found = sorted(queue.get(timeout=5).payload for _ in range(100))
    assert found == list(range(100))


def test_the_embedded_worker_carries_out_a_task_and_stops(tmp_path: Path) -> None:
    script, mark = tmp_path / "probe.py", tmp_path / "mark"
    script.write_text(PROBE)
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR)}
    environment["DJANGO_SETTINGS_MODULE"] = "qms.project.settings"
    worker = subprocess.Popen([sys.executable, script, "work"], env=environment, stderr=subprocess.DEVNULL)
    try:
        subprocess.run([sys.executable, script, "send", mark], env=environment, check=True)
        for _ in range(200):
            if mark.exists():
                break
            time.sleep(0.1)
        assert mark.read_text() == "done"
    finally:
        worker.terminate()
        assert worker.wait(timeout=15) == 0
