"""Fills the tables from the catalogue. Run again it changes only what differs; it never deletes a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction

from qms.standards.catalogue import Listed, number_above, read_all
from qms.standards.models import Edition, Framework, Requirement


@dataclass(frozen=True)
class Loaded:
    """How many requirements were added, changed, and withdrawn because the catalogue no longer lists them."""

    added: int
    changed: int
    withdrawn: int


def load_catalogue(using: str = DEFAULT_DB_ALIAS, catalogue: list[Listed] | None = None) -> Loaded:
    """Bring frameworks, editions and requirements in line with the catalogue (ours, or the one given)."""
    with transaction.atomic(using=using):
        done = [_load_edition(using, listed) for listed in (read_all() if catalogue is None else catalogue)]
    return Loaded(*(sum(column) for column in zip(*done, strict=True))) if done else Loaded(0, 0, 0)


def _load_edition(using: str, listed: Listed) -> tuple[int, int, int]:
    code = listed.framework["code"]
    framework, _new = Framework.objects.using(using).update_or_create(code=code, defaults=listed.framework)
    edition, _new = Edition.objects.using(using).update_or_create(
        slug=listed.slug, defaults={**listed.edition, "framework": framework}
    )
    rows = {row.number: row for row in Requirement.objects.using(using).filter(edition=edition)}
    added = [number for number in listed.requirements if number not in rows]
    changed = [number for number in rows if _update(rows[number], listed.requirements.get(number))]
    for number in added:
        rows[number] = Requirement(edition=edition, number=number, **listed.requirements[number])
        rows[number].parent = rows.get(number_above(number))
        rows[number].save(using=using)
    for number in changed:
        rows[number].save(using=using)
    return len(added), len(changed), sum(rows[number].is_withdrawn for number in changed)


def _update(row: Requirement, wanted: dict[str, Any] | None) -> bool:
    """Set what differs; a row that is not wanted any more is withdrawn. True when something changed."""
    changes = {"is_withdrawn": True} if wanted is None else wanted
    differing = {name: value for name, value in changes.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
