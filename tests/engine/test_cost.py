"""What routing costs a step, in statements; BEGIN and COMMIT are not counted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qms.lifecycle.perform import perform
from qms.people.models import Person
from qms.records.registry import followers
from tests.engine.conftest import Cast
from workflows.engine.follow import follow

Act = Callable[[Cast], Any]


def fresh(person: Person) -> Person:
    """As a request has it: with his body, without anything read before."""
    return Person.objects.select_related("organisation").get(pk=person.pk)


def counted(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    return len(statements)


@pytest.mark.parametrize("reviewers", [1, 12])
def test_a_step_with_routing_costs_the_same_for_one_and_for_twelve_people(cast: Cast, reviewers: int) -> None:
    people = [
        Person.unscoped.create(
            organisation=cast.body, email=f"r{n}@x.org", name=f"R{n}", created_at=cast.body.created_at
        )
        for n in range(reviewers)
    ]
    note, ann = cast.note(*people), fresh(cast.ann)
    assert counted(lambda: perform(note, "submit", ann)) == 10
    again = fresh(people[0])
    assert counted(lambda: perform(note, "return", again, reason="unclear")) <= 14


@pytest.mark.parametrize(
    ("begin", "verb", "who", "most"),
    [
        (lambda cast: perform(cast.note(), "submit", cast.ann), "agree", "rob", 9),
        (lambda cast: cast.in_approval(), "approve", "alan", 12),
    ],
)
def test_routing_adds_at_most_seven_statements_to_a_step(
    cast: Cast, begin: Act, verb: str, who: str, most: int
) -> None:
    given: dict[str, Any] = {"effective_on": date(2026, 5, 4)} if verb == "approve" else {}
    routed, person = begin(cast), fresh(getattr(cast, who))
    with_routing = counted(lambda: perform(routed, verb, person, **given))
    plain, person = begin(cast), fresh(getattr(cast, who))
    followers.remove(follow)
    try:
        without = counted(lambda: perform(plain, verb, person, **given))
    finally:
        followers.append(follow)
    assert with_routing <= most
    assert with_routing - without <= 7


def test_a_change_that_asks_nobody_anew_costs_few_statements_and_writes_no_task(cast: Cast) -> None:
    note, quinn = cast.in_approval(), fresh(cast.quinn)
    with CaptureQueriesContext(connection) as asked:
        follow_only(note, quinn)
    assert not [query for query in asked if not query["sql"].startswith("SELECT")]


def follow_only(note: Any, person: Person) -> None:
    from qms.people.actors import Actor
    from qms.trail.models import TrailEvent

    follow(note, "comment", TrailEvent.objects.filter(stream=note.uid).latest("seq"), Actor(person))
