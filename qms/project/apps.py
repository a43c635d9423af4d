"""The roof as an app: its commands and checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "qms.project"
    label = "project"
