"""Forms of the doors: made from the fields a step or a type takes; every choice is limited to the record's body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.perform import REASON_GIVEN
from qms.lifecycle.table import Step
from qms.people.actors import Actor
from qms.people.models import Person
from qms.records.registry import RecordType
from qms.records.streamed import Streamed

PASSWORD = "password"  # noqa: S105  (the name of a field)


class DoorForm(forms.Form):
    """Fields of a record for a door. `required` are those without which the door stays shut.

    Subclasses may add fields of their own; `given()` returns what goes to the door.
    """

    def __init__(
        self,
        *args: Any,
        record: Any,
        names: Iterable[str] = (),
        required: Iterable[str] = (),
        signs: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        must = set(required)
        for name in names:
            if name not in self.fields:
                self.fields[name] = made_field(record, name)
            self.fields[name].required = name in must or self.fields[name].required
        if signs:
            self.fields[PASSWORD] = forms.CharField(
                label=_("your password, as the proof of your signature"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )

    def given(self) -> dict[str, Any]:
        """What was given, without reason and password."""
        return {name: value for name, value in self.cleaned_data.items() if name not in (REASON_GIVEN, PASSWORD)}

    @property
    def reason(self) -> str:
        return str(self.cleaned_data.get(REASON_GIVEN, ""))

    @property
    def password(self) -> str:
        return str(self.cleaned_data.get(PASSWORD, ""))


def made_field(record: Any, name: str) -> forms.Field:
    """The form field of a model field, with choices of the record's own body and with its present value."""
    if name == REASON_GIVEN:
        return forms.CharField(label=_("reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    field = record._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        made: forms.Field = forms.ModelChoiceField(
            choices_of(field.related_model, record.organisation_id),
            label=capfirst(field.verbose_name),
            required=not field.blank,
            help_text=field.help_text,
            empty_label=gettext("not chosen"),
        )
        made.initial = getattr(record, field.attname)
        return made
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        made = forms.DateField(label=capfirst(field.verbose_name), required=not field.blank, widget=widget)
    elif isinstance(field, models.TextField):
        widget_text = forms.Textarea(attrs={"rows": 4})
        made = forms.CharField(label=capfirst(field.verbose_name), required=not field.blank, widget=widget_text)
    else:
        made = field.formfield()
    made.help_text = field.help_text
    made.initial = getattr(record, field.attname)
    return made


def choices_of(model: type[models.Model], organisation_id: int) -> models.QuerySet[Any]:
    """The rows of one body that may be chosen; people only while they are active."""
    if model is Person:
        return Person.objects.filter(organisation=organisation_id, is_active=True).order_by("name")
    if issubclass(model, Streamed):
        rows: models.QuerySet[Any] = model.objects.of(organisation_id)
        return rows
    return model._default_manager.all()


def step_form(record_type: RecordType, record: Any, step: Step, actor: Actor, *args: Any, **kwargs: Any) -> DoorForm:
    """The form of a step: what must and may be given, and the password where it is signed."""
    made = record_type.forms.get(step.verb, DoorForm)
    signs = bool(step.meaning) and not actor.is_clock
    if made is DoorForm:
        kwargs |= {"names": (*step.give, *step.may_give), "required": step.give}
    elif REASON_GIVEN in step.give:
        kwargs |= {"names": (REASON_GIVEN,), "required": (REASON_GIVEN,)}
    return made(*args, record=record, signs=signs, **kwargs)  # type: ignore[no-any-return]


def record_form(record_type: RecordType, record: Any, creating: bool, *args: Any, **kwargs: Any) -> DoorForm:
    """The form of creating or editing."""
    verb = "create" if creating else "edit"
    made = record_type.forms.get(verb, DoorForm)
    names = record_type.create_fields if creating else record_type.edit_fields
    if made is DoorForm:
        kwargs["names"] = names
    return made(*args, record=record, **kwargs)  # type: ignore[no-any-return]
