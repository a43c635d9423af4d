from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "workflows.actions"
    label = "actions"
    verbose_name = _("corrective actions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflows.actions import flow, type  # noqa: F401
