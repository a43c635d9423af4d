"""The checklist while it is being read: sections grow, comment rows look back, and what is not understood is noted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from procedures.checklists.structure import Answer, Checklist, Item, MergeField, NotUnderstood, ObjectOfCheck, Section
from procedures.checklists.word.answers import kind_of
from procedures.checklists.word.bindings import bound_to
from procedures.checklists.word.headings import comment_asked_on, comment_prompts, legal_basis

LONGEST_QUOTE = 200


@dataclass
class DraftItem:
    """An item under construction."""

    label: str
    answers: tuple[Answer, ...]
    number: str = ""
    guidance: list[str] = field(default_factory=list)
    basis: str = ""
    comment_on: tuple[str, ...] = ()


@dataclass
class DraftSection:
    """A section under construction; one that is only loud, not numbered, stays only when it gets items."""

    number: str
    title: str
    stays: bool
    items: list[DraftItem] = field(default_factory=list)


@dataclass
class DraftObject:
    """An object of the check and the numbers of the sections it names."""

    label: str
    numbers: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """Everything read so far. ``since_comment``: the items the next comment row serves."""

    language: str
    title: str = ""
    sections: list[DraftSection] = field(default_factory=list)
    objects: list[DraftObject] = field(default_factory=list)
    found: dict[NotUnderstood, None] = field(default_factory=dict)
    since_comment: list[DraftItem] = field(default_factory=list)

    def note(self, code: str, text: str = "", table: int | None = None, row: int | None = None) -> None:
        """Lists what was not understood, once."""
        text = " ".join(text.split())
        text = text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
        self.found.setdefault(NotUnderstood(code, table, row, text))

    def open_section(self, number: str, title: str, stays: bool = True) -> None:
        """The items that follow belong here; a comment row does not look back over this."""
        self.sections.append(DraftSection(number, title, stays))
        self.since_comment.clear()

    def add(self, item: DraftItem) -> None:
        """Into the open section, or one without a title."""
        if not self.sections:
            self.open_section("", "", stays=False)
        self.sections[-1].items.append(item)
        self.since_comment.append(item)

    def serve_comment(self, text: str) -> str:
        """A comment row serves the items since the one before; answers the code of what is unclear about it, if any."""
        if not self.since_comment:
            return "comment_without_items"
        prompts = comment_prompts(text)
        for item in self.since_comment:
            item.comment_on = comment_asked_on(text, item.answers)
            item.guidance += [prompts] if prompts else []
        unclear = not any(item.comment_on for item in self.since_comment)
        self.since_comment.clear()
        return "comment_without_answer" if unclear else ""

    def checklist(self, merge_fields: Sequence[str]) -> Checklist:
        """The finished checklist; keys follow from the words, so that they outlive the next import of the form."""
        keep = [each for each in self.sections if each.items or each.stays]
        if not any(each.items for each in keep):
            keep = []
        keys, item_keys = _Keys("s"), _Keys("i")
        sections = tuple(
            Section(
                keys.of(each.title),
                {self.language: each.title} if each.title else {},
                each.number,
                tuple(self._item(item, item_keys.of(each.title, item.label)) for item in each.items),
            )
            for each in keep
        )
        by_number = {section.number: section.key for section in sections if section.number}
        return Checklist(
            self.language,
            {self.language: self.title} if self.title else {},
            sections,
            self._objects(by_number),
            tuple(MergeField(name, bound_to(name)) for name in merge_fields),
            tuple(sorted(self.found, key=lambda each: (each.table is None, each.table or 0, each.row or 0))),
        )

    def _item(self, item: DraftItem, key: str) -> Item:
        guidance = "\n".join(dict.fromkeys(each for each in item.guidance if each))
        return Item(
            key,
            {self.language: item.label},
            kind_of(item.answers),
            item.answers,
            item.number,
            {self.language: guidance} if guidance else {},
            legal_basis=item.basis or legal_basis(item.label),
            comment_required_on=item.comment_on,
        )

    def _objects(self, by_number: dict[str, str]) -> tuple[ObjectOfCheck, ...]:
        keys = _Keys("o")
        made = []
        for each in self.objects:
            known = [by_number[number] for number in each.numbers if number in by_number]
            if by_number and len(known) < len(each.numbers):
                self.note("object_names_unknown_section", each.label)
            made.append(ObjectOfCheck(keys.of(each.label), {self.language: each.label}, tuple(dict.fromkeys(known))))
        return tuple(made)


class _Keys:
    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._used: set[str] = set()

    def of(self, *words: str) -> str:
        """A key from the words alone; the same words again get a count behind."""
        told = "|".join(" ".join(each.lower().split()) for each in words)
        base = f"{self._prefix}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
        key, again = base, 1
        while key in self._used:
            again += 1
            key = f"{base}-{again}"
        self._used.add(key)
        return key
