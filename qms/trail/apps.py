"""The trail app: its triggers are put back after every migrate, since SQLite drops them with an altered table."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _put_back(**_: Any) -> None:
    from qms.trail import triggers

    triggers.install()


class TrailConfig(AppConfig):
    """Label `trail`."""

    name = "qms.trail"
    label = "trail"

    def ready(self) -> None:
        post_migrate.connect(_put_back, sender=self, dispatch_uid="trail.triggers")
