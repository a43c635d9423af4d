from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "workflows.inspections"
    label = "inspections"
    verbose_name = _("inspections")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflows.inspections import type  # noqa: F401
