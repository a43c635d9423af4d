"""Days that a decision made working or free for a body, and for the bodies under it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.calendar.holidays_of import FIRST_DAY, LAST_DAY
from qms.records.streamed import Streamed


class CalendarException(Streamed):
    """One day that differs from the country's calendar, by the act that decided it. Set aside, never deleted."""

    day = models.DateField(_("day"))
    is_working = models.BooleanField(
        _("it is a working day"), default=False, help_text=_("Left empty, it is a day off.")
    )
    purpose = models.CharField(_("what for"), max_length=200)
    act = models.CharField(_("decided by (act, number, date)"), max_length=200)
    is_void = models.BooleanField(_("set aside"), default=False)

    class Meta(Streamed.Meta):
        verbose_name = _("calendar exception")
        verbose_name_plural = _("calendar exceptions")
        ordering = ("day", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "day"), condition=models.Q(is_void=False), name="exception_once_a_day"
            ),
        )

    def clean(self) -> None:
        """Raises ValidationError for a day out of range, or one that has an exception already."""
        if not FIRST_DAY <= self.day <= LAST_DAY:
            raise ValidationError({"day": _("Deadlines are computed from the year 2000 to the year 2100.")})
        same = CalendarException.unscoped.filter(organisation=self.organisation, day=self.day, is_void=False)
        if not self.is_void and same.exclude(pk=self.pk).exists():
            raise ValidationError({"day": _("This day has an exception already.")})

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.purpose}"
