"""The main story once as in production: PostgreSQL, Redis, and web, worker and scheduler as processes of their own.

Heavy, so it runs where everything is required (ATESTAT_REQUIRE_ALL, as in CI).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from qms.notices.models import Job, Notice
from qms.trail.models import Checkpoint, TrailEvent
from qms.trail.verify import verify
from tests.faults.production import Browser, Installation, key_and_version, let_log_in
from tests.fixtures.databases import RealDatabase
from tests.people import make_body
from workflows.engine.models import ASKED, Task
from workflows.nonconformities.models import Nonconformity

pytestmark = pytest.mark.skipif(
    not os.environ.get("ATESTAT_REQUIRE_ALL"), reason="three processes for a minute: where everything is required"
)
FINDING = {
    "title": "Report drawn up on an obsolete checklist", "source": "own", "found_on": "2026-05-14",
    "requirement": "ISO 9001, 7.5.3", "evidence": "Report RI-011 names version 2.", "place": "Inspection",
}  # fmt: skip


@pytest.fixture
def installation(real_db: RealDatabase, request: pytest.FixtureRequest) -> Iterator[Installation]:
    made = Installation(real_db, request.getfixturevalue("redis_url"))
    try:
        yield made
    finally:
        made.end()
        for process in ("web", "worker", "scheduler"):
            print(f"--- {process}\n{made.log(process)}")  # noqa: T201  shown by pytest only for a test that failed


def soon(what: Callable[[], Any], seconds: float = 60) -> Any:
    """What becomes true within a minute, as the background gets to it."""
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, "the background did not get to it"
        time.sleep(0.3)
    return found


@pytest.mark.parametrize("real_db", ["postgresql"], indirect=True)
def test_a_nonconformity_is_reported_triaged_told_and_sealed(installation: Installation, settings: Any) -> None:
    body = make_body("HOME", "RO", "ro")
    let_log_in(body, "stan", "bob", "ann")
    installation.prepare()
    for process in ("web", "worker", "scheduler"):
        installation.start(process)
    assert installation.wait_until_healthy() == {"ok": True, "database": True, "migrations": True, "broker": True}

    stan = Browser(installation.url)
    assert stan.get("/").location.startswith("/account/login/")
    stan.log_in(body.stan)
    form = key_and_version(stan.get("/records/nonconformity/new").text)
    made = stan.post("/records/nonconformity/new", {**FINDING, "key": form["key"]})
    assert (made.status, stan.get(made.location).status) == (302, 200)
    found = Nonconformity.objects.of(body.organisation.pk).get()
    soon(lambda: Notice.objects.of(body.organisation.pk).filter(person=body.bob, stream=found.uid).exists())

    bob = Browser(installation.url)
    bob.log_in(body.bob)
    assert found.reference in bob.get("/").text
    page = bob.get(f"{made.location}steps/triage")
    given = {"grade": "minor", "owner": str(body.ann.pk), "route": "capa", "rationale": "It may come back."}
    assert bob.post(f"{made.location}steps/triage", {**key_and_version(page.text), **given}).status == 302
    found.refresh_from_db()
    assert (found.state, found.owner) == ("triaged", body.ann)
    assert Task.objects.filter(record_id=found.pk, status__in=ASKED, owner=body.ann).exists()
    soon(lambda: Notice.objects.of(body.organisation.pk).filter(person=body.ann, stream=found.uid).exists())

    soon(lambda: not TrailEvent.objects.filter(leaf=None).exists() and Checkpoint.objects.exists())
    soon(lambda: not Job.objects.filter(done_at=None).exists())
    settings.CHECKPOINT_FILE = installation.real_db.folder / "checkpoints" / "trail.txt"
    settings.SIGNING_KEY_FILE = installation.real_db.folder / "keys" / "trail.pem"
    report = verify(settings.CHECKPOINT_FILE)
    assert report.clean, report.findings
    assert report.unsealed == 0
    connections.close_all()
