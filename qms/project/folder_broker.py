"""A broker that needs no server: messages are files in a folder.

Kombu's own filesystem transport lets the reader take a file while it is still being written, and carries it through
the machine's temporary folder. Here a message appears under its name complete, and is read where it lies.
"""

import json
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem


class Channel(filesystem.Channel):
    """Puts and takes messages of one queue; the file's name orders them."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # as kombu's
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        draft = folder / f".{name}"
        draft.write_bytes(json.dumps(payload).encode())
        draft.rename(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.startswith(".") or name.partition(".")[2] != f"{queue}.msg":
                continue
            try:
                content = (folder / name).read_bytes()
                (folder / name).unlink()
            except FileNotFoundError:  # another worker was faster
                continue
            return json.loads(content)
        raise Empty


class Transport(filesystem.Transport):
    """Named in the settings as the transport of the embedded broker."""

    Channel = Channel
