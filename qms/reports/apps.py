from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "qms.reports"
    label = "reports"
    verbose_name = _("reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the outbox know who prints, and the pages of records where papers are asked for."""
        from qms.records.registry import rail_boxes
        from qms.reports import jobs  # noqa: F401
        from qms.reports.panel import report_boxes

        rail_boxes.append(report_boxes)
