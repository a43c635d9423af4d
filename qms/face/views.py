"""Pages that belong to no record: the accessibility statement, and what is answered when a request cannot be read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement Directive (EU) 2016/2102 asks for."""
    return render(request, "accessibility.html", {"feedback": getattr(settings, "ACCESSIBILITY_CONTACT", "")})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: what is too large answers 413, what cannot be understood 400."""
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    return render(request, f"{status}.html", status=status)
