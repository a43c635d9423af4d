"""The signing key: a file outside the database (SIGNING_KEY_FILE, 0400), and the public keys we trust beside it.

The key is made with the first checkpoint. Afterwards a missing key is an incident, not a reason to make a new one.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from qms.trail.note import key_id, verifier_line

PRIVATE = 0o400


class NoKey(RuntimeError):
    """There are checkpoints, but the key that signs them is not where it should be."""


def origin() -> str:
    """The name this installation signs under (TRAIL_ORIGIN). Raises NoKey for one that a note cannot carry."""
    name = str(settings.TRAIL_ORIGIN)
    if not name or "+" in name or name.split() != [name]:
        raise NoKey(f"TRAIL_ORIGIN is {name!r}; it is a word without spaces and plus signs, best a host name")
    return name


def key_file() -> Path:
    """Where the private key stands."""
    return Path(settings.SIGNING_KEY_FILE)


def public_file() -> Path:
    """Public keys, one C2SP verifier line each: also those of earlier signing keys."""
    return key_file().with_suffix(".pub")


def signing_key(*, may_make: bool) -> Ed25519PrivateKey:
    """The private key; made when allowed and missing. Raises NoKey."""
    path = key_file()
    if not path.exists():
        if not may_make:
            raise NoKey(f"the signing key {path} is missing; restore it from its backup")
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{path} is no Ed25519 key")
    _trust(key)
    return key


def trusted() -> dict[str, bytes]:
    """Public keys by key id, from the file beside the private one. Empty when there is none yet."""
    return {identity: public for _, identity, public in _public()}


def trusted_lines() -> list[str]:
    """The same as C2SP verifier lines, to give away."""
    return [verifier_line(name, public) for name, _, public in _public()]


def _public() -> Iterator[tuple[str, str, bytes]]:
    path = public_file()
    for line in path.read_text().splitlines() if path.exists() else ():
        name, identity, encoded = line.strip().split("+", 2)
        public = base64.b64decode(encoded)[1:]
        if identity == key_id(name, public):
            yield name, identity, public


def _make(path: Path) -> None:
    """Write a new key; of two processes at once, one wins and both use its key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(pem)
    draft.chmod(PRIVATE)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _trust(key: Ed25519PrivateKey) -> None:
    """Whatever our own key signs under our present name is ours."""
    public = key.public_key().public_bytes_raw()
    if key_id(origin(), public) not in trusted():
        with public_file().open("a") as file:
            file.write(verifier_line(origin(), public) + "\n")
