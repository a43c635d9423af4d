"""Check the trail of one record, as exported: python3 verify.py [PACK] [--key KEY] [--checkpoint FILE] [--json]

PACK is the zip or the folder it was unpacked to; without it, the folder of this file.
Python 3.10 or newer, standard library only.
Exit status 0: as it was written. 1: altered. 2: this is no such export.

The rules, for whoever writes another verifier:
- An event's text is canonical JSON: keys sorted, no spaces, UTF-8, no floats. Its hash is SHA-256(0x00 || text).
- "seq" counts from 1 without gaps; "prev" is the hash of the event before, empty for the first.
- Clear values are {"salt", "value"}; their commitment in the text is HMAC-SHA256(salt, canonical JSON of the value).
- Audit paths and consistency proofs are those of RFC 9162, 2.1.3 and 2.1.4, over SHA-256.
- A checkpoint is a C2SP signed note: origin, size, root; then time and the hash of the checkpoint before; Ed25519.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Data = dict[str, Any]
Point = tuple[int, int, int, int]

NAMES = ("events.jsonl", "checkpoints.jsonl", "keys.txt")


class NoPack(Exception):
    """What was given is no exported trail."""


# What a broken or foreign file may cause. An export is a stranger's file.
UNREADABLE = (NoPack, OSError, zipfile.BadZipFile, ValueError, TypeError, KeyError, AttributeError, IndexError)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check the exported trail of one record.")
    parser.add_argument("pack", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--key", help="a public key you trust, instead of those in the export")
    parser.add_argument("--checkpoint", type=Path, help="checkpoints you kept, to hold against")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    given = parser.parse_args(arguments)
    try:
        kept = list(notes_in(given.checkpoint.read_text(encoding="utf-8"))) if given.checkpoint else []
        result = verify(read(given.pack), [given.key] if given.key else None, kept)
    except UNREADABLE as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    show(result, given.json)
    return 0 if not result["findings"] else 1


def show(result: Data, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
        return
    for finding in result["findings"]:
        sys.stdout.write(f"FOUND: {finding}\n")
    line = "{events} events, {unsealed} not sealed yet; checkpoint of {size} events, {time}; root {root}; key {key}\n"
    sys.stdout.write(line.format(**result))
    sys.stdout.write("As it was written.\n" if not result["findings"] else f"{len(result['findings'])} findings.\n")


def read(pack: Path) -> dict[str, str]:
    """The files of a zip or a folder, as text by name."""
    if pack.is_dir():
        found = {name: pack / name for name in NAMES}
        missing = [name for name, path in found.items() if not path.is_file()]
        if missing:
            raise NoPack(f"{pack} has no {missing[0]}")
        return {name: path.read_text(encoding="utf-8") for name, path in found.items()}
    with zipfile.ZipFile(pack) as archive:
        try:
            return {name: archive.read(name).decode("utf-8") for name in NAMES}
        except KeyError as missing:
            raise NoPack(f"{pack}: {missing.args[0]}") from None


def verify(files: dict[str, str], keys: list[str] | None = None, kept: Sequence[Data] = ()) -> Data:
    """Check everything. Out: counts and findings, for people and programs."""
    findings: list[str] = []
    events = rows(files["events.jsonl"])
    if not events:
        raise NoPack("there are no events in it")
    trusted = read_keys(keys if keys is not None else files["keys.txt"].split("\n"))
    newest = check_checkpoints(rows(files["checkpoints.jsonl"]), trusted, kept, findings)
    sealed = check_events(events, newest, findings)
    return {
        "events": len(events),
        "unsealed": len(events) - sealed,
        "size": newest["size"] if newest else 0,
        "root": newest["root"].hex() if newest else "",
        "time": newest["time"] if newest else "",
        "key": newest["key"] if newest else "",
        "findings": findings,
    }


def rows(text: str) -> list[Data]:
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except ValueError as wrong:
        raise NoPack(f"a line is no JSON: {wrong}") from None


def check_events(events: list[Data], newest: Data | None, findings: list[str]) -> int:
    """Chain, clear values and audit paths. Out: how many events the checkpoint covers."""
    before, stream, sealed = "", None, 0
    for number, row in enumerate(events, start=1):
        text = row.get("body") or ""
        leaf = hashlib.sha256(b"\0" + text.encode()).digest()
        try:
            body = json.loads(text, parse_float=refuse)
            exact = canonical(body) == text
        except ValueError:
            body, exact = {}, False
        if not exact:
            findings.append(f"event {number}: its text is not canonical")
        stream = stream or body.get("stream")
        if (body.get("seq"), body.get("prev"), body.get("stream")) != (number, before, stream):
            findings.append(f"event {number}: it does not follow the event before")
        if not clear_fits(body, row.get("clear")):
            findings.append(f"event {number}: its clear values are not those it was committed to")
        if row.get("proof") is not None and newest is not None:
            if sealed != number - 1:
                findings.append(f"event {number}: it is sealed, one before it is not")
            sealed += 1
            if root_from_path(row["index"], newest["size"], leaf, row["proof"]) != newest["root"]:
                findings.append(f"event {number}: it is not in the tree of the checkpoint")
        before = leaf.hex()
    return sealed


def refuse(text: str) -> None:
    raise ValueError("a float: " + text)


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def clear_fits(body: Data, clear: str | None) -> bool:
    """Whether the clear values are exactly those behind the commitments."""
    committed = {name: body[name] for name in ("reason", "changed") if name in body}
    if clear is None:
        return not committed
    try:
        values = json.loads(clear)
        said: Data = {}
        if "reason" in values:
            said["reason"] = commit(values["reason"])
        if "changed" in values:
            said["changed"] = {name: [commit(old), commit(new)] for name, (old, new) in values["changed"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return said == committed


def commit(salted: Data) -> str:
    return hmac.new(bytes.fromhex(salted["salt"]), canonical(salted["value"]).encode(), "sha256").hexdigest()


def parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root_from_path(index: int, size: int, leaf: bytes, proof: list[str]) -> bytes | None:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return None
    node, last = leaf, size - 1
    for sibling in (bytes.fromhex(one) for one in proof):
        if last == 0:
            return None
        if index & 1 or index == last:
            node = parent(sibling, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = parent(node, sibling)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


def is_consistent(old: Data, new: Data, proof: list[str]) -> bool:
    """RFC 9162, 2.1.4.2: whether the tree of `new` begins with that of `old`."""
    if old["size"] == new["size"]:
        return bool(old["root"] == new["root"])
    path = [bytes.fromhex(one) for one in proof]
    if not 0 < old["size"] < new["size"] or not path:
        return False
    if not old["size"] & (old["size"] - 1):
        path.insert(0, old["root"])
    first, last = old["size"] - 1, new["size"] - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    left = right = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            left, right = parent(node, left), parent(node, right)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            right = parent(right, node)
        first, last = first >> 1, last >> 1
    return bool(last == 0 and left == old["root"] and right == new["root"])


def check_checkpoints(
    checkpoints: list[Data], trusted: dict[str, bytes], kept: Sequence[Data], findings: list[str]
) -> Data | None:
    """Signatures and consistency, and those kept by the reader. Out: the newest checkpoint."""
    if not checkpoints:
        if kept:
            findings.append("the export has no checkpoint, yours has")
        return None
    parsed = [note for row in checkpoints for note in notes_in(row["note"])]
    newest = parsed[0]
    for note, row in zip(parsed, checkpoints, strict=True):
        if not signed(note, trusted):
            findings.append(f"the checkpoint of {note['size']} events is not signed by a key you trust")
        if not is_consistent(note, newest, row["consistency"]):
            findings.append(f"the newest checkpoint does not continue the one of {note['size']} events")
    compare(parsed, kept, trusted, findings)
    return newest


def compare(parsed: list[Data], kept: Sequence[Data], trusted: dict[str, bytes], findings: list[str]) -> None:
    """Hold the checkpoints of the export against those the reader kept."""
    roots = {note["size"]: note["root"] for note in parsed}
    for note in kept:
        if not signed(note, trusted):
            findings.append(f"your checkpoint of {note['size']} events is not signed by a key you trust")
        if note["size"] > parsed[0]["size"]:
            findings.append(f"your checkpoint is of {note['size']} events, the export knows {parsed[0]['size']}")
        elif note["size"] in roots and roots[note["size"]] != note["root"]:
            findings.append(f"your checkpoint of {note['size']} events is of another trail")


def notes_in(text: str) -> Iterator[Data]:
    """The signed notes of a text, one after another."""
    blocks = text.replace("\r\n", "\n").strip("\n").split("\n\n")
    for body, signature in zip(blocks[::2], blocks[1::2], strict=False):
        yield read_note(body.strip() + "\n", signature.strip())
    if len(blocks) % 2:
        raise NoPack("these are no checkpoints")


def read_note(text: str, signature: str) -> Data:
    lines, signed_by = text.split("\n"), signature.split(" ")
    try:
        raw = base64.b64decode(signed_by[2], validate=True)
        return {
            "text": text,
            "name": lines[0],
            "size": int(lines[1]),
            "root": base64.b64decode(lines[2], validate=True),
            "time": lines[3].partition(" ")[2],
            "key": raw[:4].hex(),
            "signature": raw[4:],
        }
    except (ValueError, IndexError):
        raise NoPack("this is no checkpoint: " + lines[0]) from None


def read_keys(lines: list[str]) -> dict[str, bytes]:
    """Public keys by key id, from C2SP verifier lines."""
    found = {}
    for line in lines:
        if not line.strip():
            continue
        try:
            name, identity, encoded = line.strip().split("+", 2)
            public = base64.b64decode(encoded, validate=True)
        except ValueError:
            raise NoPack("this is no public key: " + line) from None
        if hashlib.sha256(name.encode() + b"\n" + public).hexdigest()[:8] == identity and public[:1] == b"\1":
            found[identity] = public[1:]
    return found


def signed(note: Data, trusted: dict[str, bytes]) -> bool:
    return note["key"] in trusted and ed25519(trusted[note["key"]], note["text"].encode(), note["signature"])


# Ed25519 verification, RFC 8032, 5.1.7, in extended coordinates. Slow, but there is nothing secret to protect here.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def same(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(raw: bytes) -> Point | None:
    """A point from its 32 bytes, or None."""
    number = int.from_bytes(raw, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of(bytes([0x58]) + bytes([0x66]) * 31) or (0, 1, 1, 0)


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that of this key over this message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return same(times(s, BASE), add(r, times(k, key)))


if __name__ == "__main__":
    sys.exit(main())
