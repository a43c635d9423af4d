"""One normaliser for everything that is searched: case, comma and cedilla, and other diacritics make no difference."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from qms.records.models import Record

# What Unicode's decomposition would wrongly change or leave: й and ё keep their mark, ѝ loses it.
KEPT = {"й": "\ue000", "ѝ": "и"}
_SPACES = re.compile(r"\s+")


def normalised(text: str) -> str:
    """Lower case, Latin letters without marks (ș, ş → s; ț, ţ → t; ă, â → a; î → i), Cyrillic й kept, spaces single."""
    lowered = unicodedata.normalize("NFC", text).lower()
    for letter, stand_in in KEPT.items():
        lowered = lowered.replace(letter, stand_in)
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.replace("\ue000", "й")).strip()


def searched_text(record: Record) -> str:
    """What a record is found by: its reference, its title and the fields its type names."""
    words = [record.reference, record.title, *(str(getattr(record, name) or "") for name in record.SEARCHED)]
    return normalised(" ".join(words))


def found(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The rows in which every word begins some word of reference, title or searched text."""
    for word in normalised(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows
