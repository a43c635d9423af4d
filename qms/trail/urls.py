"""Addresses of the trail."""

from django.urls import path

from qms.trail import views

app_name = "trail"
urlpatterns = [
    path("what-this-proves", views.what_this_proves, name="what_this_proves"),
    path("<slug:type_name>/<uuid:uid>/export", views.export, name="export"),
]
