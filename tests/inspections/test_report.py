"""The findings protocol and the inspection report on paper (ISO/IEC 17020, 7.4.2)."""

import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from procedures.checklists.structure import text_in
from procedures.checklists.word.form import read_document
from procedures.checklists.word.package import WordDocument
from qms.evidence import store
from qms.lifecycle.perform import perform
from qms.people.actors import Actor
from qms.reports.jobs import content_of, render_report, request_report
from qms.reports.models import MOVED_ON, ReportFile, ReportState
from tests.inspections import make
from tests.inspections.make import answered, checklist_in_force, in_progress, issued, ordered, received, under_review
from tests.people import Body, signing
from tests.reports.reading import opened, squeezed, text_of
from tests.reports.sample import photo_bytes
from workflows.inspections.commands import attach_files, save_answer
from workflows.inspections.models import Inspection

FORM = Path(__file__).resolve().parents[3] / "shared/data/docx/bg-is-napoo/CIPOApplicationPK"


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "trail.pem"
    settings.CHECKPOINT_FILE = tmp_path / "elsewhere" / "trail.txt"
    settings.STORAGE_DIR = tmp_path / "files"


def printed(mission: Inspection, kind: str = "report", language: str = "en") -> bytes:
    """The bytes of a paper of the mission as it is now."""
    again = Inspection.unscoped.get(pk=mission.pk)
    file = request_report(again, kind, language, Actor(again.leader))
    render_report({"file": str(file.uid)})
    file.refresh_from_db()
    assert file.state == ReportState.READY, file.failure
    return store.read(file.sha256)


def words(pdf: bytes) -> str:
    return squeezed(text_of(pdf))


def test_the_report_says_what_17020_asks(home: Body) -> None:
    mission = received(home)
    text = words(printed(mission))
    for expected in (
        f"Inspection report {mission.report_number}", "Agency HOME", "Marea Calmă", "order 14/2026 of 12 November 2026",
        "LV-01 Checklist of conditions", "Edition 1, revision 0", "Lena HOME, leader of the team",
        "2 declarations of no conflict of interest", "does not conform to 1 of the requirements",
        "One condition is not met.", "Is condition 2 met?", "Seen on site.", "Law 1/2020, art. 5",
        "Show the evacuation plan.", "I have prepared it.", "I issue it.", "Cora HOME", "simple electronic signature",
    ):  # fmt: skip
        assert expected in text, expected
    assert "DRAFT" not in text


def test_a_measure_prints_its_date_and_how_it_was_counted(home: Body) -> None:
    before, after = words(printed(issued(home))), words(printed(received(home)))
    assert "From the receipt of the report" in before
    assert "10 days from" in after
    assert "From the receipt of the report" not in after


def test_a_draft_says_so_until_it_is_issued(home: Body) -> None:
    mission = under_review(home)
    assert "DRAFT" in words(printed(mission))
    assert "DRAFT" in words(printed(mission, "protocol"))
    for inspector in (home.lena, home.ines):
        perform(mission, "sign_report", inspector, proof=signing())
    assert "DRAFT" not in words(printed(mission, "protocol"))
    assert "not signed yet" in words(printed(mission))
    perform(mission, "issue", home.cora, proof=signing())
    assert "DRAFT" not in words(printed(mission))


def test_a_signature_on_an_earlier_text_is_not_printed_under_the_new_one(home: Body) -> None:
    mission = under_review(home)
    perform(mission, "sign_report", home.lena, proof=signing())
    perform(mission, "return_report", home.cora, reason="Unclear.")
    perform(mission, "submit_report", home.lena, conclusions="Clearer.")
    assert "I have prepared it." not in words(printed(mission))


@pytest.mark.parametrize("language", ["en", "ro", "bg"])
def test_the_same_version_and_language_give_the_same_bytes(home: Body, language: str) -> None:
    mission = received(home)
    first = printed(mission, "report", language)
    ReportFile.unscoped.all().delete()
    assert printed(mission, "report", language) == first
    assert opened(first).pages


def test_an_answer_given_meanwhile_makes_another_paper(home: Body) -> None:
    mission = answered(in_progress(home), home)
    file = request_report(mission, "protocol", "en", Actor(home.lena))
    before = content_of(mission)
    save_answer(mission, "i2", home.lena, value="yes", comment="It was found.", version=1)
    assert content_of(mission) != before
    render_report({"file": str(file.uid)})
    file.refresh_from_db()
    assert (file.state, file.failure) == (ReportState.FAILED, MOVED_ON)
    assert "It was found." in words(printed(mission, "protocol"))


def test_photos_are_printed_with_the_hash_of_their_original(home: Body) -> None:
    mission = in_progress(home)
    files = [SimpleUploadedFile("plan.png", photo_bytes()), SimpleUploadedFile("list.txt", b"a list of names")]
    attach_files(mission, "i2", home.ines, files, None)
    text = words(printed(mission, "protocol"))
    assert "item 1.2: plan.png" in text
    assert "list.txt" in text
    images = [image for page in opened(printed(mission, "protocol")).pages for image in page.images]
    assert images


def test_three_hundred_items_take_seconds(home: Body) -> None:
    mission = answered(in_progress(home, checklist_in_force(home, "LV-300", 300)), home, failing=("i7", "i200"))
    for n in range(12):
        ordered(mission, home, f"Measure {n}")
    began = time.perf_counter()
    pdf = printed(mission)
    assert time.perf_counter() - began < 10
    assert "Is condition 300 met?" in words(pdf)


@pytest.mark.skipif(not FORM.exists(), reason="the forms of the shared data are not here")
def test_the_protocol_of_a_real_form_prints_its_own_words(home: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    file = next(FORM.glob("*2*Констативен*.docx"))
    form = read_document(WordDocument(file.read_bytes()), "bg")
    monkeypatch.setattr(make, "a_checklist", lambda items=0: form)
    mission = in_progress(home, checklist_in_force(home, "LV-PK"))
    save_answer(mission, form.items[0].key, home.ines, value="no", comment="Липсват данни за контакт.")
    text = words(printed(mission, "protocol", "bg"))
    for section in form.sections:
        assert squeezed(text_in(section.title, "bg"))[:60] in text
    for item in form.items:
        assert squeezed(text_in(item.label, "bg"))[:25] in text
    assert "Не" in text
    assert "Липсват данни за контакт." in text
