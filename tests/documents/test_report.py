"""A revision on paper: cover, who answers for it, its text; a draft says that it is one."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

from pypdf import PdfReader

from procedures.documents import commands
from procedures.documents.content import TextSection
from procedures.documents.models import Revision
from qms.evidence import store
from qms.lifecycle.perform import perform
from qms.people.actors import Actor
from qms.reports.jobs import render_report, request_report
from qms.reports.models import ReportFile
from qms.trail import clock
from tests.documents.conftest import Cast, a_draft, effective, second
from tests.documents.test_pages import CHECKLIST


def printed(revision: Revision, cast: Cast, language: str = "en") -> str:
    """The text of the PDF; made twice, it is the same file."""
    file = request_report(revision, "revision", language, Actor(cast.radu))
    render_report({"file": str(file.uid)})
    file = ReportFile.unscoped.get(pk=file.pk)
    reader = PdfReader(io.BytesIO(store.read(file.sha256)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_cover_route_editions_contents_and_text(cast: Cast) -> None:
    first = effective(cast)
    later = second(cast, first.document, date(2026, 3, 2))
    with clock.at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC)):
        commands.put_into_force(later)
    text = printed(Revision.unscoped.get(pk=later.pk), cast)
    for words in (
        *("PS-01", "Control of documents", "2 March 2026", "Prepared by Radu", "Reviewed by Dan", "Approved by Elena"),
        *("Edition 1, revision 0", "first issue", "Edition 1, revision 1", "a step was missing"),
        *("Contents", "1. Purpose", "What it is for.", "3. Records", "Kept."),
    ):
        assert words in text, words
    assert "DRAFT" not in text


def test_a_draft_and_a_superseded_one_say_so(cast: Cast) -> None:
    draft = commands.write(
        a_draft(cast, "PO-02"), cast.radu, [TextSection("s1", "Scop", "<p>Întâi <strong>știința</strong>, țara.</p>")]
    )
    text = printed(draft, cast, "ro")
    assert "știința, țara" in text
    assert "PROIECT" in text
    first = effective(cast)
    later = second(cast, first.document, date(2026, 3, 2))
    with clock.at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC)):
        commands.put_into_force(later)
    assert "Not in force any more from 2 March 2026" in printed(Revision.unscoped.get(pk=first.pk), cast)


def test_a_checklist_prints_its_questions_with_boxes(cast: Cast) -> None:
    draft = commands.write(a_draft(cast), cast.radu, CHECKLIST)
    perform(draft, "submit", cast.radu)
    text = printed(draft, cast)
    assert "Is the staff complete?" in text
    assert "☐ Yes" in text
