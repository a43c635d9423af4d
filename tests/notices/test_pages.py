"""The ledger of what people were told, as they read it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qms.comments.commands import comment
from qms.lifecycle.perform import amend
from qms.notices.models import Channel, Notice
from qms.people.models import Person
from qms.records.pages import url_of
from qms.trail import clock
from tests.nonconformities import make
from tests.people import Body


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def line(person: Person, record: Any = None, channel: Channel = Channel.IN_APP, **more: Any) -> Notice:
    words = {"sentence": "Decide about {reference}", "title": "A <b>title</b>"}
    given = {"key": str(uuid4()), "kind": "test", "told_at": clock.now(), "words": words, **more}
    about = {"record_type": record.stream_name(), "stream": record.uid, "reference": record.reference} if record else {}
    return Notice.unscoped.create(organisation=person.organisation, person=person, channel=channel, **about, **given)


def test_what_i_was_told_stands_there_with_what_became_of_its_mail(home: Body) -> None:
    nc = make.reported(home)
    told = [line(home.bob, nc) for _n in range(3)]
    line(home.bob, nc, Channel.MAIL, key=told[0].key, sent_at=clock.now())
    line(home.bob, nc, Channel.MAIL, key=told[1].key, failure="no such mailbox")
    line(home.stan, nc, words={"sentence": "Not for Bob"})
    page = signed_in(home.bob).get("/notices/").text
    assert page.count(f"Decide about {nc.reference}: A &lt;b&gt;title&lt;/b&gt;") == 3
    assert "by e-mail, not sent: no such mailbox" in page
    assert "sent by e-mail " in page
    assert "Not for Bob" not in page


def test_a_line_is_read_when_it_is_opened_and_the_roof_counts_the_others(home: Body) -> None:
    nc = make.reported(home)
    first, _second = line(home.bob, nc), line(home.bob, nc)
    client = signed_in(home.bob)
    assert "What you were told (2)" in client.get("/notices/").text
    answer = client.get(f"/notices/{first.uid}/")
    assert (answer.status_code, answer["Location"]) == (302, url_of(nc))
    first.refresh_from_db()
    opened = first.read_at
    assert opened is not None
    assert "What you were told (1)" in client.get("/notices/").text
    with clock.at(clock.now() + timedelta(hours=1)):
        client.get(f"/notices/{first.uid}/")
    first.refresh_from_db()
    assert first.read_at == opened
    assert client.post("/notices/read").status_code == 302
    page = client.get("/notices/").text
    assert "What you were told (" not in page
    assert "Mark all as read" not in page


def test_another_persons_line_is_not_there_and_stays_unread(home: Body, away: Body) -> None:
    for theirs in (line(home.stan, make.reported(home)), line(away.bob, make.reported(away))):
        assert signed_in(home.bob).get(f"/notices/{theirs.uid}/").status_code == 404
        assert signed_in(home.bob).get(f"/notices/{uuid4()}/").status_code == 404
        signed_in(home.bob).post("/notices/read")
        theirs.refresh_from_db()
        assert theirs.read_at is None


def test_who_was_told_about_a_record_is_for_those_with_a_part_in_it(home: Body) -> None:
    nc = make.reported(home)
    comment(nc, home.vera, "Which version?", people=[home.petra])
    path = f"/notices/of/nonconformity/{nc.uid}"
    for reader in (home.bob, home.ada, home.stan):
        page = signed_in(reader).get(path)
        assert page.status_code == 200
        assert home.petra.name in page.text
        assert f"{home.vera.name} asks you in a comment on {nc.reference}" in page.text
        assert path in signed_in(reader).get(url_of(nc)).text
    refused = signed_in(home.ines).get(path)
    assert refused.status_code == 403
    assert "those who have a part in the record" in refused.text
    assert path not in signed_in(home.ines).get(url_of(nc)).text


def test_another_bodys_ledger_answers_like_missing(home: Body, away: Body) -> None:
    theirs = make.reported(away)
    line(away.bob, theirs, words={"sentence": "CANARY"})
    for uid in (theirs.uid, uuid4()):
        answer = signed_in(home.bob).get(f"/notices/of/nonconformity/{uid}")
        assert answer.status_code == 404
        assert b"CANARY" not in answer.content


def test_a_sentence_is_told_in_the_readers_language(home: Body) -> None:
    amend(home.bob, home.ada, language="ro")
    nc = make.reported(home)
    line(home.bob, nc)
    page = signed_in(home.bob).get("/notices/")
    assert page.status_code == 200
    assert '<html lang="ro">' in page.text


@pytest.mark.parametrize("query", ["?before=x", "?after=99999999999999999999999", "?before=1", "?after=0"])
def test_strange_pages_are_no_trouble(home: Body, query: str) -> None:
    line(home.bob)
    assert signed_in(home.bob).get(f"/notices/{query}").status_code == 200


def test_a_long_ledger_is_read_page_by_page_at_the_same_cost(home: Body) -> None:
    nc, client = make.reported(home), signed_in(home.bob)

    def statements(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    def lines(number: int) -> None:
        for _n in range(number):
            told = line(home.bob, nc)
            line(home.bob, nc, Channel.MAIL, key=told.key, sent_at=clock.now())

    lines(60)
    paths = ("/notices/", f"/notices/of/nonconformity/{nc.uid}", url_of(nc))
    before = [[statements(path) for path in paths] for _n in range(2)][1]
    lines(140)
    assert [statements(path) for path in paths] == before
    oldest = Notice.unscoped.filter(channel=Channel.IN_APP).earliest("pk")
    assert str(oldest.uid) not in client.get("/notices/").text
    assert "?before=" in client.get("/notices/").text
    assert str(oldest.uid) in client.get(f"/notices/?before={oldest.pk + 5}").text


def test_nobody_who_is_not_signed_in_reads_a_ledger(home: Body) -> None:
    told = line(home.bob)
    for path in ("/notices/", f"/notices/{told.uid}/", f"/notices/of/nonconformity/{UUID(int=1)}"):
        assert Client().get(path).status_code == 302
    assert Client().post("/notices/read").status_code == 302
    told.refresh_from_db()
    assert told.read_at is None
