from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecklistsConfig(AppConfig):
    name = "procedures.checklists"
    label = "checklists"
    verbose_name = _("checklists")
    default_auto_field = "django.db.models.BigAutoField"
