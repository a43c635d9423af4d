"""Every address of the product. A package brings its own urls.py; here is one line for it."""

from django.urls import URLPattern, URLResolver, include, path

from qms.project.csp_reports import csp_report
from qms.project.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("csp-report", csp_report, name="csp_report"),
    path("account/", include("allauth.account.urls")),
    path("", include("qms.face.urls")),
    path("", include("workflows.engine.urls")),
    path("records/", include("qms.records.urls")),
    path("calendar/", include("qms.calendar.urls")),
    path("standards/", include("qms.standards.urls")),
    path("trail/", include("qms.trail.urls")),
    path("documents/", include("procedures.documents.urls")),
    path("inspections/", include("workflows.inspections.urls")),
    path("", include("qms.reports.urls")),
]

handler400 = "qms.face.views.bad_request"
