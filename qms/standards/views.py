"""The catalogue of standards as pages: the editions, the tree of one, and a search by number or word."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qms.face.pages import Head
from qms.face.parts import Link
from qms.standards.models import Edition
from qms.standards.requirements import search, tree_of

LONGEST_SEARCH = 60


@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition with its size, or what was searched for in all of them."""
    sought = _sought(request)
    in_force = Count("requirements", filter=Q(requirements__is_withdrawn=False))
    page = {
        "head": Head(_("Standards"), line=_("Numbers and our own short titles; the texts are in the standards.")),
        "editions": Edition.objects.select_related("framework").annotate(size=in_force),
        "sought": sought,
        "found": search(sought),
    }
    return render(request, "standards/list.html", {"page": page})


@require_GET
def tree(request: HttpRequest, slug: str) -> HttpResponse:
    """The requirements of one edition."""
    edition = get_object_or_404(Edition.objects.select_related("framework"), slug=slug)
    sought = _sought(request)
    line = f"{edition.framework.name}, {edition.amendments}" if edition.amendments else edition.framework.name
    page = {
        "head": Head(str(edition), crumbs=(Link(_("Standards"), reverse("standards:list")),), line=line),
        "edition": edition,
        "nodes": tree_of(edition),
        "sought": sought,
        "found": search(sought, edition),
    }
    return render(request, "standards/tree.html", {"page": page})


def _sought(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
