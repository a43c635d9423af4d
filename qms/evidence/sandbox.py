"""Foreign files are parsed in a child process with limits on memory, time and unpacked size, and without a network.

``parse_foreign`` runs one of our parsers there and returns what it found, or raises ForeignFileRefused, one sentence.
A parser is named ``package.module:function``; it takes the bytes, returns JSON-able data, and raises
``foreign.NotReadable`` with a code from SENTENCES. It may import no Django: the child must start at once.
"""

import json
import logging
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

WORKER = Path(__file__).with_name("sandbox_worker.py")
MOST_BYTES = 25 * 1024 * 1024
WALL_SECONDS = 15
AT_ONCE = 2

SENTENCES = {
    "missing": _("There is no such file."),
    "directory": _("This is a folder, not a file."),
    "not_allowed": _("The file may not be read."),
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(megabytes)s MB."),
    "not_a_package": _("This is no Word document (.docx)."),
    "not_word": _("This is no Word document (.docx)."),
    "old_format": _("The file has a password or the old .doc format. Save it as .docx without a password."),
    "broken_package": _("The file is damaged and cannot be opened."),
    "broken_xml": _("The file is damaged: %(name)s cannot be read."),
    "entities": _("The file is refused: %(name)s defines entities or points outside the document."),
    "unpacked_too_large": _("The file is refused: unpacked it is larger than %(megabytes)s MB."),
    "packed_too_tightly": _("The file is refused: it unpacks to more than %(ratio)s times its size."),
    "too_many_entries": _("The file is refused: it holds more than %(most)s parts."),
    "nested_archive": _("The file is refused: it holds another packed file, %(name)s."),
    "unsafe_name": _("The file is refused: a part in it points outside the document."),
    "encrypted": _("The file is protected by a password. Save it without one."),
    "macros": _("The file is refused: it holds macros. Save it as .docx, which has none."),
    "too_complex": _("The file is refused: it is too complex to be read safely."),
    "too_slow": _("The file is refused: reading it takes too long."),
    "unreadable": _("The file could not be read."),
    "busy": _("Other files are being read now. Try again in a minute."),
}

_log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(AT_ONCE)


class ForeignFileRefused(Exception):
    """The file cannot be taken; ``str()`` is one sentence in the reader's language."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.params


def read_file(path: Path) -> bytes:
    """The bytes of a file named on the command line; raises ForeignFileRefused when there are none or too many."""
    if path.is_dir():
        raise ForeignFileRefused("directory")
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ForeignFileRefused("missing") from None
    except OSError:
        raise ForeignFileRefused("not_allowed") from None


def parse_foreign(target: str, data: bytes, **options: str | int | bool) -> Any:
    """What the parser ``target`` made of ``data``; raises ForeignFileRefused. ``options`` go to the parser by name."""
    if not data:
        raise ForeignFileRefused("empty")
    if len(data) > MOST_BYTES:
        raise ForeignFileRefused("too_large", megabytes=MOST_BYTES // 1024**2)
    if not _places.acquire(timeout=WALL_SECONDS):
        raise ForeignFileRefused("busy")
    try:
        answer = _run_child(target, data, json.dumps(options))
    finally:
        _places.release()
    if "refused" in answer:
        raise ForeignFileRefused(answer["refused"], **answer["params"])
    return answer["result"]


def _run_child(target: str, data: bytes, options: str) -> dict[str, Any]:
    command = [sys.executable, "-I", "-X", "utf8", str(WORKER), target, options]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={}, cwd="/"
    )
    with child:
        try:
            written, complaint = child.communicate(data, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            raise ForeignFileRefused("too_slow") from None
        finally:
            child.kill()
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise ForeignFileRefused("too_slow")
    if child.returncode != 0:
        kind = complaint.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]  # no words of the file
        _log.warning("the reader of foreign files stopped with %s (%s)", child.returncode, kind)
        raise ForeignFileRefused("unreadable")
    answer: dict[str, Any] = json.loads(written)
    return answer
