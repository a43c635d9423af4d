"""A broker that needs no server: messages are files in a folder.

Kombu's own filesystem transport lets a reader take a file, or a table of bindings, while it is still being written.
Here a message appears under its name complete, is read where it lies, and bindings stay in each process's memory.
"""

import json
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import virtual


class Channel(virtual.Channel):
    """Puts and takes messages; the file's name holds queue and order. Transport option: folder."""

    @property
    def folder(self) -> Path:
        return Path(self.connection.client.transport_options["folder"])

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        draft = self.folder / f".{name}"
        draft.write_text(json.dumps(message))
        draft.rename(self.folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for file in self._waiting(queue):
            try:
                content = file.read_text()
                file.unlink()
            except FileNotFoundError:  # another worker was faster
                continue
            return json.loads(content)
        raise Empty

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _purge(self, queue: str) -> int:
        files = self._waiting(queue)
        for file in files:
            file.unlink(missing_ok=True)
        return len(files)

    def _waiting(self, queue: str) -> list[Path]:
        names = sorted(os.listdir(self.folder))  # a draft's name begins with a dot, so it is no queue's
        return [self.folder / name for name in names if name.partition(".")[2] == f"{queue}.msg"]


class Transport(virtual.Transport):
    """Named in the settings as the transport of the embedded broker."""

    Channel = Channel
    global_state = virtual.BrokerState()
    driver_type = driver_name = "folder"

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)  # type: ignore[no-untyped-call]
        self.state = self.global_state

    def driver_version(self) -> str:
        return "1"
