from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "qms.notices"
    label = "notices"
    verbose_name = _("notices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.notices import mailing, outbox, tasks  # noqa: F401

        outbox.wake_ups.append(tasks.wake_the_worker)
