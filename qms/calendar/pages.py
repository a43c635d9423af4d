"""What the calendar's pages show, as the parts of the face."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.forms import BaseForm
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qms.calendar.explain import reason_off, skipped_days, weekday
from qms.calendar.models import CalendarException
from qms.calendar.working import WEEKEND, WorkingCalendar, days
from qms.face.pages import FormPage, Head
from qms.face.parts import Button, Cell, Link, Table
from qms.people.models import Organisation


def due_head() -> Head:
    return Head(_("When a term ends"), actions=(Button(_("Calendar of the year"), reverse("calendar:year")),))


def year_head(organisation: Organisation, year: int, may_edit: bool) -> Head:
    """The year between its neighbours, with what may be done."""
    actions = [Button(_("Count a term"), reverse("calendar:due"))]
    if may_edit:
        actions.append(Button(_("Add an exception"), reverse("calendar:exception_new"), primary=True))
    around = [shown for shown in (year - 1, year, year + 1) if 2000 <= shown <= 2100]
    return Head(
        _("Calendar %(year)s") % {"year": year},
        line=f"{organisation.get_country_display()} · {organisation.name}",
        actions=actions,
        tabs=[Link(str(shown), f"?year={shown}", current=shown == year) for shown in around],
    )


def exception_page(row: CalendarException | None, form: BaseForm, url: str, key: str) -> FormPage:
    """The form of a new exception, or of one that is there."""
    back = reverse("calendar:year")
    head = Head(
        _("Calendar exception"),
        reference=row.day.isoformat() if row else "",
        crumbs=(Link(_("Calendar"), back),),
        line=_("Deadlines counted from now on follow it; those already given stay as they are."),
    )
    return FormPage(head, form, _("Save"), url, back, version=row.version if row else None, key=key)


def skipped_table(trace: dict[str, object]) -> Table | None:
    """The days a count left out; none, no table."""
    rows = [_day_cells(day, reason) for day, reason in skipped_days(trace)]
    return Table(_("Days skipped"), _day_heads(_("Why")), rows, anchor="skipped") if rows else None


def days_off_table(calendar: WorkingCalendar, year: int) -> Table:
    """Holidays and free days of a year by date; bare weekends are not listed."""
    off = ((day, calendar.off(day)) for day in days(date(year, 1, 1), date(year, 12, 31)))
    rows = [
        _day_cells(day, reason_off({"on": day.isoformat(), "why": why.why, "names": why.names}))
        for day, why in off
        if why is not None and why.why != WEEKEND
    ]
    return Table(_("Days off"), _day_heads(_("Name")), rows, anchor="days-off")


def exceptions_table(rows: Iterable[CalendarException], organisation: Organisation, may_edit: bool) -> Table:
    """What was decided for this body and the one above it; its own rows lead to their page."""
    cells = [
        (
            Cell(
                date_format(row.day, "DATE_FORMAT"),
                url=reverse("calendar:exception_edit", args=(row.uid,))
                if may_edit and row.organisation_id == organisation.pk
                else "",
            ),
            Cell(_("set aside") if row.is_void else _("worked") if row.is_working else _("not worked")),
            Cell(row.purpose),
            Cell(row.act),
            Cell(row.organisation.name),
        )
        for row in rows
    ]
    return Table(
        _("Exceptions decided for this body"),
        (_("Day"), _("It is"), _("What for"), _("Decided by"), _("Body")),
        cells,
        empty=_("None this year: the country's calendar holds as it is."),
        anchor="exceptions",
    )


def _day_heads(last: str) -> tuple[str, str, str]:
    return _("Day"), _("Weekday"), last


def _day_cells(day: date, reason: str) -> tuple[Cell, Cell, Cell]:
    return Cell(date_format(day, "DATE_FORMAT")), Cell(weekday(day)), Cell(reason)
