"""Addresses of the face's own pages."""

from django.urls import path

from qms.face.views import accessibility

urlpatterns = [path("accessibility", accessibility, name="accessibility")]
