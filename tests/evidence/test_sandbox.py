"""Foreign files meet their parser in a child that can do nothing else; hostile ones get one clear line."""

import io
import logging
import os
import socket
import stat
import time
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from qms.evidence import sandbox
from qms.evidence.sandbox import SENTENCES, ForeignFileRefused, parse_foreign, read_file

HERE = "tests.evidence.sandboxed"


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip package with these entries."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", how) as package:
        for name, content in entries:
            package.writestr(name, content)
    return data.getvalue()


def refusal(parser: str, data: bytes) -> ForeignFileRefused:
    with pytest.raises(ForeignFileRefused) as refused:
        parse_foreign(f"{HERE}:{parser}", data)
    return refused.value


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_a_parser_gets_the_bytes_and_its_options_and_gives_back_data() -> None:
    assert parse_foreign(f"{HERE}:size", b"\x00abc", times=3) == 12


def test_the_child_starts_quickly_and_knows_no_django_and_no_secret() -> None:
    began = time.monotonic()
    assert not [name for name in parse_foreign(f"{HERE}:modules", b"x") if name.split(".")[0] == "django"]
    assert time.monotonic() - began < 2
    os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY", "hidden")
    assert parse_foreign(f"{HERE}:surroundings", b"x") == {"secrets": [], "folder": "/"}


def test_a_refusal_of_the_parser_becomes_one_sentence_in_the_readers_language() -> None:
    refused = refusal("refuse", b"x")
    with translation.override("en"):
        assert str(refused) == "The file is refused: it holds more than 7 parts."


def test_every_sentence_can_be_filled_and_is_one_line() -> None:
    given: dict[str, str | int] = {"megabytes": 1, "name": "a.xml", "ratio": 2, "most": 3}
    for code in SENTENCES:
        assert "\n" not in str(ForeignFileRefused(code, **given))


def test_no_connection_can_be_opened() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        assert refusal("call_out", str(server.getsockname()[1]).encode()).code == "unreadable"
        with pytest.raises(TimeoutError):
            server.accept()


def test_no_file_can_be_read_or_written(tmp_path: Path) -> None:
    assert refusal("read_secret", b"x").code == "unreadable"
    assert refusal("write_file", str(tmp_path / "left").encode()).code == "unreadable"
    assert list(tmp_path.iterdir()) == []


def test_too_much_memory_or_depth_or_output_is_refused() -> None:
    assert [refusal(parser, b"x").code for parser in ("swallow", "dig", "talk")] == ["too_complex"] * 3


def test_a_parser_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.5)
    began = time.monotonic()
    assert refusal("spin", b"x").code == "too_slow"
    assert time.monotonic() - began < 5


def test_a_failing_parser_leaves_no_word_of_the_file_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert refusal("fail", b"x").code == "unreadable"
    assert "KeyError" in caplog.text
    assert "a word of the file" not in caplog.text


def test_only_so_many_files_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.05)
    for _place in range(sandbox.AT_ONCE):
        assert sandbox._places.acquire(timeout=0.01)
    try:
        assert refusal("size", b"x").code == "busy"
    finally:
        sandbox._places.release(sandbox.AT_ONCE)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"x" * (sandbox.MOST_BYTES + 1), "too_large"),
        (b"%PDF-1.7 not a package", "not_a_package"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old_format"),
        (b"PK\x03\x04 cut off", "broken_package"),
        (packed(("a.xml", b"<a/>" * 500))[:-40], "broken_package"),
        (packed(("a.bin", bytes(2 * 1024 * 1024))), "packed_too_tightly"),
        (packed(*((f"{n}.xml", b"") for n in range(2_001))), "too_many_entries"),
        (packed(("../up.xml", b"")), "unsafe_name"),
        (packed(("/etc/passwd", b"")), "unsafe_name"),
        (packed(("c:evil", b"")), "unsafe_name"),
        (packed((link("link"), b"/etc/passwd")), "unsafe_name"),
        (packed(("word/vbaProject.bin", b"x")), "macros"),
        (packed(("word/embeddings/a.xlsx", packed(("b", b"")))), "nested_archive"),
        (packed(("word/embeddings/a.bin", b"7z\xbc\xaf\x27\x1c....")), "nested_archive"),
    ],
)
def test_a_hostile_or_broken_package_is_refused(data: bytes, code: str) -> None:
    assert refusal("unpack", data).code == code


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    honest = packed(("a.bin", b"0123456789" * 400_000), how=zipfile.ZIP_STORED)
    size = (4_000_000).to_bytes(4, "little")
    assert refusal("unpack", honest.replace(size, (50).to_bytes(4, "little"))).code == "broken_package"


def test_a_bomb_of_a_hundred_megabytes_is_refused_before_it_is_unpacked() -> None:
    began = time.monotonic()
    data = packed(*((f"{n}.bin", os.urandom(1024 * 1024) + bytes(34 * 1024 * 1024)) for n in range(3)))
    assert refusal("unpack", data).code == "unpacked_too_large"
    assert time.monotonic() - began < 5


def test_an_encrypted_package_is_refused() -> None:
    data = bytearray(packed(("a.xml", b"secret")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal("unpack", bytes(data)).code == "encrypted"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"<a>", "broken_xml"),
        (b"\xff\xfe\x00", "broken_xml"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "entities"),
        (b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>', "entities"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', "entities"),
    ],
)
def test_xml_with_entities_or_damage_is_refused(document: bytes, code: str) -> None:
    assert refusal("xml", packed(("word/document.xml", document))).code == code


def test_a_named_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    codes = []
    for path in (tmp_path, tmp_path / "none.docx", tmp_path / "none.docx" / "x"):
        with pytest.raises(ForeignFileRefused) as refused:
            read_file(path)
        codes.append(refused.value.code)
    assert codes == ["directory", "missing", "missing"]
