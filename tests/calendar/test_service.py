"""Deadlines of a body: its own exceptions, those of the body above it, one query."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from qms.calendar.models import CalendarException
from qms.calendar.service import calendar_of, deadline_for
from qms.calendar.spans import CalendarError, Span
from qms.lifecycle.perform import amend
from qms.lifecycle.refused import Refused
from qms.trail.models import TrailEvent
from tests.calendar.conftest import Bodies, exception


def m1(bodies: Bodies) -> date:
    """Measure M1 of the scenario: ten days from 3 April 2026, which end on Easter Monday."""
    return deadline_for(bodies.constanta, "RO_CALENDAR", date(2026, 4, 3), Span(10)).date


def test_without_exceptions_the_countrys_calendar_holds(bodies: Bodies) -> None:
    assert m1(bodies) == date(2026, 4, 14)


def test_an_exception_moves_the_deadlines_of_its_body_and_of_those_under_it(bodies: Bodies) -> None:
    exception(bodies.above, "2026-04-14")
    assert m1(bodies) == date(2026, 4, 15)
    exception(bodies.constanta, "2026-04-15")
    assert m1(bodies) == date(2026, 4, 16)
    above = deadline_for(bodies.above, "RO_CALENDAR", date(2026, 4, 3), Span(10))
    assert above.date == date(2026, 4, 15)
    assert "14 April" not in str(above.trace)
    assert above.trace["steps"][1]["off"][-1] == {
        "on": "2026-04-14",
        "why": "exception",
        "names": ["Bridge day, HG 1/2026"],
    }


def test_a_bodys_own_exception_goes_before_that_of_the_body_above(bodies: Bodies) -> None:
    exception(bodies.constanta, "2026-04-14", is_working=True)
    exception(bodies.above, "2026-04-14")
    assert m1(bodies) == date(2026, 4, 14)


def test_another_bodys_exception_changes_nothing(bodies: Bodies) -> None:
    exception(bodies.ruse, "2026-04-14")
    assert m1(bodies) == date(2026, 4, 14)


def test_an_exception_set_aside_counts_no_more_and_stays(bodies: Bodies) -> None:
    row = exception(bodies.constanta, "2026-04-14")
    amend(row, bodies.ada, reason="withdrawn by HG 2/2026", is_void=True)
    assert m1(bodies) == date(2026, 4, 14)
    assert CalendarException.objects.of(bodies.constanta.pk).count() == 1
    assert list(TrailEvent.objects.filter(stream=row.uid).order_by("seq").values_list("verb", flat=True)) == [
        "create",
        "edit",
    ]
    exception(bodies.constanta, "2026-04-14")
    assert m1(bodies) == date(2026, 4, 15)


def test_a_deadline_costs_one_query(bodies: Bodies, django_assert_num_queries: Any) -> None:
    for day in range(14, 18):
        exception(bodies.constanta, f"2026-04-{day}")
    with django_assert_num_queries(1):
        assert m1(bodies) == date(2026, 4, 20)
    with django_assert_num_queries(1):
        assert len(calendar_of(bodies.constanta).exceptions) == 4


def test_a_rule_of_the_other_country_is_refused(bodies: Bodies) -> None:
    with pytest.raises(CalendarError, match="calendar of RO only"):
        deadline_for(bodies.ruse, "RO_CALENDAR", date(2026, 4, 3), Span(10))


def test_the_same_day_twice_is_refused(bodies: Bodies) -> None:
    exception(bodies.constanta, "2026-04-14")
    with pytest.raises(ValidationError, match="exception already"), transaction.atomic():
        exception(bodies.constanta, "2026-04-14", is_working=True)
    exception(bodies.above, "2026-04-14")


def test_a_day_outside_the_calendar_is_refused(bodies: Bodies) -> None:
    with pytest.raises(ValidationError, match="from the year 2000"):
        exception(bodies.constanta, "1999-12-31")


def test_only_the_administrator_of_the_body_may(bodies: Bodies) -> None:
    for person in (bodies.sorin, bodies.anca, bodies.boris):
        with pytest.raises(Refused), transaction.atomic():
            exception(bodies.constanta, "2026-04-14", by=person)
    row = exception(bodies.constanta, "2026-04-14", by=bodies.ada)
    with pytest.raises(Refused), transaction.atomic():
        amend(row, bodies.sorin, is_void=True)
