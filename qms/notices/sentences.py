"""A notice as a sentence in the reader's language, and where it leads."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.notices.models import Notice


def sentence_of(notice: Notice) -> str:
    """The sentence that was told: an order with the record's reference, and the record's title."""
    words = notice.words
    template = str(words.get("sentence", "{reference}"))
    said = _(template).format(reference=notice.reference or words.get("reference", ""), **_named(words))
    title = str(words.get("title", ""))
    return f"{said}: {title}" if title else said


def _named(words: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in words.items() if name not in ("sentence", "title", "reference")}


def link_of(notice: Notice) -> str:
    """The page of the record it is about, or the inbox."""
    if notice.stream is None or not notice.record_type:
        return "/"
    return reverse("records:detail", kwargs={"type_name": notice.record_type, "uid": notice.stream})
