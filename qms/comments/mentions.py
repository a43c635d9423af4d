"""Who is meant by “@Name” in a text. Pure Python."""

from __future__ import annotations

import re
from collections.abc import Mapping


def named_in(text: str, names: Mapping[int, str]) -> list[int]:
    """Ids of the people whose whole name stands after an @, however it is written; the longer name wins."""
    found = []
    for pk, name in sorted(names.items(), key=lambda person: -len(person[1])):
        pattern = re.compile(rf"(?<!\w)@{re.escape(name)}(?!\w)", re.IGNORECASE)
        if pattern.search(text):
            found.append(pk)
            text = pattern.sub("", text)
    return sorted(found)
