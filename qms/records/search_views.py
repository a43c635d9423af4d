"""One search over the records of every type one may read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qms.face.pages import Filters, Head, RecordPage
from qms.face.parts import Cell, EmptyState, Link, Table
from qms.records import registry
from qms.records.opening import rows_of
from qms.records.pages import badge_of, list_url, url_of
from qms.records.registry import RecordType
from qms.records.searching import found
from qms.records.views import actor_in

MOST = 10


class SearchForm(forms.Form):
    """The words looked for."""

    q = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """The first hits of each type, with the way to all of them; one query a type."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    hits: list[Any] = (
        [table for each in registry.all_types() if (table := _hits(each, request, words))] if words else []
    )
    page = RecordPage(
        Head(title=_("Search")),
        main=[Filters(form, clear_url=reverse("search")), *(hits or [_nothing(words)])],
    )
    return render(request, "records/detail.html", {"page": page})


def _hits(record_type: RecordType, request: HttpRequest, words: str) -> Table | None:
    rows: list[Any] = list(found(rows_of(record_type, actor_in(request)), words).order_by("-pk")[: MOST + 1])
    if not rows:
        return None
    lines = [
        (Cell(row.reference, url_of(row)), Cell(row.title), Cell(badge=badge_of(row, plain=True)))
        for row in rows[:MOST]
    ]
    link = Link(_("All hits"), f"{list_url(record_type)}?{urlencode({'q': words})}") if len(rows) > MOST else None
    heads = (_("Reference"), _("Title"), _("State"))
    return Table(record_type.plural, heads, lines, link=link, anchor=record_type.name)


def _nothing(words: str) -> EmptyState:
    if not words:
        return EmptyState(_("Words are found by how they begin, with and without diacritics."))
    return EmptyState(_("Nothing is found by these words."))
