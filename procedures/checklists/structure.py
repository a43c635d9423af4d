"""What a checklist is: the structured body of a document revision, kept as JSON in ``Revision.content``.

Plain data, no database and no Django: the reader of Word forms runs in a child process and makes the same objects.
Words of the form itself are ``Texts``, one text per language code; most bodies write in one language only.
"""

import datetime
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

Texts = Mapping[str, str]

YES_NO, CHOICE, NUMBER, TEXT, DATE, PHOTO = KINDS = ("yes_no", "choice", "number", "text", "date", "photo")
LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Answer:
    """One printed answer: ``code`` is stored (yes, no, partly, na, or the form's own: a1, a2 …), ``label`` is read."""

    code: str
    label: Texts


@dataclass(frozen=True)
class Item:
    """One question. ``key`` stays the same from revision to revision as long as the question does."""

    key: str
    label: Texts
    kind: str = YES_NO
    answers: tuple[Answer, ...] = ()
    number: str = ""
    guidance: Texts = field(default_factory=dict)
    clause: str = ""
    legal_basis: str = ""
    comment_required_on: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Section:
    """Questions under one heading of the form; there may be none, when the form leaves the place for free additions."""

    key: str
    title: Texts
    number: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class ObjectOfCheck:
    """What can be inspected with this form. ``sections``: keys of those that apply to it; none named means all."""

    key: str
    label: Texts
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class MergeField:
    """A blank the form expects to be filled from a record, and the record field it is bound to, if one is known."""

    name: str
    bound_to: str | None = None


@dataclass(frozen=True)
class NotUnderstood:
    """What the import could not read or had to conclude: ``code`` names the sentence, table and row count from 1."""

    code: str
    table: int | None = None
    row: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Checklist:
    """The whole form. ``language``: the one it was written in first; ``title``: as the form prints it."""

    language: str = "en"
    title: Texts = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    objects: tuple[ObjectOfCheck, ...] = ()
    merge_fields: tuple[MergeField, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the form."""
        return tuple(item for section in self.sections for item in section.items)

    def to_json(self) -> dict[str, Any]:
        """What ``Revision.content`` keeps; ``reading.checklist_from_json`` is the way back."""
        return asdict(self)


def text_in(texts: Texts, language: str) -> str:
    """The words in ``language``, else in the first language they exist in, else nothing."""
    return texts.get(language) or next(iter(texts.values()), "")


def sections_for(checklist: Checklist, objects: Collection[str] = ()) -> tuple[Section, ...]:
    """The sections that apply to the chosen objects of the check (keys; none chosen: all sections).

    A section no object names belongs to every check.
    """
    chosen = [each for each in checklist.objects if each.key in objects]
    if not chosen or any(not each.sections for each in chosen):
        return checklist.sections
    wanted = {key for each in chosen for key in each.sections}
    named = {key for each in checklist.objects for key in each.sections}
    return tuple(each for each in checklist.sections if each.key in wanted or each.key not in named)


def items_for(checklist: Checklist, objects: Collection[str] = ()) -> tuple[Item, ...]:
    """The items to answer for the chosen objects of the check, in the order of the form."""
    return tuple(item for section in sections_for(checklist, objects) for item in section.items)


def is_answered(item: Item, answer: object) -> bool:
    """There is an answer, and the form allows it."""
    return answer not in (None, "", [], ()) and valid_answer(item, answer)


def valid_answer(item: Item, answer: object) -> bool:
    """The form allows this answer: a printed code, a decimal number, an ISO date, a text, or a list of evidence ids."""
    if item.kind in (YES_NO, CHOICE):
        return isinstance(answer, str) and answer in {each.code for each in item.answers}
    if item.kind == PHOTO:
        return isinstance(answer, list | tuple) and bool(answer) and all(isinstance(one, str) and one for one in answer)
    if not isinstance(answer, str) or not answer.strip() or len(answer) > LONGEST_TEXT:
        return False
    if item.kind == NUMBER:
        return _is_number(answer)
    return item.kind == TEXT or _is_date(answer)


def needs_comment(item: Item, answer: object) -> bool:
    """The form asks for a comment with this answer."""
    return isinstance(answer, str) and answer in item.comment_required_on


def canonical_bytes(checklist: Checklist) -> bytes:
    """The same bytes for the same checklist, for hashing: sorted keys, UTF-8, no spaces."""
    return json.dumps(checklist.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _is_number(answer: str) -> bool:
    try:
        return Decimal(answer).is_finite()
    except InvalidOperation:
        return False


def _is_date(answer: str) -> bool:
    try:
        datetime.date.fromisoformat(answer)
    except ValueError:
        return False
    return True
