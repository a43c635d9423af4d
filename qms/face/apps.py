"""Registers the face's template tags, static files and form renderer with Django."""

from django.apps import AppConfig


class FaceConfig(AppConfig):
    """The face of the product; it has no tables."""

    name = "qms.face"
    label = "face"
