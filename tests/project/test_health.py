"""/healthz says whether this installation can work."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django.fixtures import Settings


@pytest.mark.django_db
def test_all_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "database": True, "migrations": True, "broker": True}


@pytest.mark.django_db
def test_a_missing_migration_is_503(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="people").delete()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "database": True, "migrations": False, "broker": True}


@pytest.mark.django_db
def test_a_broker_that_does_not_answer_is_503(client: Client, settings: Settings) -> None:
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["broker"] is False


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_503(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "no folder" / "db"))
    answer = client.get("/healthz")
    monkeypatch.undo()
    assert answer.status_code == 503
    assert answer.json()["database"] is False


@pytest.mark.django_db
def test_a_real_redis_answers(client: Client, settings: Settings, redis_url: str) -> None:
    settings.BROKER_URL = redis_url
    assert client.get("/healthz").json()["broker"] is True


@pytest.mark.django_db
def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
