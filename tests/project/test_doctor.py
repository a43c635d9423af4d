"""The doctor finds what is wrong and says the cure."""

import smtplib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django.fixtures import Settings

from qms.project.doctor import doors, services, stores
from qms.project.doctor.finding import Finding, examine
from tests.fixtures.databases import RealDatabase


def only(findings: object) -> Finding:
    [finding] = list(findings)  # type: ignore[call-overload]
    assert isinstance(finding, Finding)
    return finding


def doctor() -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("doctor", stdout=out, stderr=StringIO())
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def test_a_sound_installation_passes(real_db: RealDatabase, settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    text, code = doctor()
    assert code == 0, text
    assert "ok    clock" in text


@pytest.mark.django_db
def test_a_failure_is_exit_code_one_with_a_cure(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    text, code = doctor()
    assert code == 1
    assert "fail  static files  not collected; pages have no style. Cure: manage.py prepare" in text


def test_it_knows_the_database_it_runs_on(real_db: RealDatabase) -> None:
    finding = only(stores.database())
    assert finding.grade == "ok"
    assert {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[real_db.vendor] in finding.seen


def test_a_dropped_guard_is_found(real_db: RealDatabase) -> None:
    assert only(stores.guards()).grade == "ok"
    name = "guard_trail_trailevent_delete"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (" ON trail_trailevent" if real_db.vendor == "postgresql" else ""))
    finding = only(stores.guards())
    assert finding.grade == "fail"
    assert name in finding.seen


@pytest.mark.django_db
def test_a_missing_migration_is_named() -> None:
    MigrationRecorder.Migration.objects.filter(app="people").delete()
    finding = only(stores.migrations())
    assert finding.grade == "fail"
    assert "people.0001_initial" in finding.seen


def test_a_folder_that_cannot_be_written_is_found(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.STORAGE_DIR = tmp_path / "file" / "folder"
    assert only(stores.storage()).grade == "fail"


def test_a_broker_that_does_not_answer_is_found(settings: Settings) -> None:
    assert only(services.broker()).grade == "ok"
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    finding = only(services.broker())
    assert finding.grade == "fail"
    assert "BROKER_URL" in finding.cure


def test_mail_not_set_up_is_a_note_and_refused_mail_a_failure(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert only(services.letters()).grade == "note"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert only(services.letters()).grade == "fail"
    monkeypatch.setattr(smtplib, "SMTP", lambda *args, **options: _Willing())
    settings.EMAIL_USE_TLS = False
    assert only(services.letters()).grade == "ok"


class _Willing:
    def quit(self) -> None: ...


def test_the_address_people_use_must_be_allowed_and_believed(settings: Settings) -> None:
    settings.PRODUCTION = True
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://atestat.example.org", ["other.example.org"]
    assert "ALLOWED_HOSTS=atestat.example.org" in only(doors.proxy()).cure
    settings.ALLOWED_HOSTS = [".example.org"]
    assert "BEHIND_PROXY=1" in only(doors.proxy()).cure
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert only(doors.proxy()).grade == "ok"
    settings.CSRF_TRUSTED_ORIGINS = []
    assert "CSRF_TRUSTED_ORIGINS=https://atestat.example.org" in only(doors.csrf()).cure


def test_a_check_that_breaks_is_a_finding() -> None:
    def broken() -> list[Finding]:
        raise ValueError("no such table")

    assert only(examine("clock", broken)).grade == "fail"
