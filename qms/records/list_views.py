"""The list of a type and its export as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from qms.face.pages import Column, Filters, Head, ListPage, ListTable, Pager, Row
from qms.face.parts import Button, Cell, EmptyState, Link
from qms.lifecycle.case import Case
from qms.people.actors import Actor
from qms.records.listing import COUNTED, Page, listed, page_of
from qms.records.opening import open_type
from qms.records.pages import badge_of, due_of, list_url, url_of
from qms.records.registry import Column as TypeColumn
from qms.records.registry import RecordType
from qms.records.views import actor_in
from qms.reports import spreadsheet


@require_GET
def list_page(request: HttpRequest, type_name: str) -> HttpResponse:
    """The records of a type one may read: filtered, searched, newest first."""
    record_type, actor = open_type(type_name), actor_in(request)
    form, rows = listed(record_type, actor, request.GET)
    page = page_of(rows, request.GET)
    shown = ListPage(
        head=_head(record_type, actor, request),
        table=_table(record_type, page),
        filters=Filters(form, applied=form.applied, clear_url=list_url(record_type)),
        pager=_pager(page, request),
        empty=_empty(record_type, form.applied),
    )
    return render(request, "records/list.html", {"page": shown})


def _head(record_type: RecordType, actor: Actor, request: HttpRequest) -> Head:
    assert actor.person is not None
    blank = record_type.model(organisation=actor.person.organisation)
    actions = []
    if record_type.create_fields and not Case(blank, actor).against_creating():
        new = reverse("records:new", kwargs={"type_name": record_type.name})
        actions.append(Button(_("New"), new, icon="plus", primary=True))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    more = [Link(name.upper(), export_url(record_type, name) + query) for name in ("csv", "xlsx")]
    more += [Link(label, reverse(address)) for label, address in record_type.list_links]
    return Head(title=record_type.plural, actions=actions, more=more)


def export_url(record_type: RecordType, kind: str) -> str:
    return reverse("records:export", kwargs={"type_name": record_type.name, "kind": kind})


def _table(record_type: RecordType, page: Page) -> ListTable:
    columns = [Column(_("Reference")), Column(_("Title"), "title"), Column(_("State"), "badge")]
    columns += [Column(column.label) for column in record_type.columns]
    columns += [Column(_("Unit")), Column(_("Due"), "due")]
    return ListTable(record_type.plural, columns, [_row(record_type, record) for record in page.rows])


def _row(record_type: RecordType, record: Any) -> Row:
    badge, due = badge_of(record, plain=True), due_of(record)
    unit = record.unit.name if record.unit else ""
    cells = [Cell(badge=badge), *(Cell(str(value_of(record, column))) for column in record_type.columns)]
    cells += [Cell(unit), Cell(due=due)]
    return Row(url_of(record), record.reference, record.title, cells, badge, due, unit)


def value_of(record: Any, column: TypeColumn) -> Any:
    """What a column says of a record; nothing is an empty text."""
    if callable(column.value):
        value = column.value(record)
    else:
        display = getattr(record, f"get_{column.value}_display", None)
        value = display() if display else getattr(record, column.value)
    return "" if value is None else value


def _pager(page: Page, request: HttpRequest) -> Pager:
    count = f"{COUNTED}+" if page.more else page.total
    shown = ngettext("%(count)s record", "%(count)s records", COUNTED if page.more else page.total) % {"count": count}
    return Pager(shown, _turned(request, "after", page.newer), _turned(request, "before", page.older))


def _turned(request: HttpRequest, name: str, key: str) -> str:
    if not key:
        return ""
    kept = {field: value for field, value in request.GET.items() if field not in ("before", "after")}
    return f"?{urlencode({**kept, name: key})}"


def _empty(record_type: RecordType, applied: int) -> EmptyState:
    if applied:
        clear = Button(_("Clear the filters"), list_url(record_type))
        return EmptyState(_("Nothing fits these filters."), action=clear)
    return EmptyState(_("Nothing here yet."))


@require_GET
def export(request: HttpRequest, type_name: str, kind: str) -> HttpResponseBase:
    """The whole filtered list as CSV or XLSX, in the reader's language."""
    record_type = open_type(type_name)
    if kind not in ("csv", "xlsx"):
        raise Http404
    _form, rows = listed(record_type, actor_in(request), request.GET)
    heads = [_("Reference"), _("Title"), _("State"), *(str(c.label) for c in record_type.columns), _("Unit"), _("Due")]
    language = translation.get_language()
    lines = _lines(record_type, rows.order_by("-pk").iterator(chunk_size=500), language)
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            spreadsheet.csv_lines(heads, lines), content_type="text/csv; charset=utf-8"
        )
    else:
        response = HttpResponse(spreadsheet.xlsx(heads, lines, sheet=str(record_type.plural)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{record_type.name}.{kind}"'
    return response


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lines(record_type: RecordType, records: Iterator[Any], language: str | None) -> Iterator[list[str]]:
    for record in records:
        with translation.override(language):
            yield [
                record.reference,
                record.title,
                record_type.lifecycle.label(record.state),
                *(str(value_of(record, column)) for column in record_type.columns),
                record.unit.name if record.unit else "",
                date_format(record.due_on, "SHORT_DATE_FORMAT") if record.due_on else "",
            ]
