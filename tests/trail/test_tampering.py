"""Every kind of tampering is found; what only a checkpoint kept elsewhere can find is missed without it, as we say."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from qms.people.models import Unit
from qms.trail import triggers
from qms.trail.checkpoints import checkpoint_file
from qms.trail.seal import seal
from qms.trail.verify import verify
from tests.trail import attacks
from tests.trail.conftest import make_unit


@pytest.fixture
def sealed(real_db: object, unit: Unit) -> Unit:
    """Two records, two checkpoints, on each kind of database."""
    seal()
    make_unit(unit.organisation, "U2")
    seal()
    return unit


@pytest.fixture
def elsewhere(sealed: Unit, tmp_path: Path) -> Path:
    """What an auditor took home before the attack."""
    copy = tmp_path / "auditor.txt"
    copy.write_text(checkpoint_file().read_text())
    return copy


def test_an_untouched_trail_is_clean(sealed: Unit, elsewhere: Path) -> None:
    report = verify(elsewhere)
    assert report.findings == [] and report.clean
    assert (report.events, report.streams, report.sealed, report.checkpoints) == (7, 3, 7, 2)


@pytest.mark.parametrize("attack", attacks.FOUND_INSIDE, ids=lambda attack: attack.__name__)
def test_tampering_is_found(sealed: Unit, attack: attacks.Attack) -> None:
    with attacks.owner_of_the_database():
        attack(sealed)
    assert {finding.kind for finding in verify().findings} == attacks.FOUND_INSIDE[attack]


@pytest.mark.parametrize("attack", attacks.FOUND_OUTSIDE, ids=lambda attack: attack.__name__)
def test_only_a_checkpoint_kept_elsewhere_finds_it(sealed: Unit, elsewhere: Path, attack: attacks.Attack) -> None:
    with attacks.owner_of_the_database():
        attack(sealed)
    assert verify().clean
    assert {finding.kind for finding in verify(elsewhere).findings} <= {"fork", "short"}
    assert not verify(elsewhere).clean


def test_our_own_file_of_checkpoints_finds_it_as_long_as_it_stands(sealed: Unit) -> None:
    copy = checkpoint_file().read_text()
    with attacks.owner_of_the_database():
        attacks.empty_everything(sealed)
    checkpoint_file().write_text(copy)
    assert {finding.kind for finding in verify().findings} == {"short"}


def test_a_dropped_guard_is_found(sealed: Unit) -> None:
    before = triggers.fingerprint()
    triggers.uninstall()
    assert "guard" in {finding.kind for finding in verify().findings}
    assert triggers.fingerprint() != before
    triggers.install()
    assert triggers.fingerprint() == before and verify().clean


def test_the_command_says_so_with_its_exit_status(sealed: Unit, elsewhere: Path) -> None:
    out = StringIO()
    call_command("verify_trail", "--checkpoint", str(elsewhere), stdout=out)
    assert "Everything is as it was written." in out.getvalue()
    with attacks.owner_of_the_database():
        attacks.edit_body(sealed)
    with pytest.raises(SystemExit) as left:
        call_command("verify_trail", "--json", stdout=(out := StringIO()))
    data = json.loads(out.getvalue())
    assert left.value.code == 1 and data["clean"] is False
    assert {"hash"} <= {finding["kind"] for finding in data["findings"]}


@pytest.mark.parametrize("text", ["", "\n", "no checkpoint", "a\n\nb\n", "atestat\n1\nx\ny\nz\n\n— atestat AAAA\n"])
def test_a_file_that_holds_no_checkpoints_is_refused_plainly(sealed: Unit, tmp_path: Path, text: str) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(text)
    with pytest.raises(CommandError) as refused:
        call_command("verify_trail", "--checkpoint", str(wrong))
    assert refused.value.returncode == 2 and str(wrong) in str(refused.value)


def test_a_checkpoint_file_that_is_not_there_is_refused_plainly(sealed: Unit, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("verify_trail", "--checkpoint", str(tmp_path / "missing.txt"))
