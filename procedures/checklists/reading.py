"""From stored or sent JSON back to a ``Checklist``, with everything that is wrong in it named at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin

from procedures.checklists.structure import CHOICE, KINDS, YES_NO, Checklist, Item, ObjectOfCheck, Section, Texts

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
MOST_ITEMS = 2_000
LONGEST = 10_000


@dataclass(frozen=True)
class Problem:
    """Where in the JSON (``sections.2.items.0.kind``) and what; ``sentences.problem_sentence`` says it in words."""

    where: str
    code: str


class InvalidChecklist(ValueError):
    """The JSON is no checklist; ``problems`` lists why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{each.where}: {each.code}" for each in problems))
        self.problems = problems


class _Bad(Exception):
    def __init__(self, where: str, code: str) -> None:
        super().__init__(where, code)
        self.problem = Problem(where, code)


def checklist_from_json(body: object) -> Checklist:
    """The checklist in ``body``; raises InvalidChecklist. Unknown names are refused, so that nothing is lost unseen."""
    try:
        checklist: Checklist = _part(Checklist, body, "")
    except _Bad as bad:
        raise InvalidChecklist((bad.problem,)) from None
    problems = tuple(_problems(checklist))
    if problems:
        raise InvalidChecklist(problems)
    return checklist


def check(checklist: Checklist) -> None:
    """Raises InvalidChecklist when keys repeat, answers do not fit the kind, or an object names an unknown section."""
    problems = tuple(_problems(checklist))
    if problems:
        raise InvalidChecklist(problems)


def _part(kind: Any, body: object, where: str) -> Any:
    if not isinstance(body, Mapping):
        raise _Bad(where.rstrip("."), "not_an_object")
    known = {each.name: each for each in fields(kind)}
    for name in body:
        if name not in known:
            raise _Bad(f"{where}{name}", "unknown_name")
    for name, each in known.items():
        if name not in body and each.default is MISSING and each.default_factory is MISSING:
            raise _Bad(f"{where}{name}", "missing")
    return kind(**{name: _value(known[name].type, value, f"{where}{name}") for name, value in body.items()})


def _value(kind: Any, value: object, where: str) -> Any:
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], each, f"{where}.{n}") for n, each in enumerate(_list(value, where)))
    if is_dataclass(kind):
        return _part(kind, value, f"{where}.")
    if kind == Texts:
        return _texts(value, where)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _Bad(where, "wrong_type")
    if isinstance(value, str) and len(value) > LONGEST:
        raise _Bad(where, "too_long")
    return value


def _list(value: object, where: str) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _Bad(where, "not_a_list")
    return value


def _texts(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise _Bad(where, "not_texts")
    for language, text in value.items():
        if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
            raise _Bad(where, "not_a_language")
        if not isinstance(text, str) or len(text) > LONGEST:
            raise _Bad(f"{where}.{language}", "wrong_type")
    return dict(value)


def _problems(checklist: Checklist) -> Iterator[Problem]:
    if not LANGUAGE.fullmatch(checklist.language):
        yield Problem("language", "not_a_language")
    if len(checklist.items) > MOST_ITEMS:
        yield Problem("sections", "too_many_items")
    yield from _keys("sections", checklist.sections)
    yield from _keys("objects", checklist.objects)
    yield from _keys("items", checklist.items)
    for n, section in enumerate(checklist.sections):
        for m, item in enumerate(section.items):
            yield from _item_problems(item, f"sections.{n}.items.{m}")
    known = {section.key for section in checklist.sections}
    for n, each in enumerate(checklist.objects):
        if not known.issuperset(each.sections):
            yield Problem(f"objects.{n}.sections", "unknown_section")


def _keys(where: str, parts: tuple[Section | ObjectOfCheck | Item, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, part in enumerate(parts):
        if not KEY.fullmatch(part.key):
            yield Problem(f"{where}.{n}.key", "not_a_key")
        if part.key in seen:
            yield Problem(f"{where}.{n}.key", "repeated_key")
        seen.add(part.key)


def _item_problems(item: Item, where: str) -> Iterator[Problem]:
    codes = [answer.code for answer in item.answers]
    if item.kind not in KINDS:
        yield Problem(f"{where}.kind", "unknown_kind")
    if not any(text.strip() for text in item.label.values()):
        yield Problem(f"{where}.label", "empty")
    if item.kind == YES_NO and not {"yes", "no"}.issubset(codes):
        yield Problem(f"{where}.answers", "yes_and_no_needed")
    if (item.kind == CHOICE) != bool(codes) and item.kind != YES_NO:
        yield Problem(f"{where}.answers", "answers_do_not_fit")
    if len(set(codes)) != len(codes) or "" in codes:
        yield Problem(f"{where}.answers", "repeated_answer")
    if not set(codes).issuperset(item.comment_required_on):
        yield Problem(f"{where}.comment_required_on", "unknown_answer")
