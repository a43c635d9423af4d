"""What an inbox shows, on viewflow's own process and task: one row answers without a second query."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.status import STATUS

# Statuses of a task somebody still has to answer; a clock waits as SCHEDULED.
ASKED = (STATUS.NEW.value, STATUS.ASSIGNED.value)
OPEN = (*ASKED, STATUS.SCHEDULED.value)
# The same as literals: SQLite finds a partial index only by those.
ASKED_SQL = "status IN ('NEW', 'ASSIGNED')"
PERSON, ROLE = "p", "r"


def bucket_of_person(person_id: int) -> str:
    """The pigeonhole of what is asked of one person."""
    return f"{PERSON}:{person_id}"


def bucket_of_role(organisation_id: int, role: str) -> str:
    """The pigeonhole of what is asked of whoever holds the role in that body."""
    return f"{ROLE}:{organisation_id}:{role}"


class Process(AbstractProcess):  # type: ignore[misc]
    """One way of a record through its flow, from a start to an end or to a return."""

    data = models.JSONField(default=dict, blank=True)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()

    seed = artifact = parent_task = None

    class Meta:
        verbose_name = _("process")
        indexes: ClassVar[Any] = [
            models.Index(fields=("record_type", "record_id"), name="process_of_record"),
        ]


class Task(AbstractTask):  # type: ignore[misc]
    """One thing asked of one person or of a role, with everything its line in the inbox shows.

    `key` says which question of the flow it is (`review:p7`, `approve:approver`), `bucket` whose inbox it lies in.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE)
    data = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked of"), on_delete=models.PROTECT, null=True, related_name="tasks"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    record_uid = models.UUIDField()
    reference = models.CharField(_("reference"), max_length=80)
    title = models.CharField(_("title"), max_length=250)
    key = models.CharField(max_length=120)
    asked_as = models.CharField(_("asked as"), max_length=40)
    bucket = models.CharField(max_length=60)
    verb = models.CharField(_("step"), max_length=60)
    verbs = models.JSONField(default=list)
    sentence = models.CharField(max_length=200)
    due_on = models.DateField(_("due"), null=True)
    sort_on = models.DateField(default=date.max)
    due_why = models.JSONField(null=True)
    remind_on = models.DateField(null=True)
    search_text = models.TextField(blank=True)

    seed = artifact = None
    external_task_id = owner_permission = owner_permission_content_type = None
    owner_permission_obj_pk = owner_permission_obj = None

    status = models.CharField(_("status"), choices=STATUS.choices, default=STATUS.NEW, max_length=50)
    created = models.DateTimeField(_("asked at"))
    scheduled = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes: ClassVar[Any] = [
            models.Index(fields=("bucket", "sort_on", "id"), condition=Q(status__in=ASKED), name="task_inbox"),
            models.Index(fields=("asked_by", "sort_on", "id"), condition=Q(status__in=ASKED), name="task_waited_for"),
            models.Index(fields=("remind_on",), condition=Q(status__in=ASKED), name="task_reminder"),
            models.Index(fields=("record_type", "record_id"), name="task_of_record"),
        ]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(
                fields=("record_type", "record_id", "key"), condition=Q(status__in=OPEN), name="task_asked_once"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class Timer(models.Model):
    """A step the clock will take: once per record, timer and occurrence.

    `occurrence` is the version at which the record came to where the clock waits. A row with `done_at` is over: the
    step was taken, or the record has left the state (`dropped`). Refused for now: `tried_at` says when, `said` why.
    """

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    name = models.CharField(max_length=160)
    occurrence = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    dropped = models.BooleanField(default=False)
    tried_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)

    class Meta:
        verbose_name = _("timer")
        indexes: ClassVar[Any] = [models.Index(fields=("due_at",), condition=Q(done_at=None), name="timer_due")]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(
                fields=("record_type", "record_id", "name", "occurrence"), name="timer_once_per_occurrence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.occurrence} {self.due_at:%Y-%m-%d %H:%M}"
