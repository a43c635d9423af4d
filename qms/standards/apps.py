from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "qms.standards"
    label = "standards"
    verbose_name = _("standards")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.face.roof import Place, personal

        personal.append(Place(_("Standards"), "standards:list"))
        post_migrate.connect(fill_tables, sender=self, dispatch_uid="standards")


def fill_tables(using: str, apps: Any, **_kwargs: Any) -> None:
    """After every migrate the tables hold the catalogue; on the way back to an empty schema there is no table."""
    from qms.standards.load import load_catalogue

    try:
        apps.get_model("standards", "Requirement")
    except LookupError:
        return
    load_catalogue(using)
