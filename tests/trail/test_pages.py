"""The pages of the trail, through the real middleware."""

import zipfile
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from qms.trail import standalone_verify
from qms.trail.seal import seal
from tests.nonconformities.make import reported
from tests.people import Body


def signed_in(body: Body) -> Client:
    client = Client()
    client.force_login(body.bob)
    return client


def export_of(record: Any) -> str:
    return reverse("trail:export", args=["nonconformity", record.uid])


@pytest.mark.parametrize("sealed", [True, False])
def test_what_is_proved_and_what_not_is_open_to_everybody(home: Body, sealed: bool) -> None:
    checkpoint = seal() if sealed else None
    answer = Client().get(reverse("trail:what_this_proves"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "What it does not prove" in page and "neither advanced nor qualified" in page
    assert (checkpoint is not None and checkpoint.root in page) == sealed


def test_the_export_checks_by_itself(home: Body) -> None:
    nc = reported(home)
    seal()
    answer = signed_in(home).get(export_of(nc))
    assert answer.status_code == 200 and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert standalone_verify.verify(files)["findings"] == []


def test_another_bodys_trail_is_answered_like_a_missing_one(home: Body, away: Body) -> None:
    theirs, client = reported(away), signed_in(home)
    answers = [client.get(export_of(theirs)), client.get(reverse("trail:export", args=["nonconformity", uuid4()]))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert client.get(reverse("trail:export", args=["nothing", theirs.uid])).status_code == 404


def test_nobody_takes_a_trail_away_without_signing_in(home: Body) -> None:
    answer = Client().get(export_of(reported(home)))
    assert answer.status_code == 302 and "login" in answer["Location"]


def test_pages_of_the_trail_are_only_read(home: Body) -> None:
    client = signed_in(home)
    assert client.post(export_of(reported(home))).status_code == 405
    assert client.post(reverse("trail:what_this_proves")).status_code == 405


def test_the_page_of_a_record_tells_its_trail_and_what_seals_it(home: Body) -> None:
    nc, client = reported(home), signed_in(home)
    address = reverse("records:trail", args=["nonconformity", nc.uid])
    assert "The newest event is sealed within seconds." in client.get(address).content.decode()
    seal()
    page = client.get(address).content.decode()
    assert "<b>Stan HOME</b>" in page and "created the record" in page and "Sealed by the checkpoint of" in page
    assert reverse("trail:what_this_proves") in page
