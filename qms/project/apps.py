"""The roof as an app: its commands and checks."""

from django.apps import AppConfig

from qms.project.celery import app as celery_app


class ProjectConfig(AppConfig):
    name = "qms.project"
    label = "project"

    def ready(self) -> None:
        from qms.people.welcome import chores
        from qms.project.welcome import first_checklist, first_document, first_inspection

        chores[-1:-1] = [first_document, first_checklist, first_inspection]
        celery_app.set_default()
