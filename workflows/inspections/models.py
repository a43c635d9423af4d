"""An inspection, the answers of its checklist, and the measures its report orders."""

from __future__ import annotations

import hashlib
from functools import cached_property
from textwrap import shorten
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.checklists import structure
from procedures.checklists.reading import checklist_from_json
from procedures.checklists.structure import Item, Section
from procedures.documents.lifecycle import State as RevisionState
from procedures.documents.models import Revision
from qms.calendar.rules import RULES
from qms.calendar.spans import CalendarError, Span
from qms.lifecycle.field import StateField
from qms.lifecycle.locks import hold
from qms.lifecycle.rules import Reason
from qms.people.actors import Held
from qms.records.models import Record
from qms.records.streamed import Streamed
from qms.trail import clock
from qms.trail.canonical import canonical, plain
from qms.trail.models import TrailEvent
from workflows.inspections.lifecycle import LIFECYCLE, MEASURE, M, MeasureState, S, State
from workflows.nonconformities.models import Nonconformity

if TYPE_CHECKING:
    from qms.people.actors import Actor

SETTLED = (M.FULFILLED, M.TRANSFERRED, M.VOID)
FAILING = ("no", "partly")


class Inspection(Record):
    """ISO 9000 3.11.7. `team` lists ids of people beside the leader; `checklist` is the revision it began with.

    `answers_frozen` holds item key → hash of the answer's last event, from the moment the report is drawn up.
    """

    state = StateField(lifecycle=LIFECYCLE, choices=State.choices, verbose_name=_("state"))
    order_number = models.CharField(_("number of the inspection order"), max_length=60, blank=True)
    order_on = models.DateField(_("date of the order"), null=True, blank=True)
    object_name = models.CharField(_("object of the inspection"), max_length=250)
    object_address = models.CharField(_("address"), max_length=250, blank=True)
    representative = models.CharField(_("representative of the inspected party"), max_length=200, blank=True)
    object_keys = models.JSONField(_("kinds of object, as the checklist distinguishes them"), default=list, blank=True)
    period_from = models.DateField(_("period inspected, from"), null=True, blank=True)
    period_to = models.DateField(_("period inspected, until"), null=True, blank=True)
    planned_on = models.DateField(_("planned for"))
    leader = models.ForeignKey(
        "people.Person", verbose_name=_("leader of the team"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    team = models.JSONField(_("members of the team"), default=list, blank=True)
    checklist = models.ForeignKey(
        Revision, verbose_name=_("checklist"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    began_at = models.DateTimeField(_("began"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    conclusions = models.TextField(_("conclusions"), blank=True)
    objections = models.TextField(_("what the inspected party said"), blank=True)
    report_number = models.CharField(_("number of the report"), max_length=60, blank=True, editable=False)
    received_on = models.DateField(_("report received on"), null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=200, blank=True)
    answers_frozen = models.JSONField(_("answers to the checklist"), default=dict, blank=True, editable=False)

    # Set after the signatures, so no part of what is signed.
    NOT_SIGNED: ClassVar[frozenset[str]] = frozenset({"report_number", "received_on", "received_by"})
    SEARCHED: ClassVar[tuple[str, ...]] = ("object_name", "object_address", "order_number")

    class Meta(Record.Meta):
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        indexes = (
            models.Index(fields=("organisation", "-id"), name="inspection_newest"),
            models.Index(fields=("organisation", "state", "-id"), name="inspection_by_state"),
        )
        constraints = (models.UniqueConstraint(fields=("organisation", "reference"), name="inspection_ref_once"),)

    def clean(self) -> None:
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise ValidationError({"period_to": _("The period ends before it begins.")})
        if self.received_on and self.received_on > clock.today(self.organisation.time_zone):
            raise ValidationError({"received_on": _("This day has not come yet.")})

    @property
    def everybody(self) -> frozenset[int]:
        """Ids of the leader and the members of the team."""
        leader = (self.leader_id,) if self.leader_id else ()
        return frozenset((*leader, *self.team))

    @cached_property
    def structure(self) -> structure.Checklist:
        """The checklist as structure; an empty one where none is chosen."""
        return checklist_from_json(self.checklist.content) if self.checklist else structure.Checklist()

    @property
    def objects_distinguish(self) -> bool:
        """Whether the checklist has sections that apply to some objects only."""
        return any(each.sections for each in self.structure.objects)

    @property
    def checklist_in_force(self) -> bool:
        """Whether the revision chosen is the one in force."""
        return self.checklist is not None and bool(self.checklist.state == RevisionState.EFFECTIVE)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return structure.sections_for(self.structure, self.object_keys)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return structure.items_for(self.structure, self.object_keys)

    @cached_property
    def answers_by_item(self) -> dict[str, Answer]:
        """Answers by item key. One query."""
        rows = Answer.objects.of(self.organisation_id).filter(inspection=self)
        return {answer.item: answer for answer in rows.select_related("answered_by")}

    @property
    def unanswered(self) -> list[Item]:
        """Items that must be answered and are not."""
        given = self.answers_by_item
        return [
            item
            for item in self.items
            if item.required and not (item.key in given and structure.is_answered(item, given[item.key].value))
        ]

    @property
    def without_comment(self) -> list[Item]:
        """Items whose answer asks for a comment that is not there."""
        given = self.answers_by_item
        return [
            item
            for item in self.items
            if item.key in given
            and structure.needs_comment(item, given[item.key].value)
            and not given[item.key].comment.strip()
        ]

    @cached_property
    def _decisions(self) -> tuple[tuple[str, int | None], ...]:
        """(verb, actor) of the decisions and of what begins a new round. One query."""
        verbs = ("declare", "declare_conflict", "return_to_planning", "sign_report", "return_report", "return_to_site")
        events = TrailEvent.objects.filter(stream=self.uid, verb__in=verbs).order_by("seq")
        return tuple(events.values_list("verb", "actor_id"))

    def _since(self, verbs: tuple[str, ...], rounds: tuple[str, ...]) -> frozenset[int]:
        found: set[int] = set()
        for verb, actor in self._decisions:
            if verb in rounds:
                found.clear()
            elif verb in verbs and actor is not None:
                found.add(actor)
        return frozenset(found)

    @property
    def declared(self) -> frozenset[int]:
        """Who has declared, with or without a conflict, since the mission was last planned."""
        return self._since(("declare", "declare_conflict"), ("return_to_planning",))

    @property
    def in_conflict(self) -> frozenset[int]:
        return self._since(("declare_conflict",), ("return_to_planning",))

    @property
    def signed(self) -> frozenset[int]:
        """Who has signed the report as it was last submitted."""
        return self._since(("sign_report",), ("return_report", "return_to_site"))

    @property
    def open_measures(self) -> bool:
        measures = Measure.objects.of(self.organisation_id).filter(inspection=self)
        return bool(measures.exclude(state__in=SETTLED).exists())

    @property
    def checklist_is_open(self) -> bool:
        return bool(self.state == S.IN_PROGRESS)

    def printed_content(self) -> str:
        """Fingerprint of what papers print beyond the mission's own version: answers, measures, nonconformities.

        Three queries.
        """
        answers = Answer.objects.of(self.organisation_id).filter(inspection=self).order_by("item")
        measures = Measure.objects.of(self.organisation_id).filter(inspection=self).order_by("pk")
        found = Nonconformity.objects.of(self.organisation_id).filter(origin=self.uid).order_by("pk")
        heads = [*answers.values_list("item", "head"), *measures.values_list("reference", "head")]
        heads += found.values_list("reference", "title", "origin_item")
        return hashlib.sha256(canonical(plain([list(row) for row in heads])).encode()).hexdigest()

    def finding(self, item_key: str, language: str) -> dict[str, str]:
        """What a nonconformity about a failed item begins with: requirement, evidence and place filled in.

        Raises ValidationError where the item was not found failing.
        """
        item = next((each for each in self.items if each.key == item_key), None)
        answer = self.answers_by_item.get(item_key)
        if item is None or answer is None or answer.value not in FAILING:
            raise ValidationError(_("Only an item that was found not to conform leads to a nonconformity."))
        question = structure.text_in(item.label, language)
        basis = " · ".join(part for part in (item.clause, item.legal_basis) if part)
        found_on = answer.answered_at.date() if answer.answered_at else self.planned_on
        return {
            "title": f"{self.object_name}: {shorten(question, 110, placeholder='…')}"[:250],
            "requirement": f"{question} ({basis})" if basis else question,
            "evidence": answer.comment or question,
            "place": ", ".join(part for part in (self.object_name, self.object_address) if part)[:250],
            "found_on": found_on.isoformat(),
            "source": "inspection",
            "unit": str(self.unit_id or ""),
        }


class Answer(Streamed):
    """The answer to one item: a stream of its own, so that two inspectors never wait for each other."""

    inspection = models.ForeignKey(
        Inspection, verbose_name=_("inspection"), on_delete=models.PROTECT, related_name="answers"
    )
    item = models.CharField(_("item"), max_length=60)
    value = models.JSONField(_("answer"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True, max_length=structure.LONGEST_TEXT)
    answered_by = models.ForeignKey(
        "people.Person", verbose_name=_("answered by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta(Streamed.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (models.UniqueConstraint(fields=("inspection", "item"), name="answer_once"),)

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"

    def may(self, actor: Actor, verb: str) -> tuple[Held | None, list[Reason]]:
        """The team answers while the mission is in progress; the mission's row is held so that it stays so."""
        inspection = hold(Inspection, self.inspection_id)
        if actor.person_id not in inspection.everybody:
            text = _("Only the team of the mission answers its checklist.")
            return None, [Reason(text, "role", "ISO/IEC 17020 7.1", ("leader",))]
        if not inspection.checklist_is_open:
            text = _("The checklist is closed: the mission is not in progress.")
            return None, [Reason(text, "wrong_state", "ISO/IEC 17020 7.1", ("leader",))]
        part = "leader" if actor.person_id == inspection.leader_id else "team"
        return Held(part, inspection.organisation_id, None), []

    def clean(self) -> None:
        """The item belongs to the checklist, and the form allows the answer."""
        items = {item.key: item for item in self.inspection.items}
        if self.item not in items:
            raise ValidationError({"item": _("The checklist has no such item for this object.")})
        if self.value not in (None, "") and not structure.valid_answer(items[self.item], self.value):
            raise ValidationError({"value": _("The form does not allow this answer.")})


class Measure(Record):
    """What a report orders the inspected party to do. Its term runs from the receipt of the report."""

    state = StateField(lifecycle=MEASURE, choices=MeasureState.choices, verbose_name=_("state"))
    inspection = models.ForeignKey(
        Inspection, verbose_name=_("inspection"), on_delete=models.PROTECT, related_name="measures"
    )
    item = models.CharField(_("item of the checklist"), max_length=60, blank=True)
    description = models.TextField(_("what is ordered"))
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    rule = models.CharField(
        _("how the term is counted"), max_length=30, choices=[(rule_id, rule_id) for rule_id in RULES]
    )
    span = models.CharField(_("term: 10, 2m, 1y"), max_length=10)
    first_due_on = models.DateField(_("first date"), null=True, blank=True, editable=False)
    requested_due_on = models.DateField(_("new date requested"), null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(_("extensions"), default=0, editable=False)
    fulfilment = models.TextField(_("how it was fulfilled"), blank=True)
    reported_by = models.ForeignKey(
        "people.Person", verbose_name=_("reported by"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", editable=False,
    )  # fmt: skip

    SEARCHED: ClassVar[tuple[str, ...]] = ("description",)

    class Meta(Record.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        indexes = (
            models.Index(fields=("organisation", "-id"), name="measure_newest"),
            models.Index(fields=("organisation", "state", "-id"), name="measure_by_state"),
            models.Index(fields=("organisation", "due_on"), name="measure_by_date"),
        )
        constraints = (models.UniqueConstraint(fields=("organisation", "reference"), name="measure_ref_once"),)

    def clean(self) -> None:
        """The term can be counted, and a measure is ordered while its report is drawn up."""
        try:
            Span.parse(self.span)
        except CalendarError as wrong:
            raise ValidationError({"span": str(wrong)}) from None
        if self._state.adding and self.inspection.state not in (S.IN_PROGRESS, S.REPORT_DRAFT):
            raise ValidationError({"inspection": _("Measures are ordered while the report is drawn up.")})
        if self.item and self.item not in {item.key for item in self.inspection.items}:
            raise ValidationError({"item": _("The checklist has no such item for this object.")})

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED
