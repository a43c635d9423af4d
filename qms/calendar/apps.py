from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "qms.calendar"
    label = "calendars"
    verbose_name = _("calendar")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.face.roof import Place, personal

        personal.append(Place(_("Calendar"), "calendar:year"))
