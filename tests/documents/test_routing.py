"""Who is asked about a revision on its way, and the timer that takes it into force."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from procedures.documents.models import Revision
from qms.lifecycle.perform import perform
from qms.trail import clock
from qms.trail.models import TrailEvent
from tests.documents.conftest import BEGIN, Cast, a_draft, approved, effective, in_approval, in_review, proof, second
from workflows.engine.checks import faults
from workflows.engine.models import ASKED, Task, Timer
from workflows.engine.timers import fire_due


def asked(revision: Revision) -> set[tuple[str, str | None, str]]:
    """(node, whose, verb) of what is open."""
    tasks = Task.objects.filter(record_type="revision", record_id=revision.pk, status__in=ASKED).select_related("owner")
    return {(task.key.split(":")[0], task.owner.name if task.owner else None, task.verb) for task in tasks}


def test_flow_and_table_agree() -> None:
    from procedures.documents.type import REVISION
    from workflows.approvals.flow import RevisionFlow

    assert list(faults(RevisionFlow, REVISION)) == []


def test_the_author_then_every_reviewer_then_the_approver(cast: Cast) -> None:
    revision = a_draft(cast)
    assert asked(revision) == {("write", "Radu", "submit")}
    perform(revision, "submit", cast.radu)
    assert asked(revision) == {("review", name, "agree") for name in ("Dan", "Ana", "Andrei")}
    perform(revision, "agree", cast.ana)
    assert asked(revision) == {("review", name, "agree") for name in ("Dan", "Andrei")}
    perform(revision, "agree", cast.dan)
    perform(revision, "agree", cast.andrei)
    assert asked(revision) == {("approve", None, "approve")}
    perform(revision, "approve", cast.elena, proof=proof(), effective_from=date(2026, 3, 2))
    assert asked(revision) == set()


def test_a_return_asks_the_author_and_a_new_round_asks_everybody(cast: Cast) -> None:
    revision = in_review(cast)
    perform(revision, "agree", cast.dan)
    perform(revision, "return_to_author", cast.ana, reason="not clear")
    assert asked(revision) == {("write", "Radu", "submit")}
    perform(revision, "submit", cast.radu)
    assert {name for _node, name, _verb in asked(revision)} == {"Dan", "Ana", "Andrei"}


def test_review_is_due_in_five_working_days_with_its_reasons(cast: Cast) -> None:
    revision = in_review(cast)
    task = Task.objects.filter(record_id=revision.pk, status__in=ASKED).first()
    assert task is not None
    assert task.due_on == date(2026, 2, 9)
    assert task.due_why


def test_a_rejection_asks_the_author_again(cast: Cast) -> None:
    revision = in_approval(cast)
    perform(revision, "reject", cast.elena, reason="not complete")
    assert asked(revision) == {("write", "Radu", "submit")}


def test_at_midnight_where_the_body_is_the_timer_takes_it_into_force_once(cast: Cast) -> None:
    revision = approved(cast, on=date(2026, 2, 9))
    timer = Timer.objects.get(record_type="revision", record_id=revision.pk)
    assert timer.due_at == datetime(2026, 2, 8, 22, 0, tzinfo=UTC)
    with clock.at(timer.due_at - timedelta(minutes=1)):
        assert fire_due() == 0
    with clock.at(timer.due_at + timedelta(seconds=1)):
        assert fire_due() == 1
        assert fire_due() == 0
    assert Revision.unscoped.get(pk=revision.pk).state == "effective"
    assert TrailEvent.objects.filter(stream=revision.uid, verb="make_effective").count() == 1


def test_the_timer_supersedes_the_predecessor_with_it(cast: Cast) -> None:
    first = effective(cast)
    later = second(cast, first.document, date(2026, 3, 2))
    with clock.at(datetime(2026, 3, 3, 6, 0, tzinfo=UTC)):
        assert fire_due() == 1
    states = dict(Revision.unscoped.values_list("pk", "state"))
    assert states == {first.pk: "superseded", later.pk: "effective"}
    assert Revision.unscoped.get(pk=first.pk).effective_to == date(2026, 3, 2)


def test_the_timer_of_a_revoked_approval_is_over(cast: Cast) -> None:
    revision = approved(cast, on=date(2026, 2, 9))
    perform(revision, "revoke_approval", cast.carmen, reason="too early")
    with clock.at(BEGIN + timedelta(days=20)):
        assert fire_due() == 0
    assert Revision.unscoped.get(pk=revision.pk).state == "draft"
