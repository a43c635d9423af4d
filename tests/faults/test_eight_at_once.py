"""Eight people press the same button at the same moment, over HTTP, on both databases: one effect, and never a 500."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from qms.people.models import Person
from qms.people.roles import Role
from qms.signatures.sign import content_hash
from qms.trail import clock
from qms.trail.models import TrailEvent
from qms.trail.verify import verify
from tests.contract import makers
from tests.fixtures.databases import RealDatabase
from tests.people import PASSWORD, Body, give_role, make_body
from workflows.engine.models import ASKED, Task
from workflows.engine.rebuild import rebuild
from workflows.inspections.models import Answer

Answers = list[Any]


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def _status(client: Client, url: str, data: dict[str, Any]) -> int:
    return client.post(url, data).status_code


def approval(revision: Any, **more: Any) -> dict[str, Any]:
    """What the form of the approval sends."""
    today = clock.today(revision.organisation.time_zone).isoformat()
    form = {"version": revision.version, "password": PASSWORD, "content_hash": content_hash(revision)}
    return {**form, "effective_from": today, "key": str(uuid4()), **more}


def pressed(real_db: RealDatabase, url: str, sent: list[tuple[Person, dict[str, Any]]]) -> Answers:
    """Everybody's request at the same moment; each person has a browser of his own."""
    jobs: list[Callable[[], Any]] = []
    for person, data in sent:
        client = signed_in(person)
        jobs.append(partial(_status, client, url, data))
    return real_db.together(*jobs)


def one_effect(revision: Any, verb: str, state: str) -> None:
    """One event, one decision, one signature; tasks as the record asks; the whole trail as it was written."""
    revision.refresh_from_db()
    assert revision.state == state
    assert TrailEvent.objects.filter(stream=revision.uid, verb=verb).count() == 1
    assert TrailEvent.objects.filter(stream=revision.uid).count() == revision.version
    assert revision.decisions.filter(verdict="approved").count() == 1
    assert rebuild(revision, write=False) == []
    report = verify()
    assert report.clean, report.findings


def ready(real_db: RealDatabase) -> tuple[Body, Any, str]:
    body = make_body("HOME", "RO", "ro")
    revision = makers.revision(body, "in_approval")
    url = reverse("records:step", kwargs={"type_name": "revision", "uid": revision.uid, "verb": "approve"})
    return body, revision, url


def test_one_form_sent_eight_times_is_carried_out_once_and_answered_alike(real_db: RealDatabase) -> None:
    """A 403 is the throttle: a try to prove who one is counts before it is known to be right, and five are open."""
    body, revision, url = ready(real_db)
    answers = Counter(pressed(real_db, url, [(body.petra, approval(revision))] * 8))
    assert answers[302] >= 5
    assert set(answers) <= {302, 403}
    one_effect(revision, "approve", "approved")


def test_eight_forms_of_one_approver_have_one_effect(real_db: RealDatabase) -> None:
    body, revision, url = ready(real_db)
    answers = Counter(pressed(real_db, url, [(body.petra, approval(revision)) for _each in range(8)]))
    assert answers[302] == 1
    assert set(answers) <= {302, 403, 409}
    one_effect(revision, "approve", "approved")


def test_two_approvers_and_forms_of_every_age_have_one_effect(real_db: RealDatabase) -> None:
    """Two approvers with new forms, one with a stale one, one who wrote it, and one whose form was meddled with."""
    body, revision, url = ready(real_db)
    give_role(body.vera, Role.APPROVER)
    give_role(body.ann, Role.APPROVER)
    stale, meddled = {"version": revision.version - 1}, {"content_hash": "0" * 64}
    sent = [
        (body.petra, approval(revision)), (body.vera, approval(revision)), (body.petra, approval(revision)),
        (body.vera, approval(revision)), (body.petra, approval(revision, **stale)), (body.ann, approval(revision)),
        (body.vera, approval(revision, **meddled)), (body.petra, approval(revision, version="x", key="y")),
    ]  # fmt: skip
    answers = pressed(real_db, url, sent)
    assert answers.count(302) == 1
    assert set(answers) <= {302, 403, 409, 422}
    assert (answers[4], answers[5]) in ((409, 403), (409, 409), (403, 403))
    one_effect(revision, "approve", "approved")


def test_one_approves_while_another_rejects(real_db: RealDatabase) -> None:
    body, revision, url = ready(real_db)
    give_role(body.vera, Role.APPROVER)
    away = url.replace("/approve", "/reject")
    form = {"version": revision.version, "reason": "A part is missing.", "key": str(uuid4())}
    petra, vera = signed_in(body.petra), signed_in(body.vera)
    given = approval(revision)
    jobs = [lambda: petra.post(url, given).status_code, lambda: vera.post(away, form).status_code]
    assert sorted(real_db.together(*jobs)) in ([302, 403], [302, 409])
    revision.refresh_from_db()
    last = TrailEvent.objects.filter(stream=revision.uid, verb__in=("approve", "reject"))
    assert last.count() == 1
    assert revision.state == {"approve": "approved", "reject": "draft"}[last.get().verb]
    assert verify().clean


def test_two_inspectors_answer_the_same_item_at_once_and_one_is_told(real_db: RealDatabase) -> None:
    body = make_body("HOME", "RO", "ro")
    mission = makers.inspection(body, "in_progress")
    item = mission.items[0].key
    url = reverse("inspections:answer", kwargs={"uid": mission.uid, "item": item})
    forms = [
        (body.lena, {"answer": "yes", "fact": "", "version": 0, "key": str(uuid4())}),
        (body.ines, {"answer": "no", "fact": "The door was locked.", "version": 0, "key": str(uuid4())}),
    ]
    assert sorted(pressed(real_db, url, forms)) == [302, 409]
    answer = Answer.objects.of(body.organisation.pk).get(inspection=mission, item=item)
    assert answer.version == TrailEvent.objects.filter(stream=answer.uid).count() == 1
    assert verify().clean


def test_two_inspectors_answer_different_items_and_neither_waits(real_db: RealDatabase) -> None:
    body = make_body("HOME", "RO", "ro")
    mission = makers.inspection(body, "in_progress")
    jobs = []
    for person, item in zip((body.lena, body.ines, body.lena), mission.items, strict=True):
        url = reverse("inspections:answer", kwargs={"uid": mission.uid, "item": item.key})
        data = {"answer": "yes", "fact": "", "version": 0, "key": str(uuid4())}
        client = signed_in(person)
        jobs.append(partial(_status, client, url, data))
    assert real_db.together(*jobs) == [302, 302, 302]
    assert Answer.objects.of(body.organisation.pk).filter(inspection=mission).count() == 3
    assert verify().clean


def test_no_task_is_left_behind_by_the_crowd(real_db: RealDatabase) -> None:
    body, revision, url = ready(real_db)
    pressed(real_db, url, [(body.petra, approval(revision)) for _each in range(4)])
    keys = Task.objects.filter(record_id=revision.pk, record_type="revision", status__in=ASKED).values_list("key")
    assert list(keys) == []
