"""Addresses of the pages every record type has."""

from django.urls import path

from qms.records import list_views, views

app_name = "records"
urlpatterns = [
    path("<slug:type_name>/", list_views.list_page, name="list"),
    path("<slug:type_name>/export.<slug:kind>", list_views.export, name="export"),
    path("<slug:type_name>/new", views.new_page, name="new"),
    path("<slug:type_name>/<uuid:uid>/", views.detail_page, name="detail"),
    path("<slug:type_name>/<uuid:uid>/edit", views.edit_page, name="edit"),
    path("<slug:type_name>/<uuid:uid>/steps/<slug:verb>", views.step_page, name="step"),
    path("<slug:type_name>/<uuid:uid>/trail", views.trail_page, name="trail"),
    path("<slug:type_name>/<uuid:uid>/lifecycle", views.lifecycle_page, name="lifecycle"),
]
