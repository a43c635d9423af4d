from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

UNREAD = "unread_notices"


class NoticesConfig(AppConfig):
    """The outbox and the ledger; the number of unread lines is read along with the person who is signed in."""

    name = "qms.notices"
    label = "notices"
    verbose_name = _("notices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.face.roof import Place, personal
        from qms.notices import mailing, outbox, tasks  # noqa: F401
        from qms.notices.boxes import told_boxes
        from qms.notices.ledger import unread
        from qms.people.backends import along
        from qms.records.registry import rail_boxes

        outbox.wake_ups.append(tasks.wake_the_worker)
        along[UNREAD] = unread()
        personal.append(Place(_("What you were told"), "notices:mine", count=lambda me: getattr(me, UNREAD, 0)))
        rail_boxes.append(told_boxes)
