"""Addresses of the face's own pages."""

from django.urls import path

from qms.face.views import accessibility, language

urlpatterns = [
    path("accessibility", accessibility, name="accessibility"),
    path("language", language, name="set_language"),
]
