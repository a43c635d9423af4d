from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "qms.api"
    label = "api"
    verbose_name = _("interface for programs")
    default_auto_field = "django.db.models.BigAutoField"
