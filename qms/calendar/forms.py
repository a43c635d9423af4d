"""The calculator's question, and the year of a calendar page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.calendar.rules import RULES
from qms.calendar.spans import CalendarError, Span
from qms.people.models import Country


class SpanField(forms.CharField):
    """A span as it is typed: 15, 2w, 3m, 1y. Its value is a Span."""

    def clean(self, value: Any) -> Span:
        try:
            return Span.parse(super().clean(value))
        except CalendarError as refused:
            raise forms.ValidationError(str(refused)) from refused


class DueForm(forms.Form):
    """Rule, start, span; the country matters to European rules only."""

    rule = forms.ChoiceField(
        label=_("Rule"), choices=lambda: [(rule.id, f"{rule.name} ({rule.id})") for rule in RULES.values()]
    )
    start = forms.DateField(label=_("Start"), help_text=_("The day of the event: receipt, report, decision."))
    span = SpanField(label=_("Term"), max_length=12, help_text=_("Days, or a number with w, m or y: 15, 2w, 3m, 1y."))
    country = forms.ChoiceField(label=_("Whose holidays"), choices=Country.choices, required=False)

    def clean(self) -> dict[str, Any]:
        """A rule of one country takes that country's holidays, whatever was chosen."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        rule = RULES.get(values.get("rule", ""))
        if rule and rule.country:
            values["country"] = rule.country
        elif rule and not values.get("country"):
            self.add_error("country", _("A European rule counts by the holidays of a country."))
        return values


def year_asked(text: str | None, today: date) -> int:
    """The year of the address, or this one; what is no year from 2000 to 2100 is this year."""
    asked = int(text) if text and text.isascii() and text.isdecimal() and len(text) == 4 else today.year
    return asked if 2000 <= asked <= 2100 else today.year
