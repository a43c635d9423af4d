"""The trail app: its triggers are put back after every migrate."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Label `trail`."""

    name = "qms.trail"
    label = "trail"
