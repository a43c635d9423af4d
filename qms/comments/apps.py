from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """The talk about a record: a box on every record's page."""

    name = "qms.comments"
    label = "comments"
    verbose_name = _("comments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.comments.boxes import comment_boxes
        from qms.records.registry import rail_boxes

        rail_boxes.append(comment_boxes)
