"""Checkpoints as text anybody can check: a C2SP signed note with an Ed25519 signature.

atestat.example.org              origin
1042                             size of the tree
1Xh2…=                           its root, base64
time 2026-11-22T07:00:00.000000Z
previous 5f1c…                   SHA-256 of the note before, `none` for the first

— atestat.example.org 4kZ1…      key id (4 bytes) and signature (64 bytes), base64
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from qms.trail.canonical import utc_text

ED25519 = b"\1"
NONE = "none"


class BadNote(ValueError):
    """The text is no checkpoint of ours."""


@dataclass(frozen=True)
class Note:
    """A checkpoint read from its text. `full` is the whole text, `text` the part that is signed."""

    text: str
    origin: str
    size: int
    root: bytes
    time: str
    previous: str
    key_id: str
    signature: bytes

    @property
    def full(self) -> str:
        signed = base64.b64encode(bytes.fromhex(self.key_id) + self.signature).decode()
        return f"{self.text}\n— {self.origin} {signed}\n"


def key_id(origin: str, public: bytes) -> str:
    """The first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ key), in hex, as C2SP signed-note says."""
    return hashlib.sha256(origin.encode() + b"\n" + ED25519 + public).hexdigest()[:8]


def verifier_line(origin: str, public: bytes) -> str:
    """The public key as one line of text: name+id+base64."""
    return f"{origin}+{key_id(origin, public)}+{base64.b64encode(ED25519 + public).decode()}"


def write_note(origin: str, size: int, root: bytes, at: datetime, previous: str, key: Ed25519PrivateKey) -> Note:
    """Make and sign a checkpoint."""
    time = utc_text(at)
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\ntime {time}\nprevious {previous or NONE}\n"
    identity = key_id(origin, key.public_key().public_bytes_raw())
    return Note(text, origin, size, root, time, previous, identity, key.sign(text.encode()))


def digest(full: str) -> str:
    """How the next checkpoint names this one."""
    return hashlib.sha256(full.encode()).hexdigest()


def read_note(full: str) -> Note:
    """Read one checkpoint. Raises BadNote; says nothing yet about the signature."""
    text, _, rest = full.partition("\n\n")
    lines = text.split("\n")
    signed = rest.strip().split(" ")
    if len(lines) != 5 or len(signed) != 3 or signed[:2] != ["—", lines[0]]:
        raise BadNote("this is no checkpoint of a trail")
    try:
        size, root, raw = int(lines[1]), _unbase64(lines[2]), _unbase64(signed[2])
    except ValueError as wrong:
        raise BadNote("this checkpoint cannot be read") from wrong
    if len(root) != 32 or len(raw) != 68 or lines[3][:5] != "time " or lines[4][:9] != "previous ":
        raise BadNote("this checkpoint is not complete")
    previous = "" if lines[4][9:] == NONE else lines[4][9:]
    return Note(f"{text}\n", lines[0], size, root, lines[3][5:], previous, raw[:4].hex(), raw[4:])


def read_notes(text: str) -> Iterator[Note]:
    """All checkpoints of a file, in their order. Raises BadNote."""
    blocks = text.replace("\r\n", "\n").strip("\n").split("\n\n")
    if len(blocks) % 2:
        raise BadNote("this is no file of checkpoints")
    for body, signed in zip(blocks[::2], blocks[1::2], strict=True):
        yield read_note(f"{body.strip()}\n\n{signed.strip()}\n")


def is_signed_by(note: Note, public: bytes) -> bool:
    """Whether this key signed this note."""
    if note.key_id != key_id(note.origin, public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(note.signature, note.text.encode())
    except InvalidSignature:
        return False
    return True


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise ValueError(text) from wrong
