"""What the environment makes of the settings: a trial without any variable, production with DATABASE_URL."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

OURS = (
    "DATABASE_URL",
    "BROKER_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "EMAIL_HOST",
    "STORAGE_DIR",
    "PRODUCTION",
)
BASE = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DATABASE_URL": "postgresql://atestat:secret@db/atestat",
    "BROKER_URL": "redis://broker/0",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "atestat.example.org",
}


NAMES = [
    "DATABASES",
    "SECRET_KEY",
    "PRODUCTION",
    "SITE_URL",
    "CSRF_TRUSTED_ORIGINS",
    "SESSION_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "CACHES",
]
PRINT = (
    "import json; from qms.project import settings as s; print(json.dumps([getattr(s, n) for n in {}], default=str))"
)


def run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    code = PRINT.format(NAMES)
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    environment = {**clean, "VAR_DIR": str(folder), **variables}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=BASE, env=environment, capture_output=True, text=True, check=False
    )


def settings(folder: Path, **variables: str) -> list[Any]:
    done = run(folder, **variables)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def test_a_trial_makes_its_secret_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    first, second = settings(tmp_path), settings(tmp_path)
    assert first[1] == second[1]
    assert len(first[1]) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert first[2] is False


def test_a_trial_writes_through_sqlite_with_full_care(tmp_path: Path) -> None:
    options = settings(tmp_path)[0]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_production_is_https_with_postgresql_and_a_shared_cache(tmp_path: Path) -> None:
    databases, _, production, site, origins, secure, redirect, caches = settings(tmp_path, **PRODUCTION)
    assert databases["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert "lock_timeout=20s" in databases["default"]["OPTIONS"]["options"]
    assert databases["default"].get("ATOMIC_REQUESTS", False) is False
    assert production is secure is redirect is True
    assert site == "https://atestat.example.org"
    assert origins == [site]
    assert caches["default"]["LOCATION"] == "redis://broker/0"
    assert not (tmp_path / "secret_key").exists()


def test_an_address_without_tls_sends_cookies_and_takes_no_redirect(tmp_path: Path) -> None:
    found = settings(tmp_path, **PRODUCTION | {"SITE_URL": "http://10.0.0.5:8000"})
    assert found[5] is found[6] is False


def test_production_without_a_secret_key_does_not_start(tmp_path: Path) -> None:
    done = run(tmp_path, **PRODUCTION | {"SECRET_KEY": ""})
    assert done.returncode != 0
    assert "SECRET_KEY is required" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("PRODUCTION", "maybe", "PRODUCTION must be 1 or 0"), ("EMAIL_PORT", "smtp", "EMAIL_PORT must be a whole number")],
)
def test_a_wrong_value_is_refused_by_name(tmp_path: Path, name: str, value: str, said: str) -> None:
    done = run(tmp_path, **{name: value})
    assert done.returncode != 0
    assert said in done.stderr
