"""The inbox as a page: what it shows, what it costs, what it refuses."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qms.lifecycle.perform import perform
from qms.people.models import Organisation, Person, Unit
from qms.people.roles import Role
from qms.trail import clock
from tests.engine.conftest import NOON, Cast, delegate, hold
from workflows.engine.models import Task


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(person: Person, query: str = "") -> str:
    answer = signed_in(person).get(f"/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_first_page_is_the_inbox_with_the_order_the_record_and_the_steps_word(cast: Cast) -> None:
    note = cast.note(title="Rules of the house")
    shown = page_of(cast.ann)
    assert f"Submit {note.reference}" in shown
    assert "Rules of the house" in shown
    assert f"/records/toynote/{note.uid}/" in shown


def test_an_empty_inbox_says_so(cast: Cast) -> None:
    assert "Nothing is asked of you." in page_of(cast.olga)


def test_late_tasks_come_first_under_their_own_title(cast: Cast) -> None:
    perform(cast.note(title="Old"), "submit", cast.ann)
    with clock.at(NOON + timedelta(days=20)):
        perform(cast.note(title="New"), "submit", cast.ann)
        shown = page_of(cast.rob)
    assert shown.index("Late") < shown.index("Old") < shown.index("Later") < shown.index("New")


def test_delegated_tasks_name_the_delegator(cast: Cast) -> None:
    perform(cast.note(), "submit", cast.ann)
    delegate(cast.rob, cast.olga)
    shown = page_of(cast.olga)
    assert "delegated to you by Rob" in shown
    assert "Rob delegates to you" in shown


def test_one_can_keep_to_ones_own(cast: Cast) -> None:
    cast.in_approval(title="For the role")
    hold(cast.ann, Role.APPROVER)
    cast.note(title="For Ann")
    assert "For the role" in page_of(cast.ann)
    mine = page_of(cast.ann, "?whose=mine")
    assert "For Ann" in mine
    assert "For the role" not in mine


@pytest.mark.parametrize("query", ["?whose=everybody", "?after=2026", "?q=%00", "?q=" + "x" * 3000, "?after=%FF"])
def test_what_nobody_asked_for_is_left_aside(cast: Cast, query: str) -> None:
    cast.note()
    assert signed_in(cast.ann).get(f"/{query}").status_code == 200


def test_a_page_costs_at_most_eight_statements(cast: Cast) -> None:
    hold(cast.alan, Role.REVIEWER, cast.unit)
    delegate(cast.rob, cast.alan)
    for _number in range(3):
        cast.in_approval()
    client = signed_in(cast.alan)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    assert len(asked) <= 8, "\n".join(query["sql"] for query in asked)


def test_a_task_is_handed_over_in_the_page(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    task = Task.objects.get(key=f"review:p{cast.rob.pk}")
    client = signed_in(cast.quinn)
    assert client.get(f"/tasks/{task.uid}/hand-over").status_code == 200
    said = {"to": cast.olga.pk, "reason": "ill", "key": str(uuid4())}
    assert client.post(f"/tasks/{task.uid}/hand-over", said).status_code == 302
    note.refresh_from_db()
    assert cast.olga.pk in note.reviewers


def test_a_refused_handing_over_says_why(cast: Cast) -> None:
    cast.in_approval()
    task = Task.objects.get(key="approve:approver")
    answer = signed_in(cast.olga).post(f"/tasks/{task.uid}/hand-over", {"to": cast.rob.pk, "reason": "so"})
    assert answer.status_code == 403
    assert "somebody else’s" in answer.content.decode()


@pytest.fixture
def stranger(cast: Cast) -> Iterator[Person]:
    """Somebody of another body, with every role there."""
    body = Organisation.objects.create(code="OTHER", country="BG", language="bg", name_en="Other", created_at=NOON)
    Unit.unscoped.create(organisation=body, code="X", name_en="X", created_at=NOON)
    person = Person.unscoped.create(organisation=body, email="s@example.org", name="Stranger", created_at=NOON)
    for role in Role.values:
        hold(person, role)
    yield person


def test_another_bodys_task_answers_like_a_missing_one(cast: Cast, stranger: Person) -> None:
    note = cast.in_approval(title="Canary")
    task = Task.objects.get(key="approve:approver")
    client = signed_in(stranger)
    for method in (client.get, client.post):
        there, missing = method(f"/tasks/{task.uid}/hand-over"), method(f"/tasks/{uuid4()}/hand-over")
        assert there.status_code == missing.status_code == 404
    shown = page_of(stranger)
    assert "Canary" not in shown
    assert note.reference not in shown


def test_a_task_that_is_over_answers_like_a_missing_one(cast: Cast) -> None:
    note = cast.in_approval()
    task = Task.objects.get(key="approve:approver")
    perform(note, "approve", cast.alan)
    assert signed_in(cast.alan).get(f"/tasks/{task.uid}/hand-over").status_code == 404


def test_nobody_looks_in_without_signing_in(cast: Cast) -> None:
    assert Client().get("/").status_code == 302


def test_a_record_page_says_who_is_asked_now(cast: Cast) -> None:
    note = perform(cast.note(), "submit", cast.ann)
    shown = signed_in(cast.quinn).get(f"/records/toynote/{note.uid}/").content.decode()
    assert "Asked now" in shown
    assert "Rita" in shown
    assert "Hand over" in shown
    assert "Hand over" not in signed_in(cast.olga).get(f"/records/toynote/{note.uid}/").content.decode()
