"""Files and comments by several people at once, on both databases: nothing lost, nothing twice, and no failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from qms.comments.commands import comment
from qms.comments.models import Comment
from qms.evidence.attaching import attach, void_evidence
from qms.evidence.models import EvidenceFile, EvidenceLink
from qms.evidence.reading import evidence_of
from qms.trail.models import TrailEvent
from tests.evidence.files import PDF
from tests.fixtures.databases import RealDatabase
from tests.nonconformities import make
from tests.people import make_body
from workflows.nonconformities.models import Nonconformity


def fresh(record: Any) -> Nonconformity:
    """The record as a request of its own reads it."""
    found: Nonconformity = Nonconformity.unscoped.select_related("organisation", "unit").get(pk=record.pk)
    return found


def verbs(record: Any, verb: str) -> int:
    return TrailEvent.objects.filter(stream=record.uid, verb=verb).count()


def test_the_same_bytes_from_eight_people_at_once_are_one_file(real_db: RealDatabase, own_store: Path) -> None:
    body = make_body("HOME", "RO", "ro")
    records = [make.reported(body), make.reported(body)]
    jobs = [lambda n=n: attach(fresh(records[n % 2]), PDF, f"{n}.pdf", body.bob).sha256 for n in range(8)]
    assert len(set(real_db.together(*jobs))) == 1
    assert (EvidenceFile.unscoped.count(), EvidenceLink.unscoped.count()) == (1, 8)
    assert [verbs(record, "attach") for record in records] == [4, 4]
    assert [fresh(record).version for record in records] == [5, 5]


def test_one_form_sent_eight_times_attaches_once_and_answers_the_same(real_db: RealDatabase, own_store: Path) -> None:
    body = make_body("HOME", "RO", "ro")
    nc, key = make.reported(body), uuid4()

    def send(key: UUID = key) -> Any:
        return attach(fresh(nc), PDF, "a.pdf", body.bob, key=key).uid

    assert len(set(real_db.together(*[send] * 8))) == 1
    assert (len(evidence_of(nc)), verbs(nc, "attach")) == (1, 1)


def test_evidence_voided_eight_times_at_once_is_void_once(real_db: RealDatabase, own_store: Path) -> None:
    body = make_body("HOME", "RO", "ro")
    nc = make.reported(body)
    link = attach(nc, PDF, "a.pdf", body.bob)

    def void() -> Any:
        return void_evidence(EvidenceLink.unscoped.get(pk=link.pk), body.bob, "Wrong file.").is_void

    assert real_db.together(*[void] * 8) == [True] * 8
    assert verbs(nc, "void_evidence") == verbs(link, "edit") == 1


def test_eight_comments_at_once_are_eight_and_one_sent_eight_times_is_one(real_db: RealDatabase) -> None:
    body = make_body("HOME", "RO", "ro")
    nc, key = make.reported(body), uuid4()
    jobs = [lambda n=n: comment(fresh(nc), body.vera, f"Comment {n}").text for n in range(8)]
    assert sorted(real_db.together(*jobs)) == [f"Comment {n}" for n in range(8)]
    again = [lambda: comment(fresh(nc), body.vera, "Once", key=key).uid] * 8
    assert len(set(real_db.together(*again))) == 1
    assert (Comment.unscoped.count(), verbs(nc, "comment")) == (9, 9)
