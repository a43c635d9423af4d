"""Addresses of papers: ask for one, see how far it is, take it, and check one that was printed."""

from django.urls import path

from qms.reports import views

app_name = "reports"
urlpatterns = [
    path("reports/ask/<slug:type_name>/<uuid:uid>", views.ask, name="ask"),
    path("reports/<uuid:uid>/", views.progress_page, name="progress"),
    path("reports/<uuid:uid>/file", views.file_page, name="file"),
    path("v/<str:code>", views.verify_page, name="verify"),
]
