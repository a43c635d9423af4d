"""Papers in the browser: asked for, followed, taken; and what anybody with the code of one is told."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from qms.lifecycle.perform import perform
from qms.people.models import Person
from qms.reports.jobs import render_report
from qms.reports.models import ReportFile, ReportState
from tests.inspections.make import answered, in_progress
from tests.people import Body
from workflows.inspections.commands import save_answer
from workflows.inspections.models import Inspection


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "trail.pem"
    settings.CHECKPOINT_FILE = tmp_path / "elsewhere" / "trail.txt"
    settings.STORAGE_DIR = tmp_path / "files"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def asked(mission: Inspection, person: Person, kind: str = "protocol", language: str = "en") -> Any:
    address = f"/reports/ask/inspection/{mission.uid}"
    return signed_in(person).post(address, {"kind": kind, "language": language})


def made(mission: Inspection, person: Person) -> ReportFile:
    asked(mission, person)
    file = ReportFile.unscoped.order_by("pk").last()
    assert file
    render_report({"file": str(file.uid)})
    file.refresh_from_db()
    return file


def test_a_paper_is_asked_for_followed_and_taken(home: Body) -> None:
    mission, client = in_progress(home), signed_in(home.ines)
    assert "Make the paper" in client.get(f"/records/inspection/{mission.uid}/").content.decode()
    reply = asked(mission, home.ines)
    file = ReportFile.unscoped.get()
    assert (reply.status_code, reply["Location"]) == (302, f"/reports/{file.uid}/")
    waiting = client.get(reply["Location"]).content.decode()
    assert "being made" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert client.get(f"/reports/{file.uid}/file").status_code == 404
    render_report({"file": str(file.uid)})
    part = client.get(reply["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f"/reports/{file.uid}/file" in part
    assert "every 2s" not in part
    taken = client.get(f"/reports/{file.uid}/file")
    assert b"".join(getattr(taken, "streaming_content")).startswith(b"%PDF-")  # noqa: B009
    assert taken["Content-Disposition"].startswith("attachment;")
    assert (taken["Content-Type"], taken["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "Findings protocol (en)" in client.get(f"/records/inspection/{mission.uid}/").content.decode()


def test_asking_twice_makes_one_paper(home: Body) -> None:
    mission = in_progress(home)
    assert asked(mission, home.ines)["Location"] == asked(mission, home.lena)["Location"]


def test_another_body_gets_nothing(home: Body, away: Body) -> None:
    mission = in_progress(home)
    file = made(mission, home.ines)
    stranger = signed_in(away.ines)
    assert asked(mission, away.ines).status_code == 404
    for address in (f"/reports/{file.uid}/", f"/reports/{file.uid}/file", f"/reports/{uuid4()}/"):
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("given", [{"kind": "x"}, {"language": "fr"}, {"kind": "", "language": ""}])
def test_a_kind_or_language_that_is_not_made_is_not_found(home: Body, given: dict[str, str]) -> None:
    assert asked(in_progress(home), home.ines, **{"kind": "protocol", "language": "en"} | given).status_code == 404
    assert not ReportFile.unscoped.exists()


def test_a_paper_that_could_not_be_made_says_so(home: Body) -> None:
    asked(in_progress(home), home.ines)
    file = ReportFile.unscoped.get()
    ReportFile.unscoped.update(state=ReportState.FAILED, failure="OSError")
    page = signed_in(home.ines).get(f"/reports/{file.uid}/").content.decode()
    assert "could not be made" in page


def check(file: ReportFile) -> str:
    reply = Client().get(f"/v/{file.code}")
    assert reply.status_code == 200
    return reply.content.decode()


def test_the_code_tells_kind_body_standing_and_checkpoint_and_nothing_else(home: Body) -> None:
    mission = answered(in_progress(home), home)
    file = made(mission, home.ines)
    page = check(file)
    for told in ("Findings protocol", "Agency HOME", "No newer paper", "Checkpoint"):
        assert told in page
    for kept in (mission.reference, mission.title, "Marea Calmă", "Ines", str(mission.uid), str(file.uid), file.sha256):
        assert kept not in page


def test_a_newer_paper_replaces_it_and_a_void_record_voids_it(home: Body) -> None:
    mission = answered(in_progress(home), home)
    first = made(mission, home.ines)
    save_answer(mission, "i1", home.ines, value="na", version=1)
    second = made(mission, home.ines)
    assert "A newer paper exists" in check(first)
    assert "No newer paper" in check(second)
    perform(mission, "void", home.bob, reason="Opened by mistake.")
    assert "declared void" in check(second)


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "x", "%00", "<script>"])
def test_an_unknown_code_is_not_found(db: None, code: str) -> None:
    reply = Client().get(f"/v/{code}")
    assert reply.status_code == 404
    assert b"<script>" not in reply.content.split(b"</head>")[1]


def test_a_paper_being_made_has_no_standing_yet(home: Body) -> None:
    asked(in_progress(home), home.ines)
    assert Client().get(f"/v/{ReportFile.unscoped.get().code}").status_code == 404
