"""Forms of an inspection (team, checklist in force, kinds of object) and of a measure (term, rules of the country)."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from procedures.checklists.structure import text_in
from procedures.documents.commands import effective_checklists
from qms.calendar.rules import RULES
from qms.people.models import Person
from qms.records import registry
from qms.records.forms import DoorForm
from workflows.inspections.models import Inspection, Measure


class InspectionForm(DoorForm):
    """Creating asks for what, where, when and who leads; editing for all that an order says."""

    def __init__(self, *args: Any, record: Inspection, **kwargs: Any) -> None:
        record_type = registry.type_of(record)
        names = record_type.edit_fields if record.pk else record_type.create_fields
        plain = [name for name in names if name not in ("team", "checklist", "object_keys")]
        super().__init__(*args, record=record, names=plain, **kwargs)
        for name in names:
            if name == "team":
                self.fields[name] = self._team(record)
            elif name == "checklist":
                self.fields[name] = self._checklist(record)
            elif name == "object_keys" and record.structure.objects:
                self.fields[name] = self._objects(record)
        self.order_fields(names)

    def _team(self, record: Inspection) -> forms.Field:
        people = Person.objects.filter(organisation=record.organisation_id, is_active=True).order_by("name")
        return forms.TypedMultipleChoiceField(
            label=_("members of the team"),
            coerce=int,
            choices=[(person.pk, person.name) for person in people],
            initial=record.team,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def _checklist(self, record: Inspection) -> forms.Field:
        return forms.ModelChoiceField(
            effective_checklists(record.organisation),
            label=_("checklist"),
            initial=record.checklist_id,
            required=False,
            help_text=_("The mission keeps the revision it begins with."),
        )

    def _objects(self, record: Inspection) -> forms.Field:
        language = record.structure.language
        return forms.MultipleChoiceField(
            label=_("kinds of object, as the checklist distinguishes them"),
            choices=[(each.key, text_in(each.label, language)) for each in record.structure.objects],
            initial=record.object_keys,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class MeasureForm(DoorForm):
    """What is ordered, and how its term is counted. Inspection and item go along unseen where the page gave them."""

    def __init__(self, *args: Any, record: Measure, **kwargs: Any) -> None:
        record_type = registry.type_of(record)
        names = record_type.edit_fields if record.pk else record_type.create_fields
        begun = kwargs.get("initial") or {}
        mission = record.inspection if record.inspection_id else None
        if mission is not None and not record.pk:
            kwargs["initial"] = _ordered(mission, begun.get("item", "")) | begun
        super().__init__(*args, record=record, names=names, **kwargs)
        self.fields["rule"] = self._rule(record)
        if "item" in self.fields:
            self.fields["item"].widget = forms.HiddenInput()
        if mission is not None and "inspection" in self.fields:
            self.fields["inspection"].widget = forms.HiddenInput()
        self.order_fields(names)

    def _rule(self, record: Measure) -> forms.Field:
        country = record.organisation.country
        choices = [(rule.id, rule.name) for rule in RULES.values() if rule.country in (None, country)]
        first = record.rule or choices[0][0]
        return forms.ChoiceField(label=_("how the term is counted"), choices=choices, initial=first)


def _ordered(mission: Inspection, item_key: str) -> dict[str, Any]:
    """What a measure about an item begins with: what was found, and by which law it is asked."""
    given: dict[str, Any] = {"unit": mission.unit_id}
    item = next((each for each in mission.items if each.key == item_key), None)
    if item is None:
        return given
    answer = mission.answers_by_item.get(item.key)
    question = text_in(item.label, (get_language() or "en").split("-")[0])
    given["title"] = shorten(question, 110, placeholder="…")
    given["description"] = answer.comment if answer and answer.comment else question
    given["legal_basis"] = (item.legal_basis or item.clause)[:250]
    return given
