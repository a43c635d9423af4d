"""`manage.py due RULE START SPAN`: when a term ends and why, by the calendars of the law alone (no database)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from qms.calendar.due import Deadline, due
from qms.calendar.explain import explain, long_date
from qms.calendar.holidays_of import COUNTRIES
from qms.calendar.rules import RULES
from qms.calendar.spans import CalendarError, Span
from qms.calendar.working import WorkingCalendar


class Command(BaseCommand):
    """Prints date, weekday and explanation; a question that cannot be answered is one line and status 2."""

    help = "Counts a legal term: the date it ends, its weekday, and how it was counted."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", metavar="RULE", help=", ".join(RULES))
        parser.add_argument("start", metavar="START", help="the day of the event, as 2026-11-22")
        parser.add_argument("span", metavar="N|Nw|Nm|Ny", help="days, weeks, months or years")
        parser.add_argument("--country", help="RO or BG: whose holidays count (needed for European rules)")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = answer(options["rule"], options["start"], options["span"], options["country"])
        except CalendarError as refused:
            raise CommandError(str(refused), returncode=2) from refused
        if options["json"]:
            told = {**found.trace, "weekday": f"{found.date:%A}", "explanation": explain(found.trace)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(f"{found.date.isoformat()} ({long_date(found.date)})\n{explain(found.trace)}")


def answer(rule_id: str, start: str, span: str, country: str | None) -> Deadline:
    """The deadline for what was typed; CalendarError says what was not understood."""
    rule_id = rule_id.upper()
    day, length = _day(start), Span.parse(span)
    rule = RULES.get(rule_id)
    if country or rule is None or rule.country:
        return due(rule_id, day, length, WorkingCalendar((country or (rule and rule.country) or "RO").upper()))
    found = [due(rule_id, day, length, WorkingCalendar(each)) for each in COUNTRIES]
    if len({each.date for each in found}) > 1:
        told = ", ".join(f"{each.trace['country']} {each.date.isoformat()}" for each in found)
        raise CalendarError(_("The countries' holidays differ here (%(dates)s): add --country.") % {"dates": told})
    return found[0]


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CalendarError(_("%(date)s is no date; write it as 2026-11-22.") % {"date": written[:40]}) from None
