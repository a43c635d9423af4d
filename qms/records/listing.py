"""Lists of a type: filtered, searched and paged by key in SQL, so that they cost the same however long they get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from qms.people.actors import Actor
from qms.people.models import Person, Unit
from qms.records.forms import choices_of
from qms.records.opening import rows_of
from qms.records.registry import RecordType
from qms.records.searching import found
from qms.trail import clock

PAGE = 50
COUNTED = 1000


class FilterForm(forms.Form):
    """The filters of a type's list, from the fields its registration names."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)

    def __init__(self, record_type: RecordType, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record_type = record_type
        assert actor.person is not None
        body = actor.person.organisation_id
        for name in record_type.filters:
            self.fields[name] = self._field(name, body)
        self.fields["late"] = forms.BooleanField(label=_("only overdue"), required=False)

    def _field(self, name: str, body: int) -> forms.Field:
        if name == "state":
            choices = [("", _("every state")), *self.record_type.lifecycle.states.choices]
            return forms.ChoiceField(label=_("State"), choices=choices, required=False)
        field: Any = self.record_type.model._meta.get_field(name)
        if field.is_relation:
            related: Any = field.related_model
            empty = {Unit: _("every unit"), Person: _("everybody")}.get(related, _("all"))
            return forms.ModelChoiceField(
                choices_of(related, body), label=capfirst(field.verbose_name), required=False, empty_label=str(empty)
            )
        choices = [("", _("all")), *(field.choices or ())]
        return forms.ChoiceField(label=capfirst(field.verbose_name), choices=choices, required=False)

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit; a filter that makes no sense is shown as such and fits nothing."""
        if not self.is_valid():
            return rows.none()
        said = self.cleaned_data
        for name in self.record_type.filters:
            if said.get(name):
                rows = rows.filter(**{name: said[name]})
        if said.get("late"):
            finals = [state.value for state in self.record_type.lifecycle.finals]
            rows = rows.filter(due_on__lt=clock.now().date()).exclude(state__in=finals)
        return found(rows, said["q"]) if said.get("q") else rows

    @property
    def applied(self) -> int:
        return sum(bool(self.data.get(name)) for name in self.fields)


@dataclass(frozen=True)
class Page:
    """One page of rows, newest first, with the keys of the pages beside it; `total` is exact below COUNTED."""

    rows: Sequence[Any]
    newer: str
    older: str
    total: int
    more: bool


def page_of(rows: QuerySet[Any], said: Mapping[str, str], size: int = PAGE) -> Page:
    """Read one page by key (`before` or `after` an id); at most two statements."""
    ordered = rows.order_by("-pk")
    before, after = _key(said.get("before")), _key(said.get("after"))
    if after is not None:
        got = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        further = len(got) > size
        got = got[:size][::-1]
        newer, older = (str(got[0].pk) if further and got else ""), (str(got[-1].pk) if got else "")
    else:
        part = ordered if before is None else ordered.filter(pk__lt=before)
        got = list(part[: size + 1])
        further = len(got) > size
        got = got[:size]
        newer = str(got[0].pk) if before is not None and got else ""
        older = str(got[-1].pk) if further and got else ""
    if before is None and after is None and not further:
        return Page(got, newer, older, len(got), more=False)
    total = rows.order_by("-pk").values("pk")[: COUNTED + 1].count()
    return Page(got, newer, older, min(total, COUNTED), more=total > COUNTED)


def _key(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def listed(record_type: RecordType, actor: Actor, said: Mapping[str, str]) -> tuple[FilterForm, QuerySet[Any]]:
    """The filter form of a request and the rows that fit it."""
    form = FilterForm(record_type, actor, said or {})
    return form, form.narrowed(rows_of(record_type, actor))
