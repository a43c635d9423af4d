"""What people say about a record: asked people are told, answers settle, the trail holds no word of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qms.comments.boxes import in_order
from qms.comments.commands import comment, settle
from qms.comments.mentions import named_in
from qms.comments.models import Comment
from qms.lifecycle.perform import amend
from qms.lifecycle.refused import Refused
from qms.notices.mailing import send
from qms.notices.models import Job, Notice
from qms.people.models import Person
from qms.records.pages import url_of
from qms.trail.models import TrailDetail, TrailEvent
from tests.nonconformities import make
from tests.people import Body
from workflows.nonconformities.lifecycle import State


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def add_url(record: Any) -> str:
    return f"/comments/{record.stream_name()}/{record.uid}/add"


def said(text: str, *asked: Person, **more: str) -> dict[str, Any]:
    return {"text": text, "asked": [person.pk for person in asked], "key": str(uuid4()), **more}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Ana Pop, see 7.5", [1]),
        ("@ana pop and @Ana Popescu", [1, 2]),
        ("@Ana Popescu only", [2]),
        ("ana@ana pop.ro", []),
        ("@Ana Popa", []),
        ("(@Ivan (ext.))", [3]),
        ("@@Ana Pop", [1]),
        ("Ana Pop", []),
        ("", []),
    ],
)
def test_whole_names_after_an_at_are_meant(text: str, found: list[int]) -> None:
    assert named_in(text, {1: "Ana Pop", 2: "Ana Popescu", 3: "Ivan (ext.)"}) == found


def test_a_comment_stands_on_the_page_as_it_was_typed(home: Body) -> None:
    nc = make.reported(home)
    client = signed_in(home.vera)
    answer = client.post(add_url(nc), said("See <script>alert(1)</script>\nhttps://example.org"))
    assert (answer.status_code, answer["Location"]) == (302, f"{url_of(nc)}#comments")
    page = client.get(url_of(nc)).text
    assert "See &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="https://example.org' not in page


def test_the_records_trail_says_that_it_was_made_and_holds_none_of_its_words(home: Body) -> None:
    nc = make.reported(home)
    made = comment(nc, home.vera, "Her illness was the cause.")
    event = TrailEvent.objects.get(stream=nc.uid, seq=nc.version)
    assert (event.verb, event.actor) == ("comment", home.vera)
    assert str(made.uid) in event.body
    assert not any("illness" in event.body for event in TrailEvent.objects.all())
    assert not TrailDetail.objects.filter(event__stream=nc.uid, clear__contains="illness").exists()
    assert "commented" in signed_in(home.bob).get(url_of(nc)).text


def test_who_is_asked_in_the_text_or_the_list_is_told_in_the_application_and_by_mail(home: Body, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    amend(home.stan, home.ada, language="ro")
    nc = make.reported(home)
    made = comment(nc, home.vera, f"@{home.stan.name.upper()}, which version? @{home.vera.name}", people=[home.bob])
    assert made.asked == sorted([home.stan.pk, home.bob.pk, home.vera.pk])
    assert {notice.person for notice in Notice.unscoped.all()} == {home.stan, home.bob}
    for job in Job.objects.filter(kind="notice.mail"):
        send(job.payload)
        send(job.payload)
    assert sorted(message.to[0] for message in mail.outbox) == sorted([home.stan.email, home.bob.email])
    assert nc.reference in mail.outbox[0].subject
    assert not any("which version" in message.body for message in mail.outbox)


def test_another_bodys_person_cannot_be_asked(home: Body, away: Body) -> None:
    nc = make.reported(home)
    with pytest.raises(ValidationError):
        comment(nc, home.bob, "Look.", people=[away.bob])
    assert comment(nc, home.bob, f"@{away.stan.name} look").asked == []
    answer = signed_in(home.bob).post(add_url(nc), said("Look.", away.bob))
    assert answer.status_code == 422
    assert away.bob.name not in answer.text
    assert Notice.unscoped.count() == 0


def test_somebody_who_left_is_not_asked(home: Body) -> None:
    nc = make.reported(home)
    amend(home.stan, home.ada, is_active=False)
    assert comment(nc, home.bob, f"@{home.stan.name}?").asked == []


def test_the_answer_of_who_was_asked_settles_the_question_and_its_writer_is_told(home: Body) -> None:
    nc = make.reported(home)
    question = comment(nc, home.vera, "Which version?", people=[home.stan])
    comment(nc, home.bob, "I do not know.", answers_to=question)
    question.refresh_from_db()
    assert question.waits
    page = signed_in(home.vera).get(url_of(nc)).text
    assert f"Waits for {home.stan.name}" in page
    answer = signed_in(home.stan).post(f"/comments/{question.uid}/answer", said("Version 2."))
    assert answer.status_code == 302
    question.refresh_from_db()
    assert (question.waits, question.settled_by) == (False, home.stan)
    assert [notice.kind for notice in Notice.unscoped.filter(person=home.vera)] == ["comment.answered"] * 2
    assert "Waits for" not in signed_in(home.vera).get(url_of(nc)).text


def test_a_question_is_settled_by_its_writer_or_the_quality_manager_and_not_by_others(home: Body) -> None:
    nc = make.reported(home)
    question = comment(nc, home.vera, "Which version?", people=[home.stan])
    with pytest.raises(Refused):
        settle(question, home.petra)
    refused = signed_in(home.petra).post(f"/comments/{question.uid}/settle")
    assert refused.status_code == 403
    assert "settled by who wrote it" in refused.text
    for _n in range(2):
        answer = signed_in(home.bob).post(f"/comments/{question.uid}/settle", {"key": str(uuid4())})
        assert answer.status_code == 302
    question.refresh_from_db()
    assert question.settled_by == home.bob
    assert TrailEvent.objects.filter(stream=question.uid).count() == 2


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001, "\x00"])
def test_no_text_or_too_much_is_answered_in_the_form(home: Body, text: str) -> None:
    nc = make.reported(home)
    assert signed_in(home.bob).post(add_url(nc), said(text)).status_code == 422
    assert Comment.unscoped.count() == 0
    with pytest.raises(ValidationError):
        comment(nc, home.bob, text)


def test_a_form_sent_twice_says_it_once(home: Body) -> None:
    nc, form = make.reported(home), said("Once.")
    client = signed_in(home.bob)
    assert [client.post(add_url(nc), form).status_code for _n in range(2)] == [302, 302]
    assert client.post(add_url(nc), {**form, "text": "Other."}).status_code == 422
    nc.refresh_from_db()
    assert (Comment.unscoped.count(), nc.version) == (1, 2)


def test_a_closed_record_can_still_be_talked_about(home: Body) -> None:
    nc = make.in_state(home, State.CLOSED)
    assert comment(nc, home.vera, "Well done.").text == "Well done."


def test_another_bodys_comments_answer_like_missing(home: Body, away: Body) -> None:
    theirs = make.reported(away)
    question = comment(theirs, away.vera, "CANARY", people=[away.stan])
    client = signed_in(home.bob)
    for path, absent in (
        (add_url(theirs), f"/comments/nonconformity/{uuid4()}/add"),
        (f"/comments/{question.uid}/answer", f"/comments/{uuid4()}/answer"),
    ):
        for method in (client.get, client.post):
            assert method(path).status_code == method(absent).status_code == 404
            assert b"CANARY" not in method(path).content
    assert client.post(f"/comments/{question.uid}/settle").status_code == 404
    assert Client().get(add_url(theirs)).status_code == 302


def test_answers_stand_below_their_question() -> None:
    def one(pk: int, to: int | None) -> Comment:
        return Comment(pk=pk, answers_to_id=to)

    ordered = in_order([one(1, None), one(2, None), one(3, 1), one(4, 3), one(5, 1), one(6, 2)])
    assert [(each.pk, number) for each, number in ordered] == [(1, 1), (3, 0), (4, 0), (5, 0), (2, 2), (6, 0)]


def test_fifty_comments_cost_as_many_statements_as_one(home: Body) -> None:
    nc, client = make.reported(home), signed_in(home.bob)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url_of(nc)).status_code == 200
        return len(asked)

    def talk(numbers: range) -> None:
        for n in numbers:
            who = (home.stan, home.vera, home.ann)[n % 3]
            question = comment(nc, who, f"Question {n}", people=[home.bob, home.petra])
            comment(nc, home.bob, "Answer", answers_to=question)

    talk(range(4))
    statements()
    before = statements()
    talk(range(4, 50))
    assert statements() == before
