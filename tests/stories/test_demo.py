"""The demo: played through the doors, whole, and marked as what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from qms.people.models import Organisation, Person
from qms.records import registry
from qms.trail.models import TrailEvent
from qms.trail.seal import seal
from qms.trail.verify import verify
from workflows.engine.rebuild import rebuild


@pytest.mark.django_db
def test_the_demo_is_whole_and_can_be_proved(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", "--load")
    codes = set(Organisation.objects.filter(is_demo=True).values_list("code", flat=True))
    assert codes == {"ANPIS", "AJPIS-CONSTANTA", "ASA", "RDSA-RUSE"}
    for record_type in registry.all_types():
        rows = list(record_type.model.unscoped.all())
        assert rows, f"the demo has no {record_type.name}"
        for record in rows:
            moments = list(TrailEvent.objects.filter(stream=record.uid).order_by("seq").values_list("at", flat=True))
            assert len(moments) == record.version
            assert moments == sorted(moments), f"the trail of {record} runs backwards"
            assert not rebuild(record, write=False), f"open tasks of {record} are not what it says"
    seal()
    assert verify().findings == []
    _accounts(capsys)
    with pytest.raises(CommandError):
        call_command("demo", "--load")


def _accounts(capsys: pytest.CaptureFixture[str]) -> None:
    """Everybody is listed; the password is in a file of this user's only, and it is right."""
    file = Path(settings.VAR_DIR) / "demo-accounts.json"
    password: Any = json.loads(file.read_text(encoding="utf-8"))["password"]
    assert file.stat().st_mode & 0o077 == 0
    call_command("demo", "--accounts")
    said = capsys.readouterr().out
    assert password in said
    for person in Person.objects.all():
        assert person.email in said
    assert Person.objects.get(email="dan.petrescu@ajpis-constanta.example").check_password(password)
    file.unlink()
