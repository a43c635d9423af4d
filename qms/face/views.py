"""Pages that belong to no record: language, accessibility statement, and the answer to what cannot be read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.defaults import page_not_found
from django.views.i18n import set_language

from qms.lifecycle.perform import amend
from qms.people.models import Person

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language and come back to the same page. Somebody signed in keeps it for good."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(code) and code in dict(settings.LANGUAGES):
        amend(Person.unscoped.get(pk=request.user.pk), request.actor, language=code)  # type: ignore[attr-defined]
    return set_language(request)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement Directive (EU) 2016/2102 asks for."""
    return render(request, "accessibility.html", {"feedback": getattr(settings, "ACCESSIBILITY_CONTACT", "")})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: what is too large answers 413, what cannot be understood 400."""
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    return render(request, f"{status}.html", status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: a program is answered as a program, whatever address it tried."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "not_found", "text": _("There is no such record or step.")}, status=404)
    return page_not_found(request, exception)
