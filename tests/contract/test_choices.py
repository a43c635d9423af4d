"""No form offers another body's rows, and no door takes them: they are answered as if they were not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from qms.lifecycle.perform import amend, create
from qms.lifecycle.table import CLOCK
from qms.people.actors import Actor
from qms.records import registry
from qms.records.forms import record_form, step_form
from qms.records.registry import RecordType
from tests.contract.sides import Side
from workflows.nonconformities.models import Nonconformity

TYPES = registry.all_types()


def forms_of(record_type: RecordType, record: Any, actor: Actor) -> Iterator[forms.Form]:
    """Every form of a record: making one like it, editing it, and each step from where it stands."""
    if record_type.create_fields:
        yield record_form(record_type, record_type.model(organisation=record.organisation), True)
    yield record_form(record_type, record, False)
    for step in record_type.lifecycle.by_state[record.state]:
        if step.takers != (CLOCK,):
            yield step_form(record_type, record, step, actor)


@pytest.mark.parametrize("record_type", TYPES, ids=lambda kind: kind.name)
def test_choices_are_of_ones_own_body(record_type: RecordType, sides: tuple[Side, Side]) -> None:
    home = sides[0]
    body = home.body.organisation.pk
    seen = 0
    for form in forms_of(record_type, home.records[record_type.name], Actor(home.body.bob)):
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                seen += 1
                theirs = [row for row in field.queryset or () if getattr(row, "organisation_id", body) != body]
                assert theirs == [], name
    assert seen


def test_a_door_takes_nobody_and_nothing_of_another_body(sides: tuple[Side, Side]) -> None:
    home, away = sides
    found = home.records["nonconformity"]
    for changes in (
        {"owner": away.body.ann},
        {"unit": away.body.unit},
        {"duplicate_of": away.records["nonconformity"]},
    ):
        with pytest.raises(ValidationError), transaction.atomic():
            amend(found, home.body.bob, **changes)
        found.refresh_from_db()
    with pytest.raises(ValidationError), transaction.atomic():
        create(
            Nonconformity, home.body.stan, organisation=home.body.organisation, title="x", found_on="2026-05-14",
            requirement="x", evidence="x", unit=away.body.unit,
        )  # fmt: skip
