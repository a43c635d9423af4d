"""A nonconformity: a requirement that was not fulfilled, what was done about it at once, and about its cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qms.lifecycle.field import StateField
from qms.records import registry
from qms.records.models import Record
from qms.trail.models import TrailEvent
from workflows.actions.lifecycle import S as A
from workflows.nonconformities.lifecycle import LIFECYCLE, State
from workflows.nonconformities.rules import CAPA, CORRECTION_ONLY, MAJOR
from workflows.nonconformities.weak_causes import is_weak

if TYPE_CHECKING:
    from workflows.actions.models import CorrectiveAction


class Grade(models.TextChoices):
    """How grave it is (practice of certification bodies, ISO/IEC 17021-1)."""

    MAJOR = MAJOR, _("major")
    MINOR = "minor", _("minor")
    OBSERVATION = "observation", _("observation")


class Route(models.TextChoices):
    CORRECTION_ONLY = CORRECTION_ONLY, _("correction only")
    CAPA = CAPA, _("correction and corrective action")


class Source(models.TextChoices):
    INSPECTION = "inspection", _("inspection")
    AUDIT = "audit", _("audit")
    COMPLAINT = "complaint", _("complaint")
    OWN = "own", _("own finding")


class Method(models.TextChoices):
    FIVE_WHYS = "five_whys", _("five whys")
    ISHIKAWA = "ishikawa", _("cause and effect diagram")
    OTHER = "other", _("another method")


def origin_record(organisation_id: int, type_name: str, uid: Any) -> Any:
    """The record a nonconformity was found in, of whatever type, in the same body; None where there is none."""
    try:
        model = registry.get(type_name).model
        return model.objects.of(organisation_id).filter(uid=UUID(str(uid))).first()
    except (registry.UnknownType, ValueError):
        return None


class Nonconformity(Record):
    """ISO 9000 3.6.9; `origin` and `origin_item` say from which record and which item of it, where it came from one."""

    state = StateField(lifecycle=LIFECYCLE, choices=State.choices, verbose_name=_("state"))
    source = models.CharField(_("found by"), max_length=20, choices=Source.choices, default=Source.OWN)
    found_on = models.DateField(_("found on"))
    place = models.CharField(_("where"), max_length=250, blank=True)
    requirement = models.TextField(_("requirement that was breached"))
    evidence = models.TextField(_("objective evidence"))
    reported_by = models.ForeignKey(
        "people.Person",
        verbose_name=_("reported by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    origin_type = models.CharField(max_length=40, blank=True, editable=False)
    origin = models.UUIDField(null=True, blank=True, editable=False)
    origin_item = models.CharField(max_length=60, blank=True, editable=False)
    grade = models.CharField(_("grade"), max_length=20, choices=Grade.choices, blank=True)
    route = models.CharField(_("route"), max_length=20, choices=Route.choices, blank=True)
    rationale = models.TextField(_("why this grade and route"), blank=True)
    duplicate_of = models.ForeignKey(
        "self", verbose_name=_("duplicate of"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    correction = models.TextField(_("correction"), blank=True)
    no_correction_because = models.TextField(_("no correction is needed because"), blank=True)
    method = models.CharField(_("method of analysis"), max_length=20, choices=Method.choices, blank=True)
    cause = models.TextField(_("cause"), blank=True)
    why_possible = models.TextField(_("why that was possible"), blank=True)
    similar_cases = models.TextField(_("do similar cases exist, or could they occur"), blank=True)
    no_action_because = models.TextField(_("no corrective action is needed because"), blank=True)
    risks_considered = models.TextField(_("risks and opportunities considered"), blank=True)
    changes_considered = models.TextField(_("changes to the quality system considered"), blank=True)

    SEARCHED: ClassVar[tuple[str, ...]] = ("place", "requirement", "evidence", "cause")

    class Meta(Record.Meta):
        verbose_name = _("nonconformity")
        verbose_name_plural = _("nonconformities")
        indexes = (
            models.Index(fields=("organisation", "-id"), name="nc_newest"),
            models.Index(fields=("organisation", "state", "-id"), name="nc_by_state"),
        )
        constraints = (models.UniqueConstraint(fields=("organisation", "reference"), name="nc_reference_once"),)

    def clean(self) -> None:
        """A record of origin is of the same body, and the item named is one it found failing."""
        if not self._state.adding or not (self.origin_type or self.origin or self.origin_item):
            return
        origin = origin_record(self.organisation_id, self.origin_type, self.origin)
        if origin is None:
            raise ValidationError({"origin": _("The record it was found in does not exist.")})
        if self.origin_item and not hasattr(origin, "finding"):
            raise ValidationError({"origin": _("A record of this type has no items.")})
        if self.origin_item:
            origin.finding(self.origin_item, self.organisation.language)

    @property
    def cause_is_weak(self) -> bool:
        return is_weak(self.cause)

    @property
    def plans_actions(self) -> bool:
        """Whether its actions are being planned now."""
        return self.state in (State.CONTAINED, State.ANALYSING)

    @property
    def plan_is_approved(self) -> bool:
        return self.state in (State.IMPLEMENTING, State.VERIFYING)

    def live_actions(self) -> QuerySet[CorrectiveAction]:
        """Its corrective actions, without those cancelled, voided, or found without effect in an earlier round."""
        return self.actions.exclude(state__in=(A.CANCELLED, A.VOID, A.NOT_EFFECTIVE))

    def plan_agreed_in_this_round(self) -> bool:
        """Whether top management agreed to the plan as it was last submitted."""
        events = TrailEvent.objects.filter(stream=self.uid, verb__in=("plan", "agree_to_plan"))
        return events.order_by("-seq").values_list("verb", flat=True).first() == "agree_to_plan"
