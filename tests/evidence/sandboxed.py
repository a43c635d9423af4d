"""Parsers for the tests of the sandbox: what a parser must not be able to do, and what one may."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from qms.evidence.foreign import NotReadable, Package


def size(data: bytes, *, times: int = 1) -> int:
    return len(data) * times


def modules(data: bytes) -> list[str]:
    return sorted(sys.modules)


def surroundings(data: bytes) -> dict[str, Any]:
    return {"secrets": sorted(set(os.environ) - {"LC_CTYPE"}), "folder": str(Path.cwd())}


def unpack(data: bytes) -> list[str]:
    package = Package(data)
    return [name for name in sorted(package.names) if package.content(name) or True]


def xml(data: bytes) -> str:
    return Package(data).xml("word/document.xml").tag


def refuse(data: bytes) -> None:
    raise NotReadable("too_many_entries", most=7)


def spin(data: bytes) -> None:
    while True:
        pass


def swallow(data: bytes) -> int:
    return len(bytearray(1024 * 1024 * 1024))


def dig(data: bytes) -> None:
    dig(data)


def fail(data: bytes) -> None:
    raise KeyError("a word of the file")


def call_out(data: bytes) -> None:
    socket.create_connection(("127.0.0.1", int(data)), timeout=2)


def read_secret(data: bytes) -> str:
    return Path("/etc/hostname").read_text()


def write_file(data: bytes) -> None:
    Path(data.decode()).write_text("x")


def talk(data: bytes) -> str:
    return "x" * (9 * 1024 * 1024)
