"""The languages of the product."""

from django.db.models import TextChoices


class Language(TextChoices):
    """Each by its own name."""

    EN = "en", "English"
    RO = "ro", "Română"
    BG = "bg", "Български"
