from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "qms.lifecycle"
    label = "lifecycle"
