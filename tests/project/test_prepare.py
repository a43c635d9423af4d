"""`manage.py prepare` does what is needed, and with --quick nothing twice."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from qms.project import demo, prepared
from tests.fixtures.databases import RealDatabase


def test_it_migrates_and_collects_and_the_second_time_is_quick(real_db: RealDatabase) -> None:
    first = real_db.manage("prepare", "--empty")
    assert first.returncode == 0, first.stderr
    assert "Preparing the database" in first.stderr
    assert (real_db.folder / "static" / "staticfiles.json").is_file()
    second = real_db.manage("prepare", "--quick", "--demo")
    assert second.returncode == 0, second.stderr
    assert "Preparing the database" not in second.stderr
    assert "demo" not in second.stderr


def test_a_changed_file_or_another_database_is_prepared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "a.py").write_text("1")
    monkeypatch.setattr(prepared, "WATCHED", (str(code),))
    monkeypatch.setattr(prepared, "STAMP", tmp_path / "stamp")
    assert not prepared.is_prepared()
    prepared.mark_prepared()
    assert prepared.is_prepared()
    (code / "a.py").write_text("22")
    assert not prepared.is_prepared()
    prepared.mark_prepared()
    monkeypatch.setattr(settings, "DATABASE_URL", "postgresql://elsewhere/atestat")
    assert not prepared.is_prepared()


def test_half_a_demo_is_never_taken_for_a_whole_one(
    real_db: RealDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "LOADING", tmp_path / "loading")
    monkeypatch.setattr(demo, "EMPTY", tmp_path / "empty")
    monkeypatch.setattr(demo, "get_commands", lambda: {"demo": "x"})

    def breaks_off(*args: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "call_command", breaks_off)
    assert demo.demo_is_wanted()
    with pytest.raises(KeyboardInterrupt):
        demo.load_demo()
    with pytest.raises(CommandError, match="--reset"):
        demo.demo_is_wanted()


def test_an_installation_begun_empty_stays_empty(
    real_db: RealDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "LOADING", tmp_path / "loading")
    monkeypatch.setattr(demo, "EMPTY", tmp_path / "empty")
    monkeypatch.setattr(demo, "get_commands", lambda: {"demo": "x"})
    demo.begin_empty()
    assert not demo.demo_is_wanted()
