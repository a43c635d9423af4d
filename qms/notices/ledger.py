"""The ledger of what people were told, as it is read: mine, and that of a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qms.lifecycle.case import Case
from qms.notices.models import Channel, Notice
from qms.people.models import Person
from qms.people.roles import Role
from qms.trail import clock

READERS = (Role.QUALITY_MANAGER, Role.ADMINISTRATOR)


def told_to(person: Person) -> QuerySet[Notice]:
    """What somebody was told in the application; the mails about it are read beside it."""
    rows: QuerySet[Notice] = Notice.objects.filter(person=person, channel=Channel.IN_APP).scoped()
    return rows.select_related("organisation")


def mails_of(lines: Iterable[Notice]) -> dict[tuple[int, str], Notice]:
    """The mails that went out about these lines, by person and key. One query."""
    wanted = list(lines)
    rows = Notice.objects.filter(
        channel=Channel.MAIL,
        key__in={line.key for line in wanted},
        person__in={line.person_id for line in wanted},
    )
    return {(mail.person_id, mail.key): mail for mail in rows.scoped()}


def of_record(record: Any) -> QuerySet[Notice]:
    """Who was told what about a record, newest first."""
    rows: QuerySet[Notice] = Notice.objects.of(record.organisation_id).filter(stream=record.uid, channel=Channel.IN_APP)
    return rows.select_related("person", "organisation")


def may_read_ledger(case: Case) -> bool:
    """Whoever has a part in the record, its quality manager and the administrator see who was told."""
    me = case.actor.person_id
    if me is None:
        return False
    parts = (pk for part in case.type.parts for pk in case.type.part_of(case.record, part))
    return me == case.record.owner_id or me in parts or case.standing(READERS) is not None


def read(rows: QuerySet[Notice]) -> int:
    """Write down that these lines were opened; the first time counts."""
    return rows.filter(read_at=None).update(read_at=clock.now())


def unread() -> Coalesce:
    """How many lines of his nobody has opened, as an expression over people."""
    rows = Notice.unscoped.filter(person=OuterRef("pk"), channel=Channel.IN_APP, read_at=None).order_by()
    counted = rows.values("person").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
