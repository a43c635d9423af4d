from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NonconformitiesConfig(AppConfig):
    name = "workflows.nonconformities"
    label = "nonconformities"
    verbose_name = _("nonconformities")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflows.nonconformities import flow, type  # noqa: F401
