"""Each part draws what it is given, escapes it, and says nothing when there is nothing to say."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.safestring import mark_safe

from qms.face import checklist, pages, parts
from qms.face.parts import Badge, Button, Comment, Evidence, Shape, Tone
from tests.face import samples

DRAW = Template("{% load face %}{% part thing %}")
EVIL = "<script>alert(1)</script>"


def drawn(thing: Any) -> str:
    return DRAW.render(Context({"thing": thing, "csrf_token": "token"}))


def all_parts() -> list[type[Any]]:
    found = [*vars(parts).values(), *vars(pages).values(), *vars(checklist).values()]
    return [kind for kind in found if isinstance(kind, type) and isinstance(getattr(kind, "template", None), str)]


@pytest.mark.parametrize("kind", all_parts(), ids=lambda kind: kind.__name__)
def test_every_part_names_a_template_that_exists(kind: type[Any]) -> None:
    assert get_template(kind.template)


def test_nothing_draws_nothing() -> None:
    assert drawn(None) == ""


def test_a_fragment_sees_its_own_context_and_nothing_else() -> None:
    inner = parts.Fragment("parts/empty_state.html", {"it": parts.EmptyState("Nothing yet.")})
    html = Template("{% load face %}{% part thing %}").render(Context({"thing": inner, "secret": "hidden"}))
    assert "Nothing yet." in html
    assert "hidden" not in html


def test_a_state_is_a_shape_and_a_word() -> None:
    html = drawn(Badge(Shape.TICK, Tone.OK, "In force"))
    assert "#state-tick" in html
    assert "In force" in html
    assert 'aria-hidden="true"' in html


@pytest.mark.parametrize("shape", Shape)
def test_every_shape_and_icon_used_is_in_the_sprite(shape: Shape) -> None:
    assert f'id="state-{shape}"' in sprite()


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    root = Path(settings.BASE_DIR) / "templates"
    named = {name for file in root.rglob("*.html") for name in re.findall(r'{% icon "([a-z-]+)" ', file.read_text())}
    assert len(named) > 10
    assert [name for name in sorted(named) if name != "state-" and f'id="{name}"' not in sprite()] == []


def sprite() -> str:
    return (Path(settings.BASE_DIR) / "qms/face/static/face/icons.svg").read_text()


def test_text_of_people_is_escaped_everywhere() -> None:
    things = [
        Badge(Shape.DOTTED, Tone.STILL, EVIL),
        Button(EVIL, "/x", post=True, fields={"a": EVIL}),
        parts.WhatNext(EVIL, asked_of=EVIL, asked_as=EVIL, also=[parts.Link(EVIL, "/")]),
        parts.WhyNot("close", EVIL, [parts.ReasonRow(EVIL, EVIL, EVIL, EVIL, "/")]),
        parts.Comments([Comment(EVIL, samples.at(1, 1), EVIL)]),
        parts.EvidenceBox([Evidence(EVIL, EVIL, "/", EVIL)]),
        parts.Texts(EVIL, [parts.Paragraph(EVIL, EVIL)]),
        parts.Table(EVIL, [EVIL], [[parts.Cell(EVIL)]]),
        parts.Notice(EVIL),
        checklist.ChecklistItem("u", "1", EVIL, "/", fact=EVIL, asks_fact=True, guidance=EVIL, missing=EVIL),
    ]
    for thing in things:
        assert EVIL not in drawn(thing), thing


def test_only_fields_named_html_are_printed_as_markup() -> None:
    html = drawn(parts.Texts("Text", [parts.Paragraph("Cause", html=mark_safe("<p>written</p>"))]))
    assert "<p>written</p>" in html


def test_a_button_that_acts_is_a_form_with_its_token() -> None:
    html = drawn(Button("Hand over", "/go", post=True, fields={"version": "3"}))
    assert 'method="post"' in html
    assert 'value="token"' in html
    assert 'name="version" value="3"' in html


def test_no_template_holds_an_inline_style_or_script() -> None:
    root = Path(settings.BASE_DIR) / "templates"
    for file in root.rglob("*.html"):
        text = file.read_text()
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=", text), file


def test_every_badge_ground_has_the_contrast_the_law_asks() -> None:
    css = (Path(settings.BASE_DIR) / "qms/face/static/face/atestat.css").read_text()
    token = dict(re.findall(r"--at-([a-z0-9-]+): (#[0-9a-f]{6});", css))
    for tone in ("late", "warn", "ok", "info", "still"):
        assert contrast(token[tone], token[f"{tone}-soft"]) >= 4.5, tone
    assert contrast(token["ink-3"], token["sunk"]) >= 4.5
    assert contrast(token["control"], "#ffffff") >= 3


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
