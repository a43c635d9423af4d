"""Addresses of the pages of documents besides those every record has."""

from django.urls import path

from procedures.documents import checklist_views, views, writing_views

app_name = "documents"
urlpatterns = [
    path("import", views.import_page, name="import"),
    path("<uuid:uid>/read", views.read_page, name="read"),
    path("revisions/<uuid:uid>/write", writing_views.write_page, name="write"),
    path("revisions/<uuid:uid>/items/<slug:key>", checklist_views.item_page, name="items"),
    path("revisions/<uuid:uid>/sections/<slug:key>", checklist_views.section_page, name="sections"),
    path("revisions/<uuid:uid>/file", views.file_page, name="file"),
]
