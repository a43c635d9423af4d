"""The trail in sentences: who, in which office, did what and why; safe, in three languages, two statements a page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from qms.lifecycle.perform import amend, perform
from qms.people.models import Delegation
from qms.people.roles import Role
from qms.records import registry
from qms.trail import clock
from qms.trail.sentences import sentences
from tests.nonconformities.make import in_state, reported
from tests.people import INSTALLATION, Body
from workflows.nonconformities.lifecycle import State


def told(record: object, language: str = "en") -> list[str]:
    return [strip_tags(line.html) for line in sentences(record.uid, language)]  # type: ignore[attr-defined]


def test_each_event_is_one_sentence_in_the_past_tense_newest_first(home: Body) -> None:
    nc = reported(home)
    nc = perform(nc, "void", home.bob, reason="Entered twice.")
    assert told(nc) == [
        "Bob HOME, official, declared it void: Entered twice.",
        "Stan HOME, official, created the record",
    ]


def test_names_are_those_of_the_moment(home: Body) -> None:
    nc = reported(home)
    amend(home.stan, INSTALLATION, name="Somebody Else", job_title="retired")
    assert told(nc) == ["Stan HOME, official, created the record"]


def test_a_delegated_act_shows_both_names(home: Body) -> None:
    Delegation.unscoped.create(
        organisation=home.organisation,
        created_at=clock.now(),
        delegator=home.bob,
        delegate=home.ivo,
        roles=[Role.QUALITY_MANAGER],
        from_on=date(2020, 1, 1),
        to_on=date(2099, 1, 1),
        reason="leave",
    )
    nc = perform(reported(home), "void", home.ivo, reason="Twice.")
    assert told(nc)[0] == "Ivo HOME, official, on behalf of Bob HOME, declared it void: Twice."


def test_an_edit_names_its_fields_and_gives_old_and_new_in_words(home: Body) -> None:
    nc = reported(home)
    nc = amend(nc, home.stan, title="Another title", reason="precise")
    line = sentences(nc.uid, "en")[0]
    assert strip_tags(line.html) == "Stan HOME, official, changed: title: precise"
    assert [(change.label, change.old, change.new) for change in line.changes] == [
        ("title", "Report drawn up on an obsolete checklist", "Another title")
    ]


def test_people_and_days_are_written_as_people_write_them(home: Body) -> None:
    line = sentences(reported(home).uid, "en")[-1]
    changes = {change.label: change.new for change in line.changes}
    assert "2026-05-14" not in changes.values()
    nc = in_state(home, State.TRIAGED)
    words = {change.new for line in sentences(nc.uid, "en") for change in line.changes}
    assert "Ann HOME" in words


def test_what_people_typed_is_never_markup(home: Body) -> None:
    nc = reported(home, title="<script>alert(1)</script>")
    nc = perform(nc, "void", home.bob, reason="<img src=x onerror=alert(1)>")
    html = "".join(line.html for line in sentences(nc.uid, "en"))
    assert "<script" not in html and "<img" not in html


@pytest.mark.parametrize("language", ["en", "ro", "bg"])
def test_every_verb_of_every_lifecycle_has_a_sentence_of_its_own(language: str) -> None:
    from qms.trail.sentences import _template

    fallback = _template("", "there is no such verb")
    plain = {
        f"{kind.name}/{verb}"
        for kind in registry.all_types()
        for verb in (*kind.lifecycle.verbs, "create", "edit")
        if _template(kind.name, verb).template.name == fallback.template.name
    }
    assert plain == set()


def test_a_page_of_events_takes_two_statements(home: Body) -> None:
    nc = in_state(home, State.CLOSED)
    with CaptureQueriesContext(connection) as queries:
        lines = sentences(nc.uid, "ro")
    assert len(lines) == nc.version and len(queries) <= 2


def test_pages_go_on_where_the_last_ended(home: Body) -> None:
    nc = in_state(home, State.CLOSED)
    first = sentences(nc.uid, "en", most=3)
    assert [line.seq for line in sentences(nc.uid, "en", most=2, before=first[-1].seq)] == [
        nc.version - 3,
        nc.version - 4,
    ]
