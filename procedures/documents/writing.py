"""Changes of a checklist being written: pure functions from a checklist to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from procedures.checklists.structure import CHOICE, YES_NO, Answer, Checklist, Item, Section

P = TypeVar("P", Section, Item)


class NoSuchPart(LookupError):
    """The checklist has no section or item of that key."""


def item_of(checklist: Checklist, key: str) -> Item:
    """The item of that key; raises NoSuchPart."""
    found = next((item for item in checklist.items if item.key == key), None)
    if found is None:
        raise NoSuchPart(key)
    return found


def section_of(checklist: Checklist, key: str) -> Section:
    """The section of that key; raises NoSuchPart."""
    found = next((section for section in checklist.sections if section.key == key), None)
    if found is None:
        raise NoSuchPart(key)
    return found


def with_item(checklist: Checklist, section_key: str, item: Item) -> Checklist:
    """The item in the place of the one with its key, or as the last of that section."""
    section = section_of(checklist, section_key)
    kept = [item if each.key == item.key else each for each in section.items]
    items = kept if any(each.key == item.key for each in section.items) else [*kept, item]
    return _with_section(checklist, replace(section, items=tuple(items)))


def without_item(checklist: Checklist, key: str) -> Checklist:
    """The checklist without that item."""
    section = _section_with(checklist, key)
    return _with_section(checklist, replace(section, items=tuple(each for each in section.items if each.key != key)))


def moved_item(checklist: Checklist, key: str, by: int) -> Checklist:
    """The item so many places further down in its section, or up; at the end it stays."""
    section = _section_with(checklist, key)
    items = _moved(section.items, key, by)
    return _with_section(checklist, replace(section, items=items))


def with_section(checklist: Checklist, section: Section) -> Checklist:
    """The section in the place of the one with its key, or as the last one."""
    if any(each.key == section.key for each in checklist.sections):
        return _with_section(checklist, section)
    return replace(checklist, sections=(*checklist.sections, section))


def without_section(checklist: Checklist, key: str) -> Checklist:
    """The checklist without that section; objects of the check that named it name it no more."""
    section_of(checklist, key)
    objects = tuple(
        replace(each, sections=tuple(one for one in each.sections if one != key)) for each in checklist.objects
    )
    sections = tuple(each for each in checklist.sections if each.key != key)
    return replace(checklist, sections=sections, objects=objects)


def moved_section(checklist: Checklist, key: str, by: int) -> Checklist:
    """The section so many places further down, or up."""
    return replace(checklist, sections=_moved(checklist.sections, key, by))


def answers_for(kind: str, labels: dict[str, str], language: str, before: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Printed answers of a kind from code → label; the words in other languages stay where the code stays."""
    if kind not in (YES_NO, CHOICE):
        return ()
    known = {answer.code: answer.label for answer in before}
    return tuple(Answer(code, {**known.get(code, {}), language: label}) for code, label in labels.items())


def coded(words: list[str], before: tuple[Answer, ...], language: str) -> dict[str, str]:
    """Choices typed as words: each keeps the code it had, a new one gets the next."""
    known = {answer.label.get(language, ""): answer.code for answer in before}
    taken = {answer.code for answer in before}
    found: dict[str, str] = {}
    for word in words:
        code = known.get(word) or next(c for n in range(1, 10_000) if (c := f"a{n}") not in taken)
        taken.add(code)
        found[code] = word
    return found


def new_key(checklist: Checklist, letter: str) -> str:
    """A key no part has yet: i1 for items, s1 for sections."""
    taken = {section.key for section in checklist.sections} | {item.key for item in checklist.items}
    return next(key for n in range(1, len(taken) + 2) if (key := f"{letter}{n}") not in taken)


def _section_with(checklist: Checklist, item_key: str) -> Section:
    for section in checklist.sections:
        if any(item.key == item_key for item in section.items):
            return section
    raise NoSuchPart(item_key)


def _with_section(checklist: Checklist, section: Section) -> Checklist:
    sections = tuple(section if each.key == section.key else each for each in checklist.sections)
    return replace(checklist, sections=sections)


def _moved(parts: tuple[P, ...], key: str, by: int) -> tuple[P, ...]:
    part = next((each for each in parts if each.key == key), None)
    if part is None:
        raise NoSuchPart(key)
    rest = [each for each in parts if each.key != key]
    rest.insert(max(0, min(len(rest), parts.index(part) + by)), part)
    return tuple(rest)
