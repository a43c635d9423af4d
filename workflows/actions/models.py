"""A corrective action: what removes a cause, with the criterion of its effect set before it begins."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.field import StateField
from qms.records.models import Record
from qms.trail import clock
from workflows.actions.lifecycle import LIFECYCLE, State

DONE = (State.IMPLEMENTED, State.EFFECTIVENESS_PENDING, State.EFFECTIVE, State.NOT_EFFECTIVE)


class CorrectiveAction(Record):
    """ISO 9000 3.12.2. `due_on` is the current date, `first_due_on` the first one, `extensions` counts."""

    state = StateField(lifecycle=LIFECYCLE, choices=State.choices, verbose_name=_("state"))
    nonconformity = models.ForeignKey(
        "nonconformities.Nonconformity",
        verbose_name=_("nonconformity"),
        on_delete=models.PROTECT,
        related_name="actions",
    )
    description = models.TextField(_("what is to be done"))
    first_due_on = models.DateField(_("due"))
    criterion = models.TextField(_("criterion of effectiveness: indicator and target"), blank=True)
    check_on = models.DateField(_("effectiveness is checked on"), null=True, blank=True)
    implementation = models.TextField(_("what was done"), blank=True)
    result = models.TextField(_("what the check showed"), blank=True)
    requested_due_on = models.DateField(_("new date requested"), null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(_("extensions"), default=0, editable=False)

    SEARCHED: ClassVar[tuple[str, ...]] = ("description", "criterion")

    class Meta(Record.Meta):
        verbose_name = _("corrective action")
        verbose_name_plural = _("corrective actions")
        indexes = (
            models.Index(fields=("organisation", "-id"), name="action_newest"),
            models.Index(fields=("organisation", "state", "-id"), name="action_by_state"),
        )
        constraints = (models.UniqueConstraint(fields=("organisation", "reference"), name="action_reference_once"),)

    @property
    def is_implemented(self) -> bool:
        return self.state in DONE

    @property
    def is_effective(self) -> bool:
        return bool(self.state == State.EFFECTIVE)

    @property
    def check_day_has_come(self) -> bool:
        return self.check_on is not None and clock.today(self.organisation.time_zone) >= self.check_on
