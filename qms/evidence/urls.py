"""Addresses of evidence."""

from django.urls import path

from qms.evidence import views

app_name = "evidence"
urlpatterns = [
    path("<slug:type_name>/<uuid:uid>/add", views.add_page, name="add"),
    path("<uuid:uid>/file", views.file_page, name="file"),
    path("<uuid:uid>/picture", views.picture_page, name="picture"),
    path("<uuid:uid>/void", views.void_page, name="void"),
]
