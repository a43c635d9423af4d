from django.apps import AppConfig


class ToyConfig(AppConfig):
    name = "tests.engine.toyapp"
    label = "toyapp"
    default_auto_field = "django.db.models.BigAutoField"
