"""Forms of steps and of editing that ask more than the fields of a record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.documents.models import KindOfChange
from qms.people.models import Person
from qms.people.roles import Role
from qms.records.forms import DoorForm, choices_of

# Who is offered as a reviewer.
REVIEWING = (Role.REVIEWER, Role.PROCESS_OWNER, Role.QUALITY_MANAGER)


class OpenRevisionForm(DoorForm):
    """Why a new draft is opened, and whether it begins a new edition."""

    kind_of_change = forms.ChoiceField(label=_("Kind of change"), choices=KindOfChange.choices)
    reason_for_change = forms.CharField(label=_("Reason for the change"), widget=forms.Textarea(attrs={"rows": 3}))
    new_edition = forms.BooleanField(
        label=_("Begin a new edition"), required=False, help_text=_("The revision number begins again at 0.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = self.record.current_id is None
        self.fields["kind_of_change"].initial = KindOfChange.NEW if first else KindOfChange.SUBSTANTIVE


class ReviewersForm(DoorForm):
    """Who is asked to review, each for himself."""

    reviewers = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Reviewers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        reviews = Q(roles__role__in=REVIEWING, roles__organisation=self.record.organisation_id)
        named = Q(pk__in=self.record.reviewers)
        field.queryset = choices_of(Person, self.record.organisation_id).filter(reviews | named).distinct()
        field.initial = self.record.reviewers

    def given(self) -> dict[str, Any]:
        """Reviewers as ids, in the order of their names; not at all where a program changes something else."""
        given = super().given()
        if "reviewers" in given:
            given["reviewers"] = [person.pk for person in given["reviewers"]]
        return given


class RevisionForm(ReviewersForm):
    """Everything about a draft but its text, which has pages of its own."""

    field_order = ("title", "kind_of_change", "reason_for_change", "reviewers", "effective_from", "author", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        names = ("title", "kind_of_change", "reason_for_change", "effective_from", "author", "unit", "owner")
        super().__init__(*args, names=names, **kwargs)
        self.order_fields(self.field_order)
