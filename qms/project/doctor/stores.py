"""Database, migrations, guards, storage, fonts and static files."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from qms.evidence.models import EvidenceFile
from qms.project.doctor.finding import Finding, fail, note, ok
from qms.project.health import missing_migrations
from qms.trail import triggers

OLDEST_POSTGRESQL = 15
LITTLE_SPACE = 1_000_000_000
WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
FONT = Path("node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf")


def database() -> Iterator[Finding]:
    """Whether the database answers, is new enough and set as we need it."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield fail("database", f"does not answer: {_first_line(error)}.", "start it, or correct DATABASE_URL.")
        return
    yield from _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _postgresql() -> Iterator[Finding]:
    version = str(_value("SHOW server_version"))
    if int(version.split(".")[0]) < OLDEST_POSTGRESQL:
        yield fail("database", f"PostgreSQL {version} is too old.", f"use PostgreSQL {OLDEST_POSTGRESQL} or newer.")
    else:
        yield ok("database", f"PostgreSQL {version}")


def _sqlite() -> Iterator[Finding]:
    found = {name: _value(f"PRAGMA {name}") for name in WANTED}
    wrong = [f"{name} is {found[name]}, not {value}" for name, value in WANTED.items() if found[name] != value]
    if wrong:
        yield fail("database", f"SQLite: {', '.join(wrong)}.", "keep its file on a local disk, not a network share.")
    else:
        yield ok("database", f"SQLite {_value('SELECT sqlite_version()')}, write-ahead log, fully synchronous")
    if settings.PRODUCTION:
        yield note("database", "SQLite serves one machine.", "set DATABASE_URL to PostgreSQL for more than a trial.")


def _value(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__


def migrations() -> Iterator[Finding]:
    """Whether the database has seen every migration of the code."""
    missing = missing_migrations()
    if missing:
        seen = f"{len(missing)} not applied, beginning with {missing[0]}."
        yield fail("migrations", seen, "manage.py prepare")
    else:
        yield ok("migrations", "all applied")


def guards() -> Iterator[Finding]:
    """Whether the database's own guards of the trail stand as they were put."""
    if problems := triggers.problems():
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        yield fail("guards", f"{problems[0]}{more}.", "find out who changed it, then put it back: manage.py migrate")
    else:
        yield ok("guards", f"all in place, fingerprint {triggers.fingerprint()[:16]}")


def storage() -> Iterator[Finding]:
    """Whether files can be written, read and removed, and whether there is room."""
    folder = Path(settings.STORAGE_DIR)
    probe = folder / f".doctor-{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"doctor")
        read = probe.read_bytes()
        probe.unlink()
    except OSError as error:
        yield fail("storage", f"{folder}: {error.strerror}.", "give this account the folder, or set STORAGE_DIR.")
        return
    if read != b"doctor":
        yield fail("storage", f"{folder} gives back other bytes than were written.", "replace the disk.")
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        yield fail(
            "storage", f"{free // 1_000_000} MB are left in {folder}.", "make room or set STORAGE_DIR elsewhere."
        )
    else:
        yield ok("storage", f"{folder}, {free // LITTLE_SPACE} GB free")


def evidence() -> Iterator[Finding]:
    """Whether stored evidence still is what was stored, as far as it was looked at."""
    damaged = list(EvidenceFile.unscoped.filter(sound=False).values_list("sha256", flat=True)[:2])
    if damaged:
        more = " and more" if len(damaged) > 1 else ""
        yield fail("evidence", f"{damaged[0]}{more}: damaged or gone.", f"put it back into {settings.STORAGE_DIR}.")
    else:
        checked = EvidenceFile.unscoped.filter(checked_at__isnull=False).count()
        yield ok("evidence", f"{checked} of {EvidenceFile.unscoped.count()} files hashed again since, all sound")


def fonts() -> Iterator[Finding]:
    """Whether the fonts of reports are there."""
    if (Path(settings.BASE_DIR) / FONT).is_file():
        yield ok("fonts", "DejaVu is installed")
    else:
        yield fail("fonts", "DejaVu is missing; reports cannot be made.", "npm ci, or manage.py up")


def static_files() -> Iterator[Finding]:
    """Whether style sheets and scripts were collected."""
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield ok("static files", "collected")
    else:
        yield fail("static files", "not collected; pages have no style.", "manage.py prepare")
