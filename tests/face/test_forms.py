"""How forms are drawn: labels, help and errors tied to their controls, dates without misreading."""

from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from tests.face.samples import StepForm


def test_help_and_errors_are_tied_to_the_control() -> None:
    html = str(StepForm({"reason": ""}))
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in html
    assert 'id="id_reason_helptext"' in html
    assert 'id="id_reason_error"' in html


def test_the_summary_links_to_each_wrong_field_even_to_a_group_of_choices() -> None:
    html = render_to_string("forms/errors.html", {"form": StepForm({})})
    assert 'href="#id_reason"' in html
    assert 'href="#id_outcome_group"' in html
    assert 'id="id_outcome_group"' in str(StepForm({}))


def test_a_form_without_mistakes_shows_no_summary() -> None:
    assert "at-errors" not in str(StepForm())


def test_required_is_said_in_words() -> None:
    html = str(StepForm())
    assert html.count("(required)") == 4
    assert "required>" not in html.split("Grade")[1].split("</select>")[0]


@pytest.mark.parametrize("language", ["en", "ro", "bg"])
def test_a_date_goes_out_as_iso_and_comes_back_the_same_in_every_language(language: str) -> None:
    with translation.override(language):
        html = str(StepForm(initial={"verified_on": date(2026, 12, 11)}))
        assert 'type="date"' in html
        assert 'value="2026-12-11"' in html
        sent = forms.DateField().clean("2026-12-11")
    assert sent == date(2026, 12, 11)


def test_a_text_of_a_user_is_escaped_in_field_and_error() -> None:
    class Evil(forms.Form):
        name = forms.CharField(label="<b>x</b>", max_length=3, help_text="ok")

    html = str(Evil({"name": '"><script>alert(1)</script>'}))
    assert "<script>" not in html
    assert "<b>x</b>" not in html
