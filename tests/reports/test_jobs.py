"""A report is asked for once per version, kind and language, made in the background, and kept by its hash."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qms.evidence import store
from qms.lifecycle.perform import amend, create
from qms.notices.models import Job
from qms.notices.outbox import run_due
from qms.people.actors import SYSTEM
from qms.people.models import Organisation, Unit
from qms.records import registry
from qms.reports import jobs
from qms.reports.blocks import Title, Words
from qms.reports.jobs import render_report, request_report
from qms.reports.models import MOVED_ON, ReportFile, ReportState
from qms.reports.paper import Watermark
from qms.reports.sheets import NoSuchReport, Sheet, sheet_of
from qms.trail import clock
from qms.trail.models import Checkpoint
from tests.reports.reading import opened, squeezed, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "trail.pem"
    settings.CHECKPOINT_FILE = tmp_path / "elsewhere" / "trail.txt"
    settings.STORAGE_DIR = tmp_path / "files"
    settings.SITE_URL = "https://qms.invalid"


@pytest.fixture
def unit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Unit]:
    """A row with a trail, of a type that prints two kinds of report."""
    printed = {
        "report": lambda unit, language: [Title(f"{unit.name_en} in {language}"), Words("Ședință")],
        "draft": lambda unit, language: Sheet("Draft of a unit", [Words(unit.name_en)], watermark=Watermark.DRAFT),
    }
    fake = SimpleNamespace(model=Unit, label="Unit", report=printed)
    monkeypatch.setitem(registry._types, "unit", fake)
    parent = create(Organisation, SYSTEM, code="ANPIS-X", name_ro="Agenția Națională", country="RO", language="ro")
    body = create(
        Organisation, SYSTEM, code="AJPIS-X", name_ro="Agenția Județeană", country="RO", language="ro", parent=parent
    )
    with clock.at(datetime(2026, 3, 1, 10, 5, tzinfo=UTC)):
        made = create(Unit, SYSTEM, organisation=body, code="U1", name_en="Inspection")
    yield made


def made(file: ReportFile) -> ReportFile:
    render_report({"file": str(file.uid)})
    return ReportFile.unscoped.get(pk=file.pk)


def test_a_report_is_made_by_the_outbox_and_stored_by_its_hash(unit: Unit) -> None:
    file = request_report(unit, "report", "ro", SYSTEM)
    assert (file.state, file.sha256) == (ReportState.QUEUED, "")
    while run_due():
        pass
    file.refresh_from_db()
    assert (file.state, file.progress, file.failure) == (ReportState.READY, 100, "")
    pdf = store.read(file.sha256)
    assert len(pdf) == file.size
    text = squeezed(text_of(pdf))
    assert "Inspection in ro Ședință" in text
    assert "Agenția Județeană" in text
    assert "Agenția Națională" in text


def test_asking_again_gives_the_same_file_and_no_second_job(unit: Unit) -> None:
    first = request_report(unit, "report", "ro", SYSTEM)
    again = request_report(unit, "report", "ro", SYSTEM)
    assert again.pk == first.pk
    assert Job.objects.filter(kind=jobs.JOB).count() == 1


def test_another_language_kind_or_content_is_another_file(unit: Unit) -> None:
    asked = [("report", "ro", ""), ("report", "bg", ""), ("draft", "ro", ""), ("report", "ro", "a" * 64)]
    files = [request_report(unit, kind, language, SYSTEM, content) for kind, language, content in asked]
    assert len({file.pk for file in files}) == len({file.code for file in files}) == 4


def test_the_same_version_gives_the_same_bytes_even_when_the_row_is_lost(unit: Unit) -> None:
    file = made(request_report(unit, "report", "bg", SYSTEM))
    first = file.sha256
    file.delete()
    amend(unit, SYSTEM, name_ro="later")  # more events and checkpoints follow; the first that covers it stays
    unit.version = file.record_version
    again = request_report(unit, "report", "bg", SYSTEM)
    assert again.pk != file.pk
    sheet = sheet_of(unit, "report", "bg")
    assert store.put(jobs._rendered(unit, again, sheet)) == first


def test_the_trail_is_sealed_first_and_its_first_covering_checkpoint_printed(unit: Unit) -> None:
    assert not Checkpoint.objects.exists()
    file = made(request_report(unit, "report", "en", SYSTEM))
    sealed = Checkpoint.objects.get()
    assert file.checkpoint_size == sealed.size
    assert "covered by checkpoint 1 of " in squeezed(text_of(store.read(file.sha256)))
    assert sealed.root[:4] in text_of(store.read(file.sha256))


def test_the_time_printed_is_that_of_the_version_in_the_bodys_time_zone(unit: Unit) -> None:
    file = made(request_report(unit, "report", "en", SYSTEM))
    assert "as of 1 March 2026, 12:05" in squeezed(text_of(store.read(file.sha256)))


def test_a_record_that_moved_on_is_not_printed_under_its_old_version(unit: Unit) -> None:
    file = request_report(unit, "report", "en", SYSTEM)
    amend(unit, SYSTEM, name_en="Renamed")
    file = made(file)
    assert (file.state, file.failure) == (ReportState.FAILED, MOVED_ON)
    assert "Ask for the report again" in file.failure_sentence


def test_a_failure_is_told_tried_again_and_can_be_asked_for_anew(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    file = request_report(unit, "report", "en", SYSTEM)
    with monkeypatch.context() as broken:
        broken.setattr(store, "put", lambda content: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            render_report({"file": str(file.uid)})
    file.refresh_from_db()
    assert (file.state, file.failure) == (ReportState.FAILED, "ZeroDivisionError")
    asked = request_report(unit, "report", "en", SYSTEM)
    assert (asked.pk, asked.state) == (file.pk, ReportState.QUEUED)
    assert Job.objects.filter(kind=jobs.JOB).count() == 2
    assert made(asked).state == ReportState.READY


def test_a_worker_killed_while_printing_is_followed_by_one_that_finishes(unit: Unit) -> None:
    file = request_report(unit, "report", "en", SYSTEM)
    ReportFile.unscoped.filter(pk=file.pk).update(state=ReportState.RUNNING, progress=40)
    assert made(file).state == ReportState.READY


def test_a_second_delivery_changes_nothing(unit: Unit) -> None:
    first = made(request_report(unit, "report", "en", SYSTEM))
    assert made(first).made_at == first.made_at


def test_the_footer_code_is_the_one_of_the_file_and_a_draft_is_marked(unit: Unit) -> None:
    file = made(request_report(unit, "draft", "en", SYSTEM))
    pdf = store.read(file.sha256)
    assert f"qms.invalid/v/{file.code}" in text_of(pdf)
    assert "DRAFT" in text_of(pdf)
    assert opened(pdf).metadata.title == "Draft of a unit"  # type: ignore[union-attr]


def test_a_kind_the_type_does_not_print_is_refused(unit: Unit) -> None:
    with pytest.raises(NoSuchReport):
        request_report(unit, "novel", "en", SYSTEM)
    assert not ReportFile.unscoped.exists()


def test_progress_is_written_while_it_is_printed(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    note = jobs._note

    def heard(file: ReportFile, **changes: Any) -> None:
        note(file, **changes)
        seen.append(file.progress)

    monkeypatch.setattr(jobs, "_note", heard)
    made(request_report(unit, "report", "en", SYSTEM))
    assert seen == sorted(seen)
    assert any(0 < progress < 100 for progress in seen)
    assert seen[-1] == 100
