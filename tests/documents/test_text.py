"""What a revision may say: clean markup, sections of the right shape, and what people type."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.checklists.structure import YES_NO, Answer, Checklist, Item, ObjectOfCheck, Section
from procedures.documents import content, rich, writing
from procedures.documents.content import Body
from qms.lifecycle.perform import amend
from tests.documents.conftest import Cast, a_draft

YES = (Answer("yes", {"en": "Yes"}), Answer("no", {"en": "No"}))
ITEMS = tuple(Item(key, {"en": key}, YES_NO, YES) for key in ("i1", "i2", "i3"))
CHECKLIST = Checklist(
    sections=(Section("s1", {"en": "One"}, items=ITEMS), Section("s2", {"en": "Two"})),
    objects=(ObjectOfCheck("o1", {"en": "Homes"}, ("s1", "s2")),),
)


@pytest.mark.parametrize(
    ("typed", "markup"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("# Head\n\nline\nline", "<h3>Head</h3>\n<p>line<br>line</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("<strong>bold</strong>", "<p><strong>bold</strong></p>"),
        ('<p onclick="x()">a<script>b</script></p>', "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', '<p><a rel="noopener noreferrer">a</a></p>'),
        ("1<p", "<p>1</p>"),
        ("", ""),
    ],
)
def test_what_is_typed_becomes_clean_markup(typed: str, markup: str) -> None:
    assert rich.from_typed(typed) == markup


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab<>/&\"' \n-1.#șЯp"), max_size=60))
def test_typing_what_is_shown_changes_nothing(typed: str) -> None:
    markup = rich.from_typed(typed)
    assert rich.clean(markup) == markup
    assert rich.from_typed(rich.to_typed(markup)) == markup


def section(**changes: Any) -> dict[str, Any]:
    return {"key": "s1", "title": "Purpose", "html": "<p>x</p>", **changes}


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"sections": "text"},
        {"sections": [], "more": 1},
        {"sections": [section(html="<script>x</script>")]},
        {"sections": [section(html='<p onclick="x">y</p>')]},
        {"sections": [section(title="  ")]},
        {"sections": [section(), section()]},
        {"sections": [section(key=5)]},
        {"sections": [{"key": "s1"}]},
    ],
)
def test_content_of_another_shape_is_refused_at_the_door(cast: Cast, wrong: Any) -> None:
    draft = a_draft(cast)
    with pytest.raises(ValidationError):
        amend(draft, cast.radu, content=wrong)


def test_a_checklist_of_another_shape_is_refused_in_sentences(cast: Cast) -> None:
    draft = a_draft(cast)
    with pytest.raises(ValidationError) as refused:
        amend(draft, cast.radu, body=Body.CHECKLIST, content={"language": "en", "sections": [{"key": "S 1"}]})
    assert all(refused.value.messages)


def test_a_draft_begins_with_headings_in_its_language() -> None:
    begun = content.begun(Body.SECTIONS, "en")
    assert [section.title for section in content.sections_of(begun)][:2] == ["Purpose", "Scope"]
    assert not content.is_complete(Body.SECTIONS, begun, "")


def test_questions_are_moved_removed_and_replaced() -> None:
    keys = [item.key for item in writing.moved_item(CHECKLIST, "i1", 5).items]
    assert keys == ["i2", "i3", "i1"]
    assert [item.key for item in writing.moved_item(CHECKLIST, "i1", -1).items] == ["i1", "i2", "i3"]
    assert [item.key for item in writing.without_item(CHECKLIST, "i2").items] == ["i1", "i3"]
    new = Item(writing.new_key(CHECKLIST, "i"), {"en": "new"})
    assert [item.key for item in writing.with_item(CHECKLIST, "s2", new).items] == ["i1", "i2", "i3", "i4"]
    with pytest.raises(writing.NoSuchPart):
        writing.without_item(CHECKLIST, "none")


def test_an_object_of_the_check_forgets_a_removed_section() -> None:
    assert writing.without_section(CHECKLIST, "s1").objects[0].sections == ("s2",)


def test_a_choice_keeps_its_code_when_others_change() -> None:
    before = (Answer("a1", {"en": "red"}), Answer("a2", {"en": "blue"}))
    assert writing.coded(["blue", "green"], before, "en") == {"a2": "blue", "a3": "green"}
