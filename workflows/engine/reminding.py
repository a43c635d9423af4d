"""When somebody is reminded: before the term, on the day, and again and again after it."""

from __future__ import annotations

from datetime import date, timedelta

from qms.calendar.service import calendar_of
from qms.people.models import Organisation

DAYS_BEFORE = 3
WORKING_DAYS_AFTER = 3


def first_reminder(due_on: date | None, asked_on: date) -> date | None:
    """Three days before the term, but not on the day it is asked."""
    if due_on is None:
        return None
    return max(due_on - timedelta(days=DAYS_BEFORE), asked_on + timedelta(days=1))


def next_reminder(due_on: date | None, today: date, body: Organisation) -> date:
    """On the day itself, then every few working days, for as long as it is open."""
    if due_on is not None and today < due_on:
        return due_on
    return calendar_of(body).following(today, WORKING_DAYS_AFTER)
