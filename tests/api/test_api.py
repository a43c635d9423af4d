"""The interface for programs: the same rights, rules and reasons as the pages."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from qms.api.models import Scope, make_token
from qms.lifecycle.perform import amend
from qms.records import registry
from qms.trail import clock
from tests.contract.makers import MAKERS
from tests.nonconformities.make import in_state, reported
from tests.people import Body
from workflows.nonconformities.lifecycle import State

ROOT = "/api/v1/nonconformity/"


class Program:
    """A program that acts for somebody."""

    def __init__(self, person: Any, *scopes: str) -> None:
        end = clock.now() + timedelta(days=30)
        self.token, secret = make_token(person, "test", list(scopes or Scope.values), end)
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
        self.client = Client()

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query, headers=self.headers)

    def send(self, method: str, path: str, body: Any, key: str = "") -> Any:
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return getattr(self.client, method)(path, body, content_type="application/json", headers=headers)

    def post(self, path: str, body: Any, key: str = "") -> Any:
        return self.send("post", path, body, key)


NEW = {
    "title": "Found by a program",
    "source": "own",
    "found_on": "2026-05-14",
    "requirement": "ISO 9001, 7.5.3",
    "evidence": "seen",
}


def test_a_program_reports_triages_and_reads(home: Body) -> None:
    stan, bob = Program(home.stan), Program(home.bob)
    made = stan.post(ROOT, {**NEW, "unit": str(home.unit.uid)})
    assert made.status_code == 201, made.content
    one = f"{ROOT}{made.json()['uid']}/"
    steps = {step["verb"]: step for step in stan.get(f"{one}steps").json()["steps"]}
    assert steps["triage"]["allowed"] is False
    assert steps["triage"]["reasons"][0]["names"] == [home.bob.name]
    triage = {"version": 1, "grade": "minor", "owner": str(home.ann.uid), "route": "capa", "rationale": "x"}
    assert stan.post(f"{one}steps/triage", triage).status_code == 403
    taken = bob.post(f"{one}steps/triage", triage)
    assert taken.status_code == 200, taken.content
    assert (taken.json()["state"], taken.json()["owner"]) == ("triaged", str(home.ann.uid))
    trail = bob.get(f"{one}trail").json()["events"]
    assert [event["verb"] for event in trail] == ["create", "triage"]


def test_an_older_version_is_answered_409_with_the_version_now(home: Body) -> None:
    nc = reported(home)
    amend(nc, home.stan, place="Elsewhere")
    answer = Program(home.stan).send("patch", f"{ROOT}{nc.uid}/", {"version": 1, "title": "Mine"})
    assert (answer.status_code, answer.json()["version"]) == (409, 2)


def test_the_same_key_twice_makes_one_record(home: Body) -> None:
    program, key = Program(home.stan), str(uuid4())
    first, second = program.post(ROOT, NEW, key), program.post(ROOT, NEW, key)
    assert first.json()["uid"] == second.json()["uid"]
    assert program.get(ROOT).json()["count"] == 1
    other = program.post(ROOT, {**NEW, "title": "Another"}, key)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_an_edit_changes_only_what_is_said(home: Body) -> None:
    nc = reported(home)
    answer = Program(home.stan).send("patch", f"{ROOT}{nc.uid}/", {"version": 1, "place": "Archive"})
    assert answer.status_code == 200, answer.content
    assert (answer.json()["place"], answer.json()["title"]) == ("Archive", nc.title)


def test_a_program_does_not_sign(home: Body) -> None:
    nc = in_state(home, State.VERIFYING)
    answer = Program(home.bob).post(f"{ROOT}{nc.uid}/steps/close", {"version": nc.version})
    codes = {reason["code"] for reason in answer.json()["reasons"]}
    assert answer.status_code == 403
    assert "signature_by_person" in codes


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"version": 1, "grade": "huge"}, "grade"),
        ({"grade": "minor"}, "version"),
        ({"version": 1, "colour": "red"}, "colour"),
        ({"version": "1"}, "version"),
    ],
)
def test_bad_input_names_the_field(home: Body, body: dict[str, Any], field: str) -> None:
    nc = reported(home)
    answer = Program(home.bob).post(f"{ROOT}{nc.uid}/steps/triage", body)
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


@pytest.mark.parametrize("body", ["[]", "null", "{", '"x"', "1"])
def test_a_body_that_is_no_object_is_a_clear_error(home: Body, body: str) -> None:
    answer = Program(home.stan).post(ROOT, body)
    assert answer.status_code == 400
    assert answer.json()["text"]


def test_another_bodys_record_is_answered_like_a_missing_one(home: Body, away: Body) -> None:
    theirs, program = reported(away), Program(home.bob)
    for end in ("", "steps", "trail"):
        twin, missing = program.get(f"{ROOT}{theirs.uid}/{end}"), program.get(f"{ROOT}{uuid4()}/{end}")
        assert (twin.status_code, twin.content) == (404, missing.content)
    owner = {"version": 1, "grade": "minor", "owner": str(away.ann.uid), "route": "capa", "rationale": "x"}
    nc = reported(home)
    assert "owner" in program.post(f"{ROOT}{nc.uid}/steps/triage", owner).json()["fields"]


def test_scopes_expiry_and_revocation_hold(home: Body) -> None:
    program = Program(home.stan, Scope.READ)
    assert program.post(ROOT, NEW).status_code == 403
    assert program.get(ROOT).status_code == 200
    amend(program.token, home.stan, revoked_at=clock.now())
    assert program.get(ROOT).status_code == 401
    assert Client().get(ROOT).status_code == 401


def test_lists_are_paged_by_cursor_and_filtered(home: Body) -> None:
    for n in range(5):
        reported(home, title=f"Number {n}")
    program = Program(home.stan)
    first = program.get(ROOT, size="2").json()
    second = program.get(ROOT, size="2", cursor=first["next"]).json()
    titles = [row["title"] for row in (*first["results"], *second["results"])]
    assert titles == ["Number 4", "Number 3", "Number 2", "Number 1"]
    assert program.get(ROOT, q="number 4").json()["count"] == 1
    assert program.get(ROOT, state="closed").json()["results"] == []
    assert program.get(ROOT, size="0").status_code == 400
    assert program.get(ROOT, state="nowhere").status_code == 400


def test_a_list_costs_the_same_however_long(home: Body, django_assert_max_num_queries: Any) -> None:
    for n in range(12):
        reported(home, title=f"Number {n}")
    program = Program(home.stan)
    with django_assert_max_num_queries(6):
        assert len(program.get(ROOT).json()["results"]) == 12


@pytest.mark.parametrize("record_type", registry.all_types(), ids=lambda t: t.name)
def test_every_type_is_listed_shown_and_explained(home: Body, record_type: Any) -> None:
    record = MAKERS[record_type.name](home, record_type.lifecycle.initial)
    program, root = Program(home.bob), f"/api/v1/{record_type.name}/"
    assert str(record.uid) in {row["uid"] for row in program.get(root).json()["results"]}
    for end in ("", "steps", "trail", "evidence"):
        assert program.get(f"{root}{record.uid}/{end}").status_code == 200


def test_the_description_is_valid_and_complete(db: None) -> None:
    described = Client().get("/api/v1/schema").json()
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"].startswith("3.1")
    for record_type in registry.all_types():
        for verb in record_type.lifecycle.verbs:
            assert f"/api/v1/{record_type.name}/{{uid}}/steps/{verb}" in described["paths"]


def test_the_pages_make_and_revoke_a_token(home: Body, client: Client) -> None:
    client.force_login(home.stan)
    until = (clock.now() + timedelta(days=10)).date().isoformat()
    made = client.post("/account/tokens/new", {"name": "Sync", "scopes": ["read"], "until": until})
    assert b"atestat_" in made.content
    token = home.stan.tokens.get()
    assert b"atestat_" not in client.get("/account/tokens/").content
    client.post(f"/account/tokens/{token.uid}/revoke")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_file_is_attached_and_its_hash_stands_in_the_trail(home: Body) -> None:
    nc, program = reported(home), Program(home.stan)
    data = b"Date,Finding\n2026-05-14,version 2 was used\n"
    path = f"{ROOT}{nc.uid}/evidence"
    file = SimpleUploadedFile("finding.csv", data, "text/csv")
    answer = program.client.post(path, {"file": file, "caption": "The list"}, headers=program.headers)
    assert answer.status_code == 201, answer.content
    assert answer.json()["sha256"] == hashlib.sha256(data).hexdigest()
    assert answer.json()["sha256"] in program.get(f"{ROOT}{nc.uid}/trail").json()["events"][-1]["body"]
    hostile = program.client.post(path, {"file": SimpleUploadedFile("x.exe", b"MZ")}, headers=program.headers)
    assert hostile.status_code in (400, 403)
    assert hostile.json()["text"]


def test_what_a_program_reads_is_kept_by_no_cache(home: Body) -> None:
    assert "no-store" in Program(home.stan).get(ROOT)["Cache-Control"]
