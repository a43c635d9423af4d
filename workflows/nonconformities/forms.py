"""The form of a new nonconformity: filled in by the record it was found in, where it comes from one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from qms.records import registry
from qms.records.forms import DoorForm
from workflows.nonconformities.models import Nonconformity, origin_record

ORIGIN = ("origin_type", "origin", "origin_item")


class NonconformityForm(DoorForm):
    """Origin and item go along unseen; the record they name says what the form begins with."""

    def __init__(self, *args: Any, record: Nonconformity, **kwargs: Any) -> None:
        names = registry.type_of(record).create_fields
        kwargs["initial"] = (kwargs.get("initial") or {}) | self._found(record, kwargs.get("initial") or {})
        super().__init__(*args, record=record, names=names, **kwargs)
        for name in ORIGIN:
            self.fields[name].widget = forms.HiddenInput()
            self.fields[name].required = False

    def _found(self, record: Nonconformity, initial: dict[str, str]) -> dict[str, str]:
        """What the record of origin fills in; nothing where it is no such record or the item does not fail."""
        try:
            origin = origin_record(record.organisation_id, initial.get("origin_type", ""), initial.get("origin"))
            finding = getattr(origin, "finding", None)
            if finding is None:
                return {}
            found: dict[str, str] = finding(initial.get("origin_item", ""), (get_language() or "en").split("-")[0])
        except ValidationError:
            return {}
        return found

    def given(self) -> dict[str, Any]:
        """Without the origin where there is none."""
        return {name: value for name, value in super().given().items() if name not in ORIGIN or value}
