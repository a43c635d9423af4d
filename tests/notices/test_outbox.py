"""Jobs are done once, whoever asks for them how often, and again until they are done."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction

from qms.notices import outbox
from qms.notices.mailing import tell
from qms.notices.models import Channel, Job, Notice
from qms.trail import clock
from tests.people import Body


@pytest.fixture
def carried_out(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    done: list[dict[str, Any]] = []
    monkeypatch.setitem(outbox._handlers, "test", done.append)
    return done


@pytest.mark.django_db
def test_the_same_kind_and_key_is_one_job(carried_out: list[dict[str, Any]]) -> None:
    for _again in range(3):
        outbox.enqueue("test", "one", {"n": 1})
    outbox.run_due()
    outbox.run_due()
    assert carried_out == [{"n": 1}]


@pytest.mark.django_db
def test_a_job_of_a_change_that_did_not_happen_is_not_there(carried_out: list[dict[str, Any]]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.enqueue("test", "one", {})
        _ = 1 / 0
    assert outbox.run_due() == 0
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_payload: dict[str, Any]) -> None:
        raise OSError("no route")

    monkeypatch.setitem(outbox._handlers, "test", fails)
    outbox.enqueue("test", "one", {})
    assert outbox.run_due() == 0
    job = Job.objects.get()
    assert (job.attempts, job.done_at, job.failure) == (1, None, "OSError")
    assert job.due_at > clock.real_now()


@pytest.mark.django_db
def test_a_job_whose_worker_was_killed_is_taken_up_after_its_lease(carried_out: list[dict[str, Any]]) -> None:
    outbox.enqueue("test", "one", {"n": 1})
    Job.objects.update(claimed_until=clock.real_now() + timedelta(minutes=1), attempts=1)
    assert outbox.run_due() == 0
    Job.objects.update(claimed_until=clock.real_now() - timedelta(seconds=1))
    assert outbox.run_due() == 1


@pytest.mark.django_db
def test_a_dead_broker_does_not_undo_the_change(monkeypatch: pytest.MonkeyPatch) -> None:
    def dead() -> None:
        raise ConnectionError

    monkeypatch.setattr(outbox, "wake_ups", [dead])
    outbox.wake()


def test_many_workers_at_once_do_each_job_once(real_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setitem(outbox._handlers, "test", lambda payload: done.append(payload["n"]))
    for n in range(40):
        outbox.enqueue("test", str(n), {"n": n})
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        outbox.run_due()
        connection.close()

    workers = [threading.Thread(target=work) for _n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == list(range(40))


def test_a_notice_is_mailed_once_in_the_persons_language(home: Body, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    words = {"sentence": "Triage {reference}", "title": "A\nheader: injection"}
    for _again in range(2):
        tell(
            Notice(
                organisation=home.organisation,
                person=home.bob,
                kind="x",
                key="x:1",
                reference="NC-1",
                words=words,
                channel=Channel.IN_APP,
                told_at=clock.now(),
            )
        )
    outbox.run_due()
    Job.objects.update(done_at=None)
    outbox.run_due()
    assert [message.to for message in mail.outbox] == [[home.bob.email]]
    assert "\n" not in mail.outbox[0].subject
    assert set(Notice.unscoped.values_list("channel", flat=True)) == {Channel.IN_APP, Channel.MAIL}
