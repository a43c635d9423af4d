"""The clock takes its steps when their moment has come, once, and reminders go on after the term."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qms.lifecycle.perform import amend, perform
from qms.notices.models import Notice
from qms.notices.outbox import run_due
from qms.trail import clock
from qms.trail.models import TrailEvent
from tests.engine.conftest import NOON, Cast
from workflows.engine.models import Task, Timer
from workflows.engine.reminding import first_reminder
from workflows.engine.timers import fire, fire_due

MIDNIGHT = datetime(2026, 5, 3, 21, tzinfo=UTC)  # 4 May begins in Bucharest


def test_the_step_is_taken_when_its_day_begins_where_the_body_is(cast: Cast) -> None:
    note = cast.approved()
    with clock.at(MIDNIGHT - timedelta(seconds=5)):
        assert fire_due() == 0
    with clock.at(MIDNIGHT):
        assert fire_due() == 1
    note.refresh_from_db()
    assert note.state == "effective"
    event = TrailEvent.objects.filter(stream=note.uid).latest("seq")
    assert (event.verb, event.actor_id) == ("take_effect", None)


def test_a_second_poke_finds_nothing_to_do(cast: Cast) -> None:
    note = cast.approved()
    with clock.at(MIDNIGHT):
        pk = Timer.objects.get(record_id=note.pk).pk
        assert [fire_due(), fire_due(), fire(pk)] == [1, 0, 0]


def test_a_beat_missed_for_weeks_is_caught_up(cast: Cast) -> None:
    cast.approved()
    cast.approved()
    with clock.at(MIDNIGHT + timedelta(days=40)):
        assert fire_due() == 2


def test_a_moved_date_moves_the_timer(cast: Cast) -> None:
    note = cast.approved()
    amend(note, cast.quinn, effective_on=date(2026, 6, 1))
    timer = Timer.objects.get(record_id=note.pk)
    assert timer.due_at == datetime(2026, 5, 31, 21, tzinfo=UTC)
    with clock.at(MIDNIGHT):
        assert fire_due() == 0


def test_a_record_that_has_left_drops_its_timer_and_a_later_round_has_its_own(cast: Cast) -> None:
    note = cast.approved()
    perform(note, "reopen", cast.quinn, reason="a mistake")
    timer = Timer.objects.get(record_id=note.pk)
    assert timer.dropped
    perform(note, "submit", cast.ann)
    for reviewer in (cast.rob, cast.rita):
        perform(note, "agree", reviewer)
    perform(note, "approve", cast.alan)
    assert Timer.objects.filter(record_id=note.pk).count() == 2
    with clock.at(MIDNIGHT):
        assert fire_due() == 1


def test_a_person_who_takes_the_step_first_ends_the_timer(cast: Cast) -> None:
    note = perform(cast.approved(), "take_effect", cast.quinn)
    timer = Timer.objects.get(record_id=note.pk)
    assert timer.done_at is not None
    assert not timer.dropped
    assert Task.objects.get(record_id=note.pk, key="take_effect:clock").status == "DONE"


def test_a_step_the_clock_cannot_take_says_why_and_is_tried_again(cast: Cast) -> None:
    note = cast.approved()
    Timer.objects.filter(record_id=note.pk).update(verb="reopen")
    with clock.at(MIDNIGHT):
        assert fire_due() == 0
        timer = Timer.objects.get(record_id=note.pk)
        assert "quality manager" in timer.said
        assert timer.done_at is None
        assert fire_due() == 0
    Timer.objects.filter(record_id=note.pk).update(verb="take_effect")
    with clock.at(MIDNIGHT + timedelta(minutes=11)):
        assert fire_due() == 1


@pytest.mark.parametrize(
    ("due", "asked", "first"),
    [
        ("2026-04-20", "2026-04-01", "2026-04-17"),
        ("2026-04-03", "2026-04-01", "2026-04-02"),
        (None, "2026-04-01", None),
    ],
)
def test_the_first_reminder_comes_three_days_before_but_not_on_the_day_it_is_asked(
    due: str | None, asked: str, first: str | None
) -> None:
    found = first_reminder(date.fromisoformat(due) if due else None, date.fromisoformat(asked))
    assert found == (date.fromisoformat(first) if first else None)


def test_reminders_go_on_after_the_term_and_stop_with_the_answer(cast: Cast) -> None:
    note = perform(cast.note(cast.rob), "submit", cast.ann)  # due on Wednesday, 8 April
    for day in range(1, 30):
        with clock.at(NOON + timedelta(days=day)):
            fire_due()
            fire_due()
    told = Notice.unscoped.filter(person=cast.rob, kind="task.reminder").order_by("told_at")
    days = [line.told_at.date().isoformat() for line in told]
    assert days[:4] == ["2026-04-05", "2026-04-08", "2026-04-15", "2026-04-20"]  # Orthodox Easter on 10–13 April
    assert days == sorted(set(days))
    perform(note, "agree", cast.rob)
    with clock.at(NOON + timedelta(days=60)):
        fire_due()
    assert told.count() == len(days)


def test_a_role_is_reminded_through_its_holders(cast: Cast) -> None:
    cast.in_approval()
    with clock.at(NOON + timedelta(days=2)):
        fire_due()
    assert list(Notice.unscoped.filter(kind="task.reminder").values_list("person__name", flat=True)) == ["Alan"]


def test_whoever_is_asked_is_told_and_whoever_asked_is_not(cast: Cast) -> None:
    perform(cast.note(cast.rob, cast.rita), "submit", cast.ann)
    run_due()
    told = Notice.unscoped.filter(kind="task.asked").order_by("person__name")
    assert [line.person.name for line in told] == ["Rita", "Rob"]
    assert told[0].words["sentence"] == "Review {reference}"
    run_due()
    assert told.count() == 2
