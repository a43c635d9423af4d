"""Several people and workers at once, on both databases: one effect, a clear answer for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from procedures.documents import commands
from procedures.documents.models import Document, Revision
from qms.lifecycle.perform import perform
from qms.lifecycle.refused import NotDone
from qms.trail import clock
from qms.trail.models import TrailEvent
from tests.documents.conftest import BEGIN, Cast, effective, in_approval, in_review, make_cast, proof, second
from tests.fixtures.databases import RealDatabase
from workflows.engine.timers import fire_due


def prepared(make: Callable[[Cast], Revision]) -> tuple[Cast, Revision]:
    with clock.at(BEGIN):
        cast = make_cast()
        return cast, make(cast)


def fresh(revision: Revision) -> Revision:
    """The revision as a request of its own reads it."""
    found: Revision = Revision.unscoped.select_related("organisation", "unit", "document").get(pk=revision.pk)
    return found


def events(revision: Revision, verb: str) -> int:
    return TrailEvent.objects.filter(stream=revision.uid, verb=verb).count()


def test_eight_approvals_at_once_are_one(real_db: RealDatabase) -> None:
    cast, revision = prepared(in_approval)

    def approve(key: UUID | None) -> Any:
        day = date(2027, 1, 4)
        return perform(fresh(revision), "approve", cast.elena, proof=proof(), key=key, effective_from=day).state

    results = real_db.together(*[lambda: approve(None)] * 8)
    assert [result for result in results if not isinstance(result, NotDone)] == ["approved"]
    assert events(revision, "approve") == 1
    assert fresh(revision).decisions.filter(verdict="approved").count() == 1


def test_one_approval_sent_eight_times_is_one_and_answers_the_same(real_db: RealDatabase) -> None:
    cast, revision = prepared(in_approval)
    key = uuid4()

    def approve() -> Any:
        day = date(2027, 1, 4)
        return perform(fresh(revision), "approve", cast.elena, proof=proof(), key=key, effective_from=day).state

    assert real_db.together(*[approve] * 8) == ["approved"] * 8
    assert events(revision, "approve") == 1


def test_three_reviewers_at_once_pass_it_on_once(real_db: RealDatabase) -> None:
    cast, revision = prepared(in_review)
    people = (cast.dan, cast.ana, cast.andrei)
    results = real_db.together(*[lambda who=who: perform(fresh(revision), "agree", who).version for who in people])
    assert not [result for result in results if isinstance(result, Exception)]
    assert fresh(revision).state == "in_approval"
    assert (events(revision, "agree"), events(revision, "pass_to_approval")) == (3, 1)


def test_one_agrees_while_another_returns(real_db: RealDatabase) -> None:
    cast, revision = prepared(in_review)
    with clock.at(BEGIN):
        perform(fresh(revision), "agree", cast.dan)
        perform(fresh(revision), "agree", cast.ana)
    results = real_db.together(
        lambda: perform(fresh(revision), "agree", cast.andrei).state,
        lambda: perform(fresh(revision), "return_to_author", cast.dan, reason="one more thing").state,
    )
    assert len([result for result in results if isinstance(result, NotDone)]) == 1
    assert fresh(revision).state in ("draft", "in_approval")


def test_eight_drafts_opened_at_once_are_one(real_db: RealDatabase) -> None:
    cast, revision = prepared(effective)

    def begin() -> str:
        document = Document.unscoped.get(pk=revision.document_id)
        return commands.open_new_revision(
            document, cast.radu, kind_of_change="editorial", reason_for_change="a word"
        ).reference

    results = real_db.together(*[begin] * 8)
    assert [result for result in results if not isinstance(result, NotDone)] == ["PS-01/1.1"]
    assert Revision.unscoped.count() == 2


def test_the_clock_of_several_workers_supersedes_once(real_db: RealDatabase) -> None:
    with clock.at(BEGIN):
        cast = make_cast()
        first = effective(cast)
        later = second(cast, first.document, date(2026, 3, 2))
    results = real_db.together(
        *[fire_due] * 3, lambda: commands.put_into_force(fresh(later)), lambda: commands.put_into_force(fresh(later))
    )
    assert not [each for each in results if isinstance(each, Exception) and not isinstance(each, NotDone)]
    assert (fresh(first).state, fresh(later).state) == ("superseded", "effective")
    assert (events(first, "supersede"), events(later, "make_effective")) == (1, 1)


def test_a_code_is_given_once_whoever_is_first(real_db: RealDatabase) -> None:
    with clock.at(BEGIN):
        cast = make_cast()

    def make() -> str:
        return commands.create_document(cast.body, "PS  05", "Risks", cast.radu).reference

    results = real_db.together(*[make] * 8)
    assert [result for result in results if isinstance(result, str)] == ["PS 05"]
    assert {type(result) for result in results if not isinstance(result, str)} == {ValidationError}
