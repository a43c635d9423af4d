"""Stored bytes stay what they were: every file is hashed again in turn, and what nobody needs is swept away.

Each run takes one of the store's 256 shelves, chosen by the hour, so that nothing has to be remembered: a machine that
runs all day has been round in eleven days.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.utils.translation import gettext_noop

from qms.evidence import store
from qms.evidence.models import EvidenceFile
from qms.notices.mailing import tell
from qms.notices.models import Channel, Notice
from qms.people.actors import holders
from qms.people.roles import Role
from qms.trail import clock
from qms.trail.models import TrailDetail, TrailEvent

SHELVES = 256
LEFTOVER_AFTER = timedelta(hours=24)
DAMAGED = gettext_noop("A stored file is damaged: {file}. Put it back from the backup")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """What one look at a shelf found: names of files."""

    sound: tuple[str, ...]
    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    swept: tuple[str, ...]


def shelf_of(at: datetime) -> str:
    """Whose turn it is in that hour."""
    return f"{int(at.timestamp()) // 3600 % SHELVES:02x}"


def look_at(shelf: str) -> Round:
    """Hash every file of a shelf again, write down what was found, sweep leftovers older than a day."""
    files = store.files_in(shelf)
    swept = sweep(files)
    sound: list[str] = []
    damaged: list[str] = []
    for file in files:
        if file.name.startswith(".") or file.name in swept:
            continue
        (sound if _is_whole(file.name) else damaged).append(file.name)
    rows = EvidenceFile.unscoped.filter(sha256__startswith=shelf)
    missing = sorted(set(rows.values_list("sha256", flat=True)) - set(sound) - set(damaged))
    rows.filter(sha256__in=sound).update(checked_at=clock.now(), sound=True)
    for row in rows.filter(sha256__in=[*damaged, *missing]).select_related("organisation"):
        found_damaged(row)
    if damaged:
        log.error("stored files are damaged: %s", ", ".join(damaged))
    return Round(tuple(sound), tuple(damaged), tuple(missing), tuple(swept))


def _is_whole(digest: str) -> bool:
    try:
        store.open_checked(digest).close()
    except (store.Damaged, store.NotStored):
        return False
    return True


def found_damaged(file: EvidenceFile) -> None:
    """Write down that the bytes are no longer the stored ones, and tell the administrators of the body once."""
    EvidenceFile.unscoped.filter(pk=file.pk).update(sound=False, checked_at=clock.now())
    log.error("evidence %s is damaged or gone", file.sha256)
    for person in holders(file.organisation_id, Role.ADMINISTRATOR):
        notice = Notice(
            organisation_id=file.organisation_id,
            person=person,
            kind="evidence.damaged",
            key=f"evidence.damaged:{file.uid}",
            words={"sentence": DAMAGED, "file": f"{file.name} ({file.sha256[:8]})"},
            channel=Channel.IN_APP,
            told_at=clock.now(),
        )
        tell(notice)


def sweep(files: Iterable[Path]) -> set[str]:
    """Remove files that no row and no event names and that are older than a day; return their names."""
    oldest = (clock.real_now() - LEFTOVER_AFTER).timestamp()
    old = [file for file in files if file.stat().st_mtime < oldest]
    needed = named_somewhere({file.name for file in old if not file.name.startswith(".")})
    return {file.name for file in old if file.name not in needed and store.take_away(file, oldest)}


def named_somewhere(digests: set[str]) -> set[str]:
    """Those of the hashes that a column of any table holds, or the trail: what was replaced is kept as well."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name.endswith("sha256"):
                rows = model._base_manager.filter(**{f"{field.name}__in": digests})
                found |= set(rows.values_list(field.name, flat=True))
    for digest in digests - found:
        in_body = TrailEvent.objects.filter(body__contains=digest)
        if in_body.exists() or TrailDetail.objects.filter(clear__contains=digest).exists():
            found.add(digest)
    return found
