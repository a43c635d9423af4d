"""The form of an inspection: its team, its checklist in force, and what the checklist calls its objects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.checklists.structure import text_in
from procedures.documents.commands import effective_checklists
from qms.people.models import Person
from qms.records import registry
from qms.records.forms import DoorForm
from workflows.inspections.models import Inspection


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
