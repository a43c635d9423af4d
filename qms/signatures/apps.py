"""The signatures app: verify_trail checks its rows too."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignaturesConfig(AppConfig):
    """Label `signatures`."""

    name = "qms.signatures"
    label = "signatures"
    verbose_name = _("signatures")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.signatures import checks  # noqa: F401  registers itself
