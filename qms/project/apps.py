"""The roof as an app: its commands and checks."""

from django.apps import AppConfig

from qms.project.celery import app as celery_app


class ProjectConfig(AppConfig):
    name = "qms.project"
    label = "project"

    def ready(self) -> None:
        celery_app.set_default()
