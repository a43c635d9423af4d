"""Invitations: the link is shown once, opens an account once, and nothing else opens anything."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from qms.notices.models import Job
from qms.notices.outbox import run_due
from qms.people.actors import Actor
from qms.people.invitations import accept, found, invite, link_of, revoke, roles_given, token_of
from qms.people.models import Invitation, Organisation, Person, RoleAssignment
from qms.people.roles import Role
from qms.trail import clock
from qms.trail.models import TrailDetail, TrailEvent
from tests.people import SINCE, Body
from tests.people_pages.conftest import signed_in

pytestmark = pytest.mark.django_db
GOOD = "three boats under one bridge"


def invited(home: Body, **more: Any) -> Invitation:
    fields: dict[str, Any] = {
        "email": "nina@home.example",
        "name": "Nina",
        "job_title": "adviser",
        "language": "ro",
    } | more
    fields.setdefault("roles", roles_given([Role.STAFF, Role.REVIEWER], home.unit, SINCE))
    return invite(home.organisation, Actor(home.ada), **fields)


def path_of(invitation: Invitation) -> str:
    return reverse("invitation", args=(token_of(invitation.uid),))


def answered(name: str = "Nina Pop", password: str = GOOD, again: str = "", language: str = "bg") -> dict[str, str]:
    return {"name": name, "language": language, "password": password, "again": again or password}


def posted(home: Body, **more: object) -> dict[str, object]:
    said = {"body": home.organisation.pk, "email": "nina@home.example", "name": "Nina", "language": "ro"}
    roles = {"roles": ["staff", "reviewer"], "unit": home.unit.pk, "from_on": "2026-01-01", "key": str(uuid4())}
    return said | roles | more


def test_the_page_shows_the_link_once_with_its_picture_once(home: Body) -> None:
    client = signed_in(home.ada)
    answer = client.post("/people/invitations/new", posted(home))
    invitation = Invitation.unscoped.get()
    page = reverse("people:invitation", args=(invitation.uid,))
    assert answer["Location"] == page
    first = client.get(page)
    assert link_of(invitation) in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    picture = client.get(page + "qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")
    assert link_of(invitation) not in client.get(page).content.decode()
    assert client.get(page + "qr.svg").status_code == 404


def test_another_administrator_never_sees_the_link(home: Body) -> None:
    invitation = invited(home)
    shown = signed_in(home.ada).get(reverse("people:invitation", args=(invitation.uid,))).content.decode()
    assert token_of(invitation.uid) not in shown


def test_only_the_hash_of_the_secret_is_kept(home: Body) -> None:
    invitation = invited(home)
    token = token_of(invitation.uid)
    row = Invitation.unscoped.filter(pk=invitation.pk).values().get()
    assert token not in str(row)
    event = TrailEvent.objects.get(stream=invitation.uid)
    told = event.body + TrailDetail.objects.get(event=event).clear
    assert token not in told
    assert invitation.token_hash not in told
    assert all(token not in json.dumps(job.payload) for job in Job.objects.all())


def test_the_link_opens_an_account_with_its_roles_and_signs_in(home: Body) -> None:
    invitation = invited(home)
    client = Client()
    assert client.get(path_of(invitation)).status_code == 200
    answer = client.post(path_of(invitation), answered())
    assert answer.status_code == 302
    nina = Person.unscoped.get(email="nina@home.example")
    assert (nina.name, nina.language, nina.organisation) == ("Nina Pop", "bg", home.organisation)
    assert nina.check_password(GOOD)
    held = {(r.role, r.unit_id) for r in RoleAssignment.objects.of(home.organisation.pk).filter(person=nina)}
    assert held == {("staff", home.unit.pk), ("reviewer", home.unit.pk)}
    assert client.session["_auth_user_id"] == str(nina.pk)
    assert '<html lang="bg">' in client.get("/people/me/").content.decode()
    assert GOOD not in "".join(TrailDetail.objects.values_list("clear", flat=True))


def test_the_link_works_once(home: Body) -> None:
    invitation = invited(home)
    Client().post(path_of(invitation), answered())
    again = Client().post(path_of(invitation), answered(name="Thief"))
    assert again.status_code == 410
    assert "used already" in again.content.decode()
    assert Person.unscoped.filter(email="nina@home.example").count() == 1


def test_an_expired_link_says_so(home: Body) -> None:
    with clock.at(clock.real_now() - timedelta(days=15)):
        invitation = invited(home)
    answer = Client().get(path_of(invitation))
    assert answer.status_code == 410
    assert "has expired" in answer.content.decode()
    assert Client().post(path_of(invitation), answered()).status_code == 410
    assert not Person.unscoped.filter(email="nina@home.example").exists()


def test_a_link_taken_back_says_so(home: Body) -> None:
    invitation = invited(home)
    client = signed_in(home.ada)
    url = reverse("people:invitation_revoke", args=(invitation.uid,))
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "wrong person"}).status_code == 302
    answer = Client().get(path_of(invitation))
    assert answer.status_code == 410
    assert "taken back" in answer.content.decode()
    assert client.post(url, {"reason": "again"}).status_code == 403


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "a" * 500, "ж"])
def test_a_wrong_link_says_so_and_opens_nothing(home: Body, token: str) -> None:
    answer = Client().get(f"/invitation/{token}")
    assert answer.status_code == 404
    assert "not known here" in answer.content.decode()


def test_guessing_is_stopped(home: Body) -> None:
    client = Client()
    seen = [client.get(f"/invitation/{number}").status_code for number in range(25)]
    assert seen[0] == 404
    assert seen[-1] == 429


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (answered(password="short"), "at least 12 characters"),
        (answered(password="password1234"), "too common"),
        (answered(again="three boats under two bridges"), "The two passwords differ."),
        (answered(password="nina@home.example"), "too similar"),
        (answered(name=""), "This field is required."),
        (answered(language="xx"), "xx"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(home: Body, said: dict[str, str], sentence: str) -> None:
    answer = Client(HTTP_ACCEPT_LANGUAGE="en").post(path_of(invited(home)), said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Person.unscoped.filter(email="nina@home.example").exists()


def test_somebody_with_an_account_is_not_invited_again(home: Body, away: Body) -> None:
    answer = signed_in(home.ada).post("/people/invitations/new", posted(home, email="BOB@away.example"))
    assert answer.status_code == 422
    assert not Invitation.unscoped.exists()


def test_two_clicks_are_one_account(home: Body) -> None:
    first = invited(home)
    accept(first, name="Nina", language="ro", password=GOOD)
    second = found(token_of(first.uid))
    assert second is not None
    assert second.accepted_at


def test_the_mail_goes_out_once_with_the_link(home: Body, settings: Any) -> None:
    with transaction.atomic():
        invitation = invited(home)
    assert run_due() >= 1
    assert [message.to for message in mail.outbox] == [["nina@home.example"]]
    assert link_of(invitation) in mail.outbox[0].body
    Job.objects.update(done_at=None)
    run_due()
    assert len(mail.outbox) == 1
    invitation.refresh_from_db()
    assert invitation.mailed_at


def test_without_a_server_no_mail_is_queued(home: Body, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    invited(home)
    assert not Job.objects.filter(kind="people.invitation").exists()
    assert "No mail leaves this installation" in signed_in(home.ada).get("/people/invitations/new").content.decode()


def test_another_bodys_invitation_is_a_missing_one(home: Body, away: Body) -> None:
    invitation = invited(home)
    client = signed_in(away.ada)
    for name in ("invitation", "invitation_qr", "invitation_revoke"):
        assert client.get(reverse(f"people:{name}", args=(invitation.uid,))).status_code == 404
    assert "Nina" not in client.get("/people/invitations/").content.decode()


def test_nobody_is_invited_into_another_body(home: Body, away: Body) -> None:
    answer = signed_in(home.ada).post("/people/invitations/new", posted(home, body=away.organisation.pk))
    assert answer.status_code == 422
    assert not Invitation.unscoped.exists()


@pytest.mark.parametrize("name", ["people:invitations", "people:invite"])
def test_a_colleague_invites_nobody(home: Body, name: str) -> None:
    assert signed_in(home.bob).get(reverse(name)).status_code == 403


def test_at_the_console_a_body_and_its_first_administrator(home: Body, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_body", "NEW", name="Agenția Nouă", country="RO", parent="HOME")
    body = Organisation.unscoped.get(code="NEW")
    assert (body.name_ro, body.language, body.parent) == ("Agenția Nouă", "ro", home.organisation)
    call_command("invite", "nina@new.example", body="NEW", name="Nina", role=["administrator"])
    link = capsys.readouterr().out.strip().splitlines()[-1]
    assert Client().post("/invitation/" + link.rpartition("/")[2], answered()).status_code == 302
    assert Person.unscoped.get(email="nina@new.example").roles.get().role == "administrator"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("create_body", "HOME"), {"name": "X", "country": "RO"}),
        (("create_body", "N"), {"name": "X", "country": "RO", "parent": "NONE"}),
        (("invite", "x@y.example"), {"body": "NONE", "name": "X"}),
        (("invite", "not an address"), {"body": "HOME", "name": "X"}),
        (("invite", "ann@home.example"), {"body": "HOME", "name": "X"}),
    ],
)
def test_at_the_console_a_mistake_is_one_sentence(home: Body, command: tuple[str, ...], said: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command(*command, **said)


def test_taking_back_is_the_administrators(home: Body) -> None:
    from qms.lifecycle.refused import Refused

    invitation = invited(home)
    with pytest.raises(Refused):
        revoke(invitation, Actor(home.bob))
