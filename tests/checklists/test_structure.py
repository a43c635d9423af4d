"""A checklist as data: what it allows, what applies, and the way through JSON and back."""

import dataclasses
import json
from typing import Any

import pytest

from procedures.checklists.reading import InvalidChecklist, check, checklist_from_json
from procedures.checklists.structure import (
    Answer,
    Checklist,
    Item,
    ObjectOfCheck,
    Section,
    canonical_bytes,
    is_answered,
    items_for,
    needs_comment,
    text_in,
    valid_answer,
)

YES, NO, NOT_APPLICABLE = (
    Answer("yes", {"bg": "Да"}),
    Answer("no", {"bg": "Не"}),
    Answer("na", {"bg": "Неприложимо"}),
)
RULES = Item("rules", {"bg": "Правилник", "en": "Rules"}, answers=(YES, NO), comment_required_on=("no",))
ARCHIVE = Item("archive", {"bg": "Архив"}, answers=(YES, NO, NOT_APPLICABLE))
SIZE = Item("size", {"bg": "Площ"}, kind="number")
FORM = Checklist(
    "bg",
    {"bg": "Проверка"},
    sections=(
        Section("papers", {"bg": "Документи"}, "1", (RULES, ARCHIVE)),
        Section("rooms", {"bg": "База"}, "2", (SIZE,)),
        Section("other", {"bg": "Друго"}, "3", (Item("note", {"bg": "Друго"}, kind="text"),)),
    ),
    objects=(
        ObjectOfCheck("desk", {"bg": "По документи"}, ("papers",)),
        ObjectOfCheck("site", {"bg": "На място"}, ("rooms",)),
        ObjectOfCheck("whole", {"bg": "Цялата дейност"}),
    ),
)


def keys(items: tuple[Item, ...]) -> list[str]:
    return [item.key for item in items]


def test_an_object_of_the_check_leaves_out_the_sections_named_only_by_others() -> None:
    assert keys(items_for(FORM, ["desk"])) == ["rules", "archive", "note"]
    assert keys(items_for(FORM, ["site"])) == ["size", "note"]
    assert keys(items_for(FORM, ["desk", "site"])) == ["rules", "archive", "size", "note"]
    assert items_for(FORM, ["whole"]) == items_for(FORM, ["desk", "whole"]) == items_for(FORM) == FORM.items


def test_not_applicable_is_allowed_only_where_the_form_prints_it() -> None:
    assert valid_answer(ARCHIVE, "na")
    assert not valid_answer(RULES, "na")
    assert not valid_answer(RULES, "Да")
    assert not valid_answer(RULES, None)
    assert not valid_answer(RULES, ["yes"])


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", ["12", "-3.50", "1e3"], ["12,5", "NaN", "Infinity", "many", "", " "]),
        ("date", ["2026-11-22"], ["22.11.2026", "2026-02-30", ""]),
        ("text", ["има", "0"], ["", "  ", "x" * 10_001]),
        ("photo", [["a1"], ["a1", "b2"]], [[], "", [1], [""], "a1"]),
    ],
)
def test_each_kind_allows_its_own_answers_and_no_others(kind: str, good: list[object], bad: list[object]) -> None:
    item = Item("it", {"en": "It"}, kind=kind)
    assert [answer for answer in good if not (valid_answer(item, answer) and is_answered(item, answer))] == []
    assert [answer for answer in bad if is_answered(item, answer)] == []


def test_a_comment_is_needed_on_the_answers_the_form_names() -> None:
    assert needs_comment(RULES, "no")
    assert not needs_comment(RULES, "yes")
    assert not needs_comment(ARCHIVE, "no")
    assert not needs_comment(SIZE, None)


def test_words_fall_back_to_the_language_there_is() -> None:
    assert text_in(RULES.label, "en") == "Rules"
    assert text_in(ARCHIVE.label, "en") == "Архив"
    assert text_in({}, "en") == ""


def test_a_checklist_comes_back_from_json_as_it_was_with_the_same_bytes() -> None:
    back = checklist_from_json(json.loads(json.dumps(FORM.to_json())))
    assert back == FORM
    assert canonical_bytes(back) == canonical_bytes(FORM)
    assert canonical_bytes(dataclasses.replace(FORM, language="ro")) != canonical_bytes(FORM)


def broken(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(json.dumps(FORM.to_json()))
    body["sections"][0]["items"][0].update(changes)
    return body


@pytest.mark.parametrize(
    ("body", "where", "code"),
    [
        ([], "", "not_an_object"),
        ({"sections": {}}, "sections", "not_a_list"),
        ({"section": []}, "section", "unknown_name"),
        ({"language": "Bulgarian!"}, "language", "not_a_language"),
        ({"sections": [{"key": "a"}]}, "sections.0.title", "missing"),
        (broken(kind="slider"), "sections.0.items.0.kind", "unknown_kind"),
        (broken(kind=3), "sections.0.items.0.kind", "wrong_type"),
        (broken(required=1), "sections.0.items.0.required", "wrong_type"),
        (broken(label={"bg": " "}), "sections.0.items.0.label", "empty"),
        (broken(label="Правилник"), "sections.0.items.0.label", "not_texts"),
        (broken(key="archive"), "items.1.key", "repeated_key"),
        (broken(key="a b"), "items.0.key", "not_a_key"),
        (broken(answers=[]), "sections.0.items.0.answers", "yes_and_no_needed"),
        (broken(kind="number"), "sections.0.items.0.answers", "answers_do_not_fit"),
        (broken(kind="choice", answers=[]), "sections.0.items.0.answers", "answers_do_not_fit"),
        (broken(comment_required_on=["na"]), "sections.0.items.0.comment_required_on", "unknown_answer"),
        (broken(number="1" * 10_001), "sections.0.items.0.number", "too_long"),
    ],
)
def test_json_that_is_no_checklist_is_refused_with_the_place_and_the_reason(body: Any, where: str, code: str) -> None:
    with pytest.raises(InvalidChecklist) as refused:
        checklist_from_json(body)
    assert (where, code) in [(problem.where, problem.code) for problem in refused.value.problems]


def test_an_object_that_names_an_unknown_section_is_refused() -> None:
    with pytest.raises(InvalidChecklist):
        check(dataclasses.replace(FORM, objects=(ObjectOfCheck("x", {"bg": "х"}, ("nowhere",)),)))
