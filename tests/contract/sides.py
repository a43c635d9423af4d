"""The three objects of every address: one's own, another body's real twin, and one that does not exist.

The twin's every name, title, text and file carries the canary; not one byte of it may reach the body at home.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Concat
from PIL import Image

from qms.api.models import make_token
from qms.calendar.models import CalendarException
from qms.comments.commands import comment
from qms.evidence.attaching import attach
from qms.lifecycle.perform import create
from qms.notices import outbox
from qms.notices.models import Notice
from qms.people.actors import Actor
from qms.people.invitations import invite, link_of, roles_given
from qms.people.models import Delegation, Organisation, RoleAssignment
from qms.people.roles import Role
from qms.records import registry
from qms.records.searching import indexed, searched_text
from qms.reports.jobs import request_report
from qms.trail import clock
from tests.contract.makers import MAKERS, revision
from tests.people import Body, make_body
from workflows.engine.models import ASKED, Task

CANARY = "zqxcanary"
SCOPES = ["read", "write", "steps", "evidence"]
RICHEST = {
    "document": "in_use",
    "revision": "draft",
    "nonconformity": "verifying",
    "correctiveaction": "effectiveness_pending",
    "inspection": "in_progress",
    "measure": "running",
}


class Side:
    """What there is of one body, by the names the addresses' lines ask for."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.records = {name: MAKERS[name](body, state) for name, state in RICHEST.items() if name != "revision"}
        self.records["revision"] = revision(body, RICHEST["revision"], code="PS-77")
        self.item = str(self.records["inspection"].items[0].key)
        self.section = "s1"
        self.exception = create(
            CalendarException, body.ada, organisation=body.organisation, day=date(2026, 12, 24), is_working=False,
            purpose=self.said("flood"), act=self.said("Order 7"),
        )  # fmt: skip
        self.delegation = create(
            Delegation, body.petra, organisation=body.organisation, delegator=body.petra, delegate=body.vera, roles=[],
            from_on=date(2026, 1, 1), to_on=clock.now().date() + timedelta(days=30), reason=self.said("away"),
        )  # fmt: skip
        self.invitation = invite(
            body.organisation, Actor(body.ada), email=f"new@{body.organisation.code.lower()}.example",
            job_title=self.said("official"), language="en", name=self.said("Nina"),
            roles=roles_given([Role.STAFF], None, date(2026, 1, 1)),
        )  # fmt: skip
        self.invited = link_of(self.invitation).rpartition("/")[2]
        self.role = RoleAssignment.objects.of(body.organisation.pk).filter(person=body.stan).get()
        self.evidence = attach(
            self.records["nonconformity"], _picture(), self.said("photo") + ".png", body.bob, caption=self.said("seen")
        )
        self.token, self.secret = make_token(body.bob, self.said("export"), SCOPES, clock.now() + timedelta(days=9))
        self.report = request_report(self.records["inspection"], "protocol", "en", Actor(body.lena))
        self.comment = comment(self.records["nonconformity"], body.ann, self.said("Is it so?"), people=[body.bob])
        outbox.run_due()
        self.notice = Notice.objects.of(body.organisation.pk).filter(person=body.bob, channel="in_app").latest("pk")
        self.report.refresh_from_db()
        self.task = self._task()
        if CANARY in body.organisation.code.lower():
            self._sign_everything()

    def said(self, text: str) -> str:
        """A text of this body: at the other one it carries the canary."""
        return f"{text} {CANARY}" if CANARY in self.body.organisation.code.lower() else text

    def _sign_everything(self) -> None:
        """Every text people could have typed at the other body carries the canary."""
        for record_type in registry.all_types():
            rows = record_type.model.unscoped.filter(organisation=self.body.organisation)
            texts = [field.name for field in record_type.model._meta.fields if _is_typed(field)]
            rows.update(**{name: Concat(name, Value(f" {CANARY}")) for name in texts})
        Task.objects.filter(organisation=self.body.organisation).update(title=Concat("title", Value(f" {CANARY}")))
        for record in self.records.values():
            record.refresh_from_db()
            record.search_text = searched_text(record)
            type(record).unscoped.filter(pk=record.pk).update(search_text=record.search_text)
            indexed(record)

    def _task(self) -> Task:
        rows = Task.objects.filter(record_id=self.records["measure"].pk, record_type="measure", status__in=ASKED)
        found: Task = rows[0]
        return found

    def uids(self) -> set[str]:
        """Every identifier of the body's rows, as texts."""
        found = {str(self.body.organisation.uid), str(self.report.uid)}
        for model in registry.streamed_models():
            if model is not Organisation:
                rows = model.unscoped.filter(organisation=self.body.organisation)
                found |= {str(uid) for uid in rows.values_list("uid", flat=True)}
        return found | {
            str(uid) for uid in Task.objects.filter(organisation=self.body.organisation).values_list("uid", flat=True)
        }


class Missing:
    """Stands for what is not there: every name gives identifiers nobody has."""

    def __init__(self, like: Side) -> None:
        self.uid, self.pk = UUID("00000000-0000-4000-8000-00000000beef"), 987_654_321
        self.like, self.token, self.secret = like, self, "atestat_nobody"

    def __getattr__(self, name: str) -> Any:
        if name in ("item", "section", "invited"):
            return getattr(self.like, name) if name != "invited" else "0" * 64
        return self

    def __getitem__(self, name: str) -> Any:
        return self


def _is_typed(field: Any) -> bool:
    """A text people typed: no choice, no code, no identifier."""
    texts = field.get_internal_type() in ("CharField", "TextField") and not field.choices
    kept = {"head", "reference", "state", "search_text", "code", "file_sha256", "rule", "span", "item", "origin_item"}
    return texts and field.name not in kept


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return file.getvalue()


def two_sides() -> tuple[Side, Side]:
    """The body at home and its twin."""
    home, away = Side(make_body("HOME", "RO", "ro")), Side(make_body(CANARY.upper(), "BG", "bg"))
    return home, away
