"""An event: what stands in its text, what only as a commitment, and its exact bytes for ever."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qms.people.actors import SYSTEM, Actor, Held
from qms.people.models import Organisation, Person
from qms.trail import clock
from qms.trail.canonical import canonical, commitment, leaf_hash, plain, read_canonical
from qms.trail.click import current, one_click
from qms.trail.compose import compose, write

STREAM = UUID("6f1c4f0e-8f0b-4f5c-9f53-0c8a3b1e2d4f")
CLICK = UUID("00000000-0000-4000-8000-000000000001")
AT = datetime(2026, 3, 14, 9, 30, 15, 42, tzinfo=UTC)
BODY = Organisation(pk=1, code="AJPIS-CONSTANTA")
ANN = Person(pk=7, name="Ana Șerban", job_title="Director")

# A known answer: whoever writes another implementation must arrive at these bytes and this hash.
KNOWN_TEXT = (
    '{"actor":{"id":7,"name":"Ana Șerban","office":"Director","role":"approver","via":"page"},'
    '"at":"2026-03-14T09:30:15.000042Z","click":"00000000-0000-4000-8000-000000000001","event":"approve",'
    '"facts":{"content":"ab12","count":3},"from":"in_approval","judged_under":"revision/1",'
    '"on_behalf_of":{"id":9,"name":"Ion Pop"},"organisation":"AJPIS-CONSTANTA","prev":"","seq":1,'
    '"stream":"6f1c4f0e-8f0b-4f5c-9f53-0c8a3b1e2d4f","to":"approved","type":"revision","v":1}'
)
KNOWN_HASH = "906e8ae3d7fceaa0fe9a828fea415061729ab584325ea62b8ef70ccf762fb30a"


def composed(**other: Any) -> Any:
    given: dict[str, Any] = {
        "organisation": BODY,
        "record_type": "revision",
        "stream": STREAM,
        "seq": 1,
        "prev": "",
        "verb": "approve",
        "actor": Actor(ANN),
        "at": AT,
        "click": CLICK,
    }
    return compose(**{**given, **other})


def test_the_text_and_its_hash_are_the_known_ones() -> None:
    event = composed(
        acting_as=Held("approver", 1, None, for_id=9, for_name="Ion Pop"),
        from_state="in_approval",
        to_state="approved",
        judged_under="revision/1",
        facts={"content": "ab12", "count": 3},
    ).event
    assert event.body == KNOWN_TEXT
    assert event.leaf_hash == KNOWN_HASH


def test_a_known_commitment() -> None:
    assert commitment("00" * 16, "motiv") == "13e148013e9e9a14d41c8caeb2837f0fd763a171d0a568d88f18c54cf93534ef"


def test_what_people_typed_stands_in_the_text_only_as_a_commitment() -> None:
    made = composed(reason="secret reason", changed={"title": ("old title", "new title"), "due_on": (None, AT.date())})
    assert not any(typed in made.event.body for typed in ("secret", "old title", "new title", '2026-03-14"'))
    clear = json.loads(made.detail.clear)
    assert clear["reason"]["value"] == "secret reason"
    assert [each["value"] for each in clear["changed"]["due_on"]] == [None, "2026-03-14"]
    body = json.loads(made.event.body)
    assert body["reason"] == commitment(clear["reason"]["salt"], "secret reason")
    assert body["changed"]["title"][1] == commitment(clear["changed"]["title"][1]["salt"], "new title")


def test_the_same_value_is_never_committed_to_twice_alike() -> None:
    bodies = {json.loads(composed(reason="yes").event.body)["reason"] for _ in range(20)}
    assert len(bodies) == 20


def test_without_typed_text_there_is_no_detail() -> None:
    assert composed().detail is None


def test_the_clock_acts_without_a_person() -> None:
    event = composed(actor=SYSTEM).event
    assert event.actor_id is None
    assert json.loads(event.body)["actor"] == {"id": None, "name": "clock", "office": "", "role": "", "via": "clock"}


def test_a_set_clock_is_said() -> None:
    assert "clock" not in json.loads(composed().event.body)
    with clock.at(AT):
        event = composed(at=None).event
    assert json.loads(event.body)["clock"] == "set" and event.at >= AT and (event.at - AT).total_seconds() < 5


def test_writing_is_one_insert_for_the_event_and_one_for_the_clear_values(body: Organisation) -> None:
    for reason, inserts in (("", 1), ("typed", 2)):
        made = composed(organisation=body, actor=SYSTEM, seq=inserts, reason=reason)
        with CaptureQueriesContext(connection) as queries:
            write(made)
        assert [query["sql"].split(" ", 1)[0] for query in queries] == ["INSERT"] * inserts


def test_a_written_event_is_the_stored_one(body: Organisation) -> None:
    made = write(composed(organisation=body, actor=SYSTEM, reason="typed"))
    stored = type(made).objects.select_related("detail").get(pk=made.pk)
    for field in made._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(made, field.attname), field.name
    assert json.loads(stored.detail.clear)["reason"]["value"] == "typed" and not made._state.adding


def test_events_of_one_click_share_its_number() -> None:
    with one_click() as click:
        assert current() == current() == click
        with one_click() as inner:
            assert inner == click
    assert current() != current()


def test_floats_and_foreign_things_have_no_canonical_form() -> None:
    for value in (1.5, {"a": [1.0]}, {1: "a"}, object(), b"x"):
        with pytest.raises(TypeError):
            canonical(value)


@pytest.mark.parametrize(
    "text", ['{"b":1,"a":2}', '{"a": 1}', '{"a":1.5}', '{"a":NaN}', '{"a":"\\u0219"}', '{"a":1,"a":1}', ""]
)
def test_only_canonical_text_is_read(text: str) -> None:
    with pytest.raises(ValueError):
        read_canonical(text)
    assert read_canonical('{"a":"ș"}') == {"a": "ș"}


def test_canonical_text_is_sorted_tight_and_utf8() -> None:
    assert canonical({"б": 1, "a": [True, None, "ț"], "A": {}}) == '{"A":{},"a":[true,null,"ț"],"б":1}'


def test_values_become_plain() -> None:
    assert plain({"when": AT, "who": ANN, "set": {"b", "a"}, "half": 0.5}) == {
        "when": "2026-03-14T09:30:15.000042Z",
        "who": 7,
        "set": ["a", "b"],
        "half": "0.5",
    }


def test_a_moment_without_time_zone_cannot_be_set() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 1, 1)):
        pass


def test_today_follows_the_wall_clock_of_the_body() -> None:
    with clock.at(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)):
        assert str(clock.today("Europe/Bucharest")) == "2027-01-01"
        assert str(clock.today()) == "2026-12-31"


def test_the_set_clock_runs_on_and_goes_back() -> None:
    with clock.at(AT):
        first = clock.now()
        assert clock.now() >= first >= AT
    assert abs((clock.now() - clock.real_now()).total_seconds()) < 5


def test_the_leaf_hash_is_that_of_rfc_6962() -> None:
    assert leaf_hash("") == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
