"""What browsers report of the content security policy: each report is a defect of a page, logged and kept for tests."""

import json
import logging
from collections import deque
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

log = logging.getLogger(__name__)
LATEST: deque[dict[str, Any]] = deque(maxlen=100)
MAX_BYTES = 8192


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Takes a browser's report (JSON, at most 8 kB); 204, or 400 for anything else. Browsers send no token."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
            return HttpResponse(status=400)
        report = json.loads(request.body)["csp-report"]
        blocked = {"page": str(report["document-uri"]), "directive": str(report["violated-directive"])}
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    blocked["blocked"] = str(report.get("blocked-uri", ""))
    LATEST.append(blocked)
    log.warning("Blocked by the content security policy: %s", json.dumps(blocked))
    return HttpResponse(status=204)
