"""The roles of the quality system: one closed list, held at a unit or at a whole body, from–to (ISO 9001, 5.3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person may be asked to do. Titles of offices are data of the person, not roles."""

    STAFF = "staff", _("staff member")
    AUTHOR = "author", _("author")
    PROCESS_OWNER = "process_owner", _("process owner")
    REVIEWER = "reviewer", _("reviewer")
    APPROVER = "approver", _("approver")
    QUALITY_MANAGER = "quality_manager", _("quality manager")
    TOP_MANAGEMENT = "top_management", _("top management")
    INSPECTOR = "inspector", _("inspector")
    INSPECTION_LEAD = "inspection_lead", _("inspection lead")
    COORDINATOR = "coordinator", _("coordinator of inspections")
    ADMINISTRATOR = "administrator", _("administrator")
    OVERSEER = "overseer", _("overseeing authority")
    AUDITOR = "auditor", _("certification auditor")


# Roles that read the records of their body without having a part in them.
READING_ROLES = (Role.QUALITY_MANAGER, Role.TOP_MANAGEMENT, Role.AUDITOR)
# Roles that never write to the body's records.
GUEST_ROLES = (Role.AUDITOR,)
# Roles that are never held at a unit alone.
WHOLE_BODY_ROLES = (Role.ADMINISTRATOR, Role.OVERSEER, Role.AUDITOR, Role.TOP_MANAGEMENT)
