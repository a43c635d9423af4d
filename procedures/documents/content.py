"""What a revision says: sections of rich text, an uploaded file, or a checklist; the JSON of each, checked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from procedures.checklists.reading import InvalidChecklist, checklist_from_json
from procedures.documents import rich

MOST_SECTIONS = 200
LONGEST_SECTION = 500_000


class Body(TextChoices):
    SECTIONS = "sections", gettext_lazy("text in sections")
    FILE = "file", gettext_lazy("an uploaded file")
    CHECKLIST = "checklist", gettext_lazy("a checklist")


class Kind(TextChoices):
    """What kind of documented information it is (ISO 10013:2021)."""

    PROCEDURE = "procedure", gettext_lazy("procedure")
    INSTRUCTION = "instruction", gettext_lazy("instruction")
    FORM = "form", gettext_lazy("form")
    CHECKLIST = "checklist", gettext_lazy("checklist")
    POLICY = "policy", gettext_lazy("policy")
    EXTERNAL = "external", gettext_lazy("external document")


@dataclass(frozen=True)
class TextSection:
    """One section of a document: its title and its clean markup. `key` stays from revision to revision."""

    key: str
    title: str
    html: str = ""

    def to_json(self) -> dict[str, str]:
        return {"key": self.key, "title": self.title, "html": self.html}


def sections_of(content: Mapping[str, Any]) -> tuple[TextSection, ...]:
    """The sections of a body of rich text."""
    return tuple(TextSection(**section) for section in content.get("sections", ()))


def of_sections(sections: Iterable[TextSection]) -> dict[str, Any]:
    """The way back: what Revision.content keeps."""
    return {"sections": [section.to_json() for section in sections]}


def new_key(sections: Sequence[TextSection]) -> str:
    """A key no section has yet."""
    taken = {section.key for section in sections}
    return next(key for n in range(1, len(taken) + 2) if (key := f"s{n}") not in taken)


def body_for(kind: str) -> Body:
    """How a document of this kind is usually written."""
    return {Kind.CHECKLIST.value: Body.CHECKLIST, Kind.EXTERNAL.value: Body.FILE}.get(kind, Body.SECTIONS)


def begun(body: str, language: str) -> dict[str, Any]:
    """The content a first draft begins with: the headings a procedure usually has, or an empty checklist."""
    if body == Body.CHECKLIST:
        return {"language": language, "sections": []}
    if body == Body.FILE:
        return {}
    with override(language):
        titles = (_("Purpose"), _("Scope"), _("Responsibilities"), _("Description"), _("Records"))
    return of_sections(TextSection(f"s{n}", title) for n, title in enumerate(titles, 1))


def is_complete(body: str, content: Mapping[str, Any], file_sha256: str) -> bool:
    """There is a file, or every section has its text, or the checklist has items."""
    if body == Body.FILE:
        return bool(file_sha256)
    if body == Body.CHECKLIST:
        return any(section.get("items") for section in content.get("sections", ()))
    sections = sections_of(content)
    return bool(sections) and all(rich.words(section.html) for section in sections)


def check(body: str, content: Any) -> None:
    """Raises ValidationError for content that is not of its shape, or has markup that is not allowed."""
    if not isinstance(content, dict):
        raise ValidationError({"content": _("The content is not of the shape of its kind.")}, code="shape")
    if body == Body.CHECKLIST:
        _check_checklist(content)
    elif body == Body.SECTIONS:
        _check_sections(content)
    elif content:
        raise ValidationError({"content": _("A document that is a file has no other text.")}, code="shape")


def _check_checklist(content: dict[str, Any]) -> None:
    from procedures.checklists.sentences import problem_sentence

    try:
        checklist_from_json(content)
    except InvalidChecklist as invalid:
        raise ValidationError({"content": [problem_sentence(each) for each in invalid.problems]}) from None


def _check_sections(content: dict[str, Any]) -> None:
    sections = content.get("sections")
    if set(content) - {"sections"} or not isinstance(sections, list) or len(sections) > MOST_SECTIONS:
        raise ValidationError({"content": _("The content is not of the shape of its kind.")}, code="shape")
    for number, section in enumerate(sections, 1):
        _check_section(number, section)
    if len({section["key"] for section in sections}) < len(sections):
        raise ValidationError({"content": _("Two sections have the same key.")}, code="shape")


def _check_section(number: int, section: Any) -> None:
    texts = isinstance(section, dict) and all(isinstance(value, str) for value in section.values())
    if not texts or set(section) != {"key", "title", "html"} or not section["key"]:
        text = _("Section %(number)s is not a section: it has key, title and text.") % {"number": number}
        raise ValidationError({"content": text}, code="shape")
    if not section["title"].strip():
        raise ValidationError({"content": _("Section %(number)s has no title.") % {"number": number}}, code="title")
    if len(section["html"]) > LONGEST_SECTION or len(section["title"]) > 250:
        raise ValidationError({"content": _("Section %(number)s is too long.") % {"number": number}}, code="long")
    if rich.clean(section["html"]) != section["html"]:
        text = _("Section %(number)s holds markup that is not allowed.") % {"number": number}
        raise ValidationError({"content": text}, code="markup")
