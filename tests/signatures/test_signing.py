"""A signature: a fresh proof over the frozen content, once, in the trail, and void of meaning for other content."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.core import context
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from qms.lifecycle.perform import amend, perform
from qms.lifecycle.refused import Refused
from qms.people.actors import SYSTEM, Actor
from qms.records import registry
from qms.signatures.models import Signature
from qms.signatures.shown import signatures_of
from qms.signatures.sign import Proof, challenge, content_hash, proven
from qms.trail import clock, triggers
from qms.trail.models import TrailEvent
from qms.trail.verify import verify
from tests.nonconformities.make import in_state
from tests.people import PASSWORD, Body, signing
from workflows.nonconformities.lifecycle import State


@pytest.fixture(autouse=True)
def own_files(tmp_path: Any, settings: Any) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "trail.pem"
    settings.CHECKPOINT_FILE = tmp_path / "trail.txt"
    cache.clear()


@pytest.fixture
def closed(home: Body) -> Any:
    return in_state(home, State.CLOSED)


def ready(body: Body) -> Any:
    """Only the signature is missing."""
    nc = in_state(body, State.VERIFYING)
    action = nc.actions.get()
    perform(action, "confirm", body.bob)
    with clock.at(clock.now() + timedelta(days=1)):
        perform(action, "find_effective", body.bob, result="0 of 12", proof=signing())
    return amend(nc, body.bob, risks_considered="R-07 watched", changes_considered="none needed")


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def test_a_signature_says_who_in_which_office_meant_what_over_which_content(closed: Any, home: Body) -> None:
    signature = Signature.unscoped.get(stream=closed.uid)
    assert (signature.name, signature.office, signature.role) == ("Bob HOME", "official", "quality_manager")
    assert (signature.meaning, signature.method) == ("close", "password")
    assert closed.reference in signature.statement and signature.statement.startswith("I close it.")
    assert signature.content_hash == content_hash(closed)
    assert signature.proven_at <= signature.at


def test_its_digest_stands_in_the_event_of_the_step(closed: Any) -> None:
    signature = Signature.unscoped.get(stream=closed.uid)
    assert signature.digest in TrailEvent.objects.get(stream=closed.uid, seq=signature.seq).body
    assert verify().findings == []


def test_without_a_proof_nothing_is_signed_and_nothing_moves(home: Body) -> None:
    nc = ready(home)
    with pytest.raises(Refused) as refused:
        perform(nc, "close", home.bob)
    assert codes(refused) == {"signature"} and not Signature.unscoped.filter(stream=nc.uid).exists()


def test_a_wrong_password_signs_nothing(home: Body) -> None:
    with pytest.raises(Refused) as refused:
        proven(Proof("guess"), Actor(home.bob))
    assert codes(refused) == {"proof"}


@pytest.mark.parametrize("via", ["token", "api", "clock"])
def test_a_program_and_the_clock_cannot_sign_and_are_told_why(home: Body, via: str) -> None:
    actors = {"token": Actor(home.bob, token_id=1), "api": Actor(home.bob, via="api"), "clock": SYSTEM}
    with pytest.raises(Refused) as refused:
        proven(signing(), actors[via])
    assert codes(refused) == {"signature_by_person"}


def test_a_deactivated_person_cannot_sign(home: Body) -> None:
    home.bob.is_active = False
    with pytest.raises(Refused):
        proven(signing(), Actor(home.bob))


def test_wrong_passwords_are_throttled_by_the_counters_of_the_login(home: Body) -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
    with context.request_context(request):
        for _ in range(5):
            with pytest.raises(Refused) as refused:
                proven(Proof("guess"), Actor(home.bob))
            assert codes(refused) == {"proof"}
        with pytest.raises(Refused) as refused:
            proven(signing(), Actor(home.bob))
        assert codes(refused) == {"throttled"}
        assert proven(signing(), Actor(home.ann)).method == "password"


def test_right_passwords_use_nothing_up(home: Body) -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.8")
    with context.request_context(request):
        for _ in range(8):
            assert proven(signing(), Actor(home.bob)).method == "password"


def test_content_changed_after_it_was_shown_is_not_signed(home: Body) -> None:
    nc = ready(home)
    step = registry.type_of(nc).lifecycle.step("close", nc.state)
    shown = challenge(nc, step)
    type(nc).unscoped.filter(pk=nc.pk).update(title="Somebody was faster")
    with pytest.raises(Refused) as refused:
        perform(nc, "close", home.bob, proof=replace(Proof(PASSWORD), content_hash=shown.content_hash))
    assert codes(refused) == {"content_changed"} and not Signature.unscoped.filter(stream=nc.uid).exists()


def test_the_challenge_shows_what_the_hash_covers(home: Body) -> None:
    nc = ready(home)
    shown = challenge(nc, registry.type_of(nc).lifecycle.step("close", nc.state))
    assert shown.manifest["values"]["title"] == nc.title and shown.content_hash == content_hash(nc)
    nc.title = "Other"
    assert content_hash(nc) != shown.content_hash


def test_where_a_record_stands_and_with_whom_is_no_content(home: Body) -> None:
    nc = ready(home)
    before = content_hash(nc)
    nc.version, nc.head, nc.owner = 99, "00", home.stan
    assert content_hash(nc) == before


def test_later_content_makes_it_a_signature_of_another_version(closed: Any, home: Body) -> None:
    assert [shown.is_current for shown in signatures_of(closed)] == [True]
    closed.title = "Changed since"
    assert [shown.is_current for shown in signatures_of(closed)] == [False]


def test_a_signature_is_never_altered_or_deleted(closed: Any) -> None:
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        Signature.unscoped.update(name="Somebody Else")
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        Signature.unscoped.all()._raw_delete("default")


@pytest.mark.parametrize(
    "change",
    [{"name": "Somebody Else"}, {"meaning": "approve"}, {"seq": 1}, {"statement": "x"}, {"content_hash": "0" * 64}],
)
def test_a_signature_altered_past_the_guards_is_found(closed: Any, change: dict[str, Any]) -> None:
    triggers.uninstall()
    Signature.unscoped.update(**change)
    triggers.install()
    assert "signature" in {finding.kind for finding in verify().findings}


def test_a_signature_moved_to_another_record_or_removed_is_found(closed: Any, home: Body) -> None:
    triggers.uninstall()
    Signature.unscoped.all()._raw_delete("default")
    triggers.install()
    assert {finding.text for finding in verify().findings} == {"its signature is gone"}


def test_a_signature_slipped_in_is_found(closed: Any) -> None:
    signature = Signature.unscoped.get(stream=closed.uid)
    signature.pk, signature.seq = None, 1
    signature.uid = "00000000-0000-4000-8000-000000000001"
    signature.save(force_insert=True)
    assert "signature" in {finding.kind for finding in verify().findings}


def test_editing_after_signing_is_not_hidden(home: Body) -> None:
    nc = ready(home)
    nc = perform(nc, "close", home.bob, proof=signing())
    nc = perform(nc, "reopen", home.bob, reason="It came back.")
    nc = amend(nc, home.ann, title="A wider matter", reason="more found")
    assert [shown.is_current for shown in signatures_of(nc)] == [False]
