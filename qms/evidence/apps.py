from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """Files as evidence: a box on every record's page, and their hashes in what is signed."""

    name = "qms.evidence"
    label = "evidence"
    verbose_name = _("evidence")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.evidence.boxes import evidence_boxes
        from qms.evidence.reading import signed_files
        from qms.records.registry import main_boxes
        from qms.signatures.manifest import contributors

        contributors.append(signed_files)
        main_boxes.append(evidence_boxes)
