"""Every address of the product. A package brings its own urls.py; here is one line for it."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from qms.project.csp_reports import csp_report
from qms.project.health import healthz
from qms.records.search_views import search_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("csp-report", csp_report, name="csp_report"),
    path("account/email/", RedirectView.as_view(pattern_name="people:me"), name="account_email"),
    path("account/", include("allauth.account.urls")),
    path("", include("qms.face.urls")),
    path("", include("workflows.engine.urls")),
    path("", include("qms.people.urls")),
    path("records/", include("qms.records.urls")),
    path("search", search_page, name="search"),
    path("api/v1/", include("qms.api.urls")),
    path("account/tokens/", include("qms.api.page_urls")),
    path("calendar/", include("qms.calendar.urls")),
    path("standards/", include("qms.standards.urls")),
    path("trail/", include("qms.trail.urls")),
    path("evidence/", include("qms.evidence.urls")),
    path("comments/", include("qms.comments.urls")),
    path("notices/", include("qms.notices.urls")),
    path("documents/", include("procedures.documents.urls")),
    path("inspections/", include("workflows.inspections.urls")),
    path("", include("qms.reports.urls")),
]

handler400 = "qms.face.views.bad_request"
handler404 = "qms.face.views.not_found"
