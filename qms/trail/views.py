"""What the trail proves and what not, and the trail of one record to take away."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qms.face.pages import Head
from qms.records.opening import open_record, open_type
from qms.records.views import actor_in
from qms.trail import keys
from qms.trail.models import Checkpoint
from qms.trail.pack import pack


@require_GET
def what_this_proves(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, the public keys, and in plain words what they are good for."""
    page = {
        "head": Head(title=_("What the trail proves")),
        "checkpoint": Checkpoint.objects.order_by("-size").first(),
        "keys": keys.trusted_lines(),
    }
    return render(request, "trail/what_this_proves.html", {"page": page})


@require_GET
def export(request: HttpRequest, type_name: str, uid: UUID) -> HttpResponse:
    """The zip of one record's trail, for whoever may read the record."""
    record = open_record(open_type(type_name), uid, actor_in(request))
    try:
        packed = pack(record.uid)
    except LookupError as none:
        raise Http404 from none
    name = f"trail-{record.uid}-v{record.version}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(packed, content_type="application/zip", headers=headers)
