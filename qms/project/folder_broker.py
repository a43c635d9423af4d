"""A broker that needs no server: messages are files in a folder.

Kombu's own filesystem transport lets the reader take a file while it is still being written, and carries it through
the machine's temporary folder. Here a message appears under its name complete, and is read where it lies.
"""

import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):  # type: ignore[misc]  # kombu has no type hints
    """Puts and takes messages of one queue; the file's name orders them."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        draft = folder / f".{name}"
        draft.write_bytes(str_to_bytes(dumps(payload)))
        draft.rename(folder / name)

    def _get(self, queue: str) -> Any:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.startswith(".") or name.partition(".")[2] != f"{queue}.msg":
                continue
            try:
                content = (folder / name).read_bytes()
                (folder / name).unlink()
            except FileNotFoundError:  # another worker was faster
                continue
            return loads(bytes_to_str(content))
        raise Empty


class Transport(filesystem.Transport):  # type: ignore[misc]  # kombu has no type hints
    """Named in the settings as the transport of the embedded broker."""

    Channel = Channel
