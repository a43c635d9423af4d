from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "qms.records"
    label = "records"
    verbose_name = _("records")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.records.search_index import put_in_place

        post_migrate.connect(put_in_place, dispatch_uid="records.search_index")
