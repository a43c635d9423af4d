"""kill -9 of web and worker under load: no acknowledged step is lost, nothing happens twice, everything queued is done.

Clients keep a log of what was acknowledged to them; whoever hears nothing sends the same form again.
Production is PostgreSQL and Redis; SQLite serves one machine with one process tree.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connections

from qms.notices.models import Job, Notice
from qms.trail import clock
from qms.trail.models import TrailEvent
from qms.trail.seal import seal
from qms.trail.verify import verify
from tests.faults.production import Browser, Installation, let_log_in
from tests.fixtures.databases import RealDatabase
from tests.people import Body, make_body
from workflows.engine.rebuild import rebuild
from workflows.nonconformities.models import Nonconformity

HEAVY = bool(os.environ.get("ATESTAT_REQUIRE_ALL"))
# Seconds of load, how often web and worker are killed in them, and how many clients press buttons.
LOAD, KILLS, CLIENTS = (20, 4, 4) if HEAVY else (4, 1, 2)


@dataclass
class Log:
    """What clients were told: title of the nonconformity → its identifier, and which were triaged."""

    reported: dict[str, str] = field(default_factory=dict)
    triaged: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    odd: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


def insist(browser: Browser, path: str, form: dict[str, str], log: Log) -> str:
    """Send a form until somebody answers; where it leads."""
    for _try in range(300):
        try:
            answer = browser.post(path, form)
        except OSError:
            time.sleep(0.2)
            continue
        if answer.status == 302:
            return answer.location
        if answer.status in (502, 503):
            time.sleep(0.2)
            continue
        log.odd.append(f"{path}: {answer.status}")
        return ""
    log.odd.append(f"{path}: never answered")
    return ""


def work(stan: Browser, bob: Browser, owner: int, log: Log, number: int) -> None:
    """Report and triage, one after the other, until told to stop."""
    for turn in range(10_000):
        if log.stop.is_set():
            return
        title = f"Found {number}-{turn}"
        log.asked.add(title)
        form = {"title": title, "source": "own", "found_on": "2026-05-14", "requirement": "ISO 9001, 7.5.3",
                "evidence": "Seen.", "place": "Here", "key": str(uuid4())}  # fmt: skip
        place = insist(stan, "/records/nonconformity/new", form, log)
        if not place:
            return
        log.reported[title] = place.strip("/").rpartition("/")[2]
        given = {"grade": "minor", "owner": str(owner), "route": "capa", "rationale": "It may come back."}
        if insist(bob, f"{place}steps/triage", {**given, "version": "1", "key": str(uuid4())}, log):
            log.triaged.add(title)


@pytest.fixture
def installation(real_db: RealDatabase, request: pytest.FixtureRequest) -> Iterator[Installation]:
    made = Installation(real_db, request.getfixturevalue("redis_url"))
    try:
        yield made
    finally:
        made.end()
        for process in ("web", "worker", "scheduler"):
            print(f"--- {process}\n{made.log(process)}")  # noqa: T201  shown by pytest only for a test that failed


@pytest.mark.parametrize("real_db", ["postgresql"], indirect=True)
def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(installation: Installation) -> None:
    body = make_body("HOME", "RO", "ro")
    let_log_in(body, "stan", "bob")
    installation.prepare()
    for process in ("web", "worker"):
        installation.start(process)
    assert installation.wait_until_healthy()["ok"]
    log = Log()
    clients = _clients(installation, body, log)
    for _kill in range(KILLS):
        time.sleep(LOAD / (KILLS + 1))
        for process in ("web", "worker"):
            installation.kill(process)
            installation.start(process)
    time.sleep(LOAD / (KILLS + 1))
    log.stop.set()
    for client in clients:
        client.join(timeout=90)
        assert not client.is_alive()
    assert log.odd == []
    assert len(log.triaged) >= CLIENTS * 2
    _what_was_acknowledged_is_there_once(body, log)
    _what_was_queued_is_done(installation)
    seal()
    report = verify()
    assert report.clean, report.findings


def _clients(installation: Installation, body: Body, log: Log) -> list[threading.Thread]:
    clients = []
    for number in range(CLIENTS):
        stan, bob = Browser(installation.url), Browser(installation.url)
        stan.log_in(body.stan)
        bob.log_in(body.bob)
        clients.append(threading.Thread(target=partial(work, stan, bob, body.ann.pk, log, number)))
    for client in clients:
        client.start()
    return clients


def _what_was_acknowledged_is_there_once(body: Body, log: Log) -> None:
    rows = list(Nonconformity.objects.of(body.organisation.pk).filter(title__in=log.asked))
    by_title = {row.title: row for row in rows}
    assert len(rows) == len(by_title), "something was reported twice"
    for title, uid in log.reported.items():
        assert by_title[title].uid == UUID(uid)
    for title in log.triaged:
        assert by_title[title].state == "triaged"
    for row in rows:
        verbs = list(TrailEvent.objects.filter(stream=row.uid).order_by("seq").values_list("verb", flat=True))
        assert verbs in (["create"], ["create", "triage"])
        assert row.version == len(verbs)
        assert rebuild(row, write=False) == []


def _what_was_queued_is_done(installation: Installation) -> None:
    """What a killed worker had claimed is free again when its lease is over; that is not waited for here."""
    now = clock.real_now()
    Job.objects.filter(done_at=None).update(claimed_until=None, due_at=now)
    until = time.monotonic() + 60
    installation.start("scheduler")
    while time.monotonic() < until and Job.objects.filter(done_at=None).exists():
        time.sleep(0.3)
    assert not Job.objects.filter(done_at=None).exists(), installation.log("worker")
    told = list(Notice.unscoped.values_list("person", "key", "channel"))
    assert len(told) == len(set(told)) > 0
    connections.close_all()
