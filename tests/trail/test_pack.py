"""The export: checked by its own verifier, which shares no code with us and agrees with us on everything."""

import base64
import hashlib
import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.people.models import Organisation, Unit
from qms.trail import keys, merkle, standalone_verify, triggers
from qms.trail.models import Leaf, Node
from qms.trail.pack import pack
from qms.trail.seal import TrailBroken, seal
from qms.trail.tree import Tree
from tests.trail.conftest import make_unit
from tests.trail.test_merkle import leaf, numbered, slow_root, subtree_of


def files_of(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


def joined(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def exported(unit: Unit) -> dict[str, str]:
    """A record of four events, sealed by two checkpoints, among others."""
    seal()
    make_unit(unit.organisation, "U2", edits=5)
    from qms.lifecycle.perform import amend
    from qms.people.actors import SYSTEM

    amend(unit, SYSTEM, name_en="Unitate în Ruse", reason="Преименувано")
    seal()
    return files_of(pack(unit.uid))


def test_an_untouched_export_is_clean_and_names_its_checkpoint(exported: dict[str, str]) -> None:
    result = standalone_verify.verify(exported)
    assert result["findings"] == []
    assert (result["events"], result["unsealed"], result["size"]) == (4, 0, 11)


def test_it_runs_by_itself_from_the_unpacked_folder_and_from_the_zip(unit: Unit, tmp_path: Path) -> None:
    seal()
    packed = pack(unit.uid)
    (tmp_path / "pack.zip").write_bytes(packed)
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(BytesIO(packed)).extractall(folder)
    for arguments in ([], [str(tmp_path / "pack.zip")]):
        command = [sys.executable, "-I", str(folder / "verify.py"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "3 events, 0 not sealed yet" in done.stdout and "As it was written." in done.stdout


def test_the_same_trail_gives_the_same_bytes(unit: Unit) -> None:
    seal()
    assert pack(unit.uid) == pack(unit.uid)


def test_events_not_sealed_yet_are_counted(unit: Unit) -> None:
    assert standalone_verify.verify(files_of(pack(unit.uid)))["unsealed"] == 3


def test_a_record_without_trail_has_no_export(db: None) -> None:
    with pytest.raises(LookupError):
        pack(uuid4())


def test_a_tree_that_does_not_bear_the_events_out_is_not_exported(body: Organisation) -> None:
    unit = make_unit(body, edits=300)
    seal()
    triggers.uninstall()
    first, second = Leaf.objects.order_by("index")[:2]
    Leaf.objects.filter(index=first.index).delete()
    Leaf.objects.filter(index=second.index).update(event_id=first.event_id)
    Leaf.objects.create(index=first.index, event_id=second.event_id)
    with pytest.raises(TrailBroken):
        pack(unit.uid)


def test_proofs_are_right_where_stored_nodes_stand_for_leaves(body: Organisation) -> None:
    unit = make_unit(body, edits=600)
    seal()
    assert Node.objects.filter(level=8).count() == 2
    assert standalone_verify.verify(files_of(pack(unit.uid)))["findings"] == []
    assert Tree().subtree(9, 0) == merkle.parent(Tree().subtree(8, 0), Tree().subtree(8, 1))


ALTERED = {
    "an event is left out": lambda rows: rows.pop(1),
    "two events are swapped": lambda rows: rows.insert(1, rows.pop(2)),
    "a word is altered": lambda rows: rows[1].update(body=rows[1]["body"].replace('"edit"', '"void"')),
    "the text is loosened": lambda rows: rows[3].update(body=rows[3]["body"] + " "),
    "the reason is altered": lambda rows: rows[1].update(clear=rows[1]["clear"].replace("renamed", "stolen")),
    "the reason is left out": lambda rows: rows[1].update(clear=None),
    "another place is claimed": lambda rows: rows[0].update(index=rows[0]["index"] + 1),
    "the path is cut": lambda rows: rows[0].update(proof=rows[0]["proof"][:-1]),
    "a middle event is called unsealed": lambda rows: rows[1].update(proof=None),
    "the last event is altered": lambda rows: rows[-1].update(body=rows[-1]["body"].replace('"edit"', '"void"')),
}


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_export_is_found(exported: dict[str, str], how: str) -> None:
    rows = lines(exported["events.jsonl"])
    ALTERED[how](rows)
    assert standalone_verify.verify({**exported, "events.jsonl": joined(rows)})["findings"]


@pytest.mark.parametrize("place", [0, 1])
def test_an_altered_checkpoint_is_found(exported: dict[str, str], place: int) -> None:
    rows = lines(exported["checkpoints.jsonl"])
    assert len(rows) == 2
    rows[place]["note"] = rows[place]["note"].replace("\ntime 2", "\ntime 1")
    assert standalone_verify.verify({**exported, "checkpoints.jsonl": joined(rows)})["findings"]


def test_a_newest_checkpoint_that_does_not_continue_the_older_is_found(exported: dict[str, str]) -> None:
    rows = lines(exported["checkpoints.jsonl"])
    rows[1]["consistency"][0] = "00" * 32
    assert standalone_verify.verify({**exported, "checkpoints.jsonl": joined(rows)})["findings"]


def test_a_trail_signed_with_another_key_is_found_by_who_has_the_right_one(exported: dict[str, str]) -> None:
    right = keys.trusted_lines()
    assert standalone_verify.verify(exported, right)["findings"] == []
    keys.key_file().unlink()
    keys.public_file().unlink()
    keys.signing_key(may_make=True)
    assert standalone_verify.verify(exported, keys.trusted_lines())["findings"]


def test_a_kept_checkpoint_of_another_trail_or_a_longer_one_is_found(exported: dict[str, str]) -> None:
    kept = [note for row in lines(exported["checkpoints.jsonl"]) for note in standalone_verify.notes_in(row["note"])]
    assert standalone_verify.verify(exported, None, kept)["findings"] == []
    assert standalone_verify.verify(exported, None, [{**kept[0], "root": bytes(32)}])["findings"]
    assert standalone_verify.verify(exported, None, [{**kept[0], "size": 5000}])["findings"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"body": 1}', '{"body": "{}", "index": "x", "proof": ["zz"]}', "null"]
)
def test_what_is_no_export_is_refused_or_found_but_never_breaks(
    exported: dict[str, str], tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in {**exported, "events.jsonl": text}.items():
        (tmp_path / name).write_text(content)
    assert standalone_verify.main([str(tmp_path)]) in (1, 2)
    assert standalone_verify.main([str(tmp_path / "missing")]) == 2
    assert "Traceback" not in capsys.readouterr().err


# RFC 8032, 7.1: key, message, signature of tests 1 to 3.
ED25519 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
        "b00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
        "c027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), ED25519)
def test_the_verifier_knows_the_signatures_of_rfc_8032(key: str, message: str, signature: str) -> None:
    public, text, signed = (bytes.fromhex(part) for part in (key, message, signature))
    assert standalone_verify.ed25519(public, text, signed)
    assert not standalone_verify.ed25519(public, text + b"x", signed)
    assert not standalone_verify.ed25519(public, text, signed[:-1] + bytes([signed[-1] ^ 1]))


@given(st.binary(max_size=64), st.binary(min_size=32, max_size=32), st.integers(0, 511))
@settings(deadline=None, max_examples=30)
def test_both_implementations_agree_on_signatures(message: bytes, seed: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signed = key.public_key().public_bytes_raw(), bytearray(key.sign(message))
    assert standalone_verify.ed25519(public, message, bytes(signed))
    signed[bit // 8] ^= 1 << bit % 8
    assert not standalone_verify.ed25519(public, message, bytes(signed))


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_both_implementations_agree_on_proofs(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 200))
    old = data.draw(st.integers(1, new))
    index = data.draw(st.integers(0, new - 1))
    leaves = numbered(new)
    root = slow_root(leaves)
    path = [node.hex() for node in merkle.inclusion_proof(index, new, subtree_of(leaves))]
    assert standalone_verify.root_from_path(index, new, leaves[index], path) == root
    assert standalone_verify.root_from_path(index, new, leaf(b"other"), path) != root
    steps = [node.hex() for node in merkle.consistency_proof(old, new, subtree_of(leaves))]
    first, second = {"size": old, "root": slow_root(leaves[:old])}, {"size": new, "root": root}
    assert standalone_verify.is_consistent(first, second, steps)
    assert not standalone_verify.is_consistent({**first, "root": hashlib.sha256(b"").digest()}, second, steps)


def test_a_key_line_whose_id_does_not_fit_is_not_trusted() -> None:
    public = base64.b64encode(b"\1" + bytes(32)).decode()
    assert standalone_verify.read_keys([f"atestat+00000000+{public}"]) == {}
