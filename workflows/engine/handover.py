"""Handing a task to somebody else, through the doors: an event on the record's stream, then the tasks follow.

Where a person is asked because he has a part in the record, the part changes hands: by the step of the table that takes
it, else by the door of reassigning. Where a role is asked, one of its holders takes the task or is given it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.status import STATUS

from qms.lifecycle.case import Case
from qms.lifecycle.perform import lock, note, perform
from qms.lifecycle.reassign import HANDS_OUT, reassign
from qms.lifecycle.refused import Refused
from qms.lifecycle.rules import Reason
from qms.lifecycle.table import Step
from qms.people.actors import Actor, actor_of
from qms.people.leaving import Obligation
from qms.people.models import Person
from qms.records import registry
from qms.records.models import IdempotencyKey
from workflows.engine.history import ASSIGN
from workflows.engine.models import ASKED, Task, bucket_of_person
from workflows.engine.page import record_url, sentence_of, taker_label


def hand_over(task: Task, to: Person | None, by: Person | Actor, *, reason: str = "", key: UUID | None = None) -> Any:
    """Let somebody else be asked; return the record. `to` None gives a task back to everybody who holds the role.

    Raises Refused when the task is over, when it is not for `by` to hand out or not for `to` to answer, and whatever
    the door raises.
    """
    actor = actor_of(by)
    record_type = registry.get(task.record_type)
    with transaction.atomic():
        record = lock(record_type.model.unscoped.get(pk=task.record_id))
        task.refresh_from_db()
        if key and IdempotencyKey.objects.filter(person=actor.person, key=key).exists():
            return record
        reasons = reasons_against(task, record, to, actor)
        if reasons:
            raise Refused(reasons)
        if task.asked_as in record_type.parts:
            changed = part_changed(task, record, to)
            step = _step_that_takes(tuple(changed), record)
            if step is not None:
                return perform(record, step.verb, actor, key=key, reason=reason, **changed)
            return reassign(record, actor, key=key, reason=reason, **changed)
        return note(record, ASSIGN, actor, key=key, reason=reason, task=task.key, to=to.pk if to else 0)


def may_hand_over(task: Task, case: Case) -> bool:
    """Whether it makes sense to offer it: his own task, one his role is asked, or that he hands out tasks at all."""
    if task.owner_id is not None and task.owner_id in _acts_for(case.actor):
        return True
    takes = task.owner_id is None and case.standing((task.asked_as,)) is not None
    return takes or case.standing(HANDS_OUT) is not None


def reasons_against(task: Task, record: Any, to: Person | None, actor: Actor) -> list[Reason]:
    """Why it cannot be handed over, all reasons at once."""
    if not task.is_open or task.status == STATUS.SCHEDULED:
        return [Reason(_("This is not asked any more."), "task_over")]
    return [*_not_his(task, record, to, actor), *_not_theirs(task, record, to)]


def _step_that_takes(fields: tuple[str, ...], record: Any) -> Step | None:
    """The step from here to here that takes these fields, where the table has one."""
    steps = registry.type_of(record).lifecycle.by_state[record.state]
    takes = (step for step in steps if step.is_decision and set(fields) <= {*step.give, *step.may_give})
    return next(takes, None)


def _not_his(task: Task, record: Any, to: Person | None, actor: Actor) -> list[Reason]:
    """He may hand over what he is asked himself, take what his role is asked, and give it back.

    Who may change a part of the record, the table says; the door asks it.
    """
    if task.asked_as in registry.get(task.record_type).parts:
        return []
    own = task.owner_id is not None and task.owner_id in _acts_for(actor)
    takes = task.owner_id is None and to is not None and to.pk == actor.person_id
    if own or takes or Case(record, actor).standing(HANDS_OUT):
        return []
    return [Reason(_("This task is somebody else’s."), "role", _("who may do what"), HANDS_OUT)]


def _not_theirs(task: Task, record: Any, to: Person | None) -> list[Reason]:
    """Whoever is to be asked must be able to answer: role, body, separation of duties."""
    if to is None:
        given_back = task.asked_as not in registry.get(task.record_type).parts
        return [] if given_back else [Reason(_("Somebody must be asked."), "nobody")]
    if not to.is_active or to.organisation_id != task.organisation_id:
        return [Reason(_("This person has no active account in the body."), "person")]
    if task.asked_as in registry.get(task.record_type).parts:
        return []
    case = Case(record, Actor(to))
    against = case.against(case.lifecycle.step(task.verb, record.state))
    return [reason for reason in against if reason.code in ("role", "separation")]


def _acts_for(actor: Actor) -> set[int | None]:
    return {actor.person_id, *(held.for_id for held in actor.held if held.everything)}


def part_changed(task: Task, record: Any, to: Person | None) -> dict[str, Any]:
    """The change of the record by which another person has the part: a person's field, or a list of ids.

    Raises Refused where the part is kept otherwise: then it is changed on the record's own page.
    """
    field = next((f for f in record._meta.concrete_fields if f.name == task.flow_task.field), None)
    if field is None:
        raise Refused([Reason(_("Who has this part is changed on the record itself."), "part")])
    if field.is_relation:
        return {field.name: to}
    people = [to.pk if pk == task.owner_id and to else pk for pk in getattr(record, field.name)]
    return {field.name: list(dict.fromkeys(people))}


def open_tasks_of(person: Person) -> list[Task]:
    """Everything that is asked of this person himself, soonest first."""
    rows = Task.objects.filter(bucket=bucket_of_person(person.pk), status__in=ASKED)
    return list(rows.order_by("sort_on", "pk"))


def obligations(person: Person) -> list[Obligation]:
    """The same for whoever closes accounts; what he has as an owner is handed over with the record itself."""
    tasks = (task for task in open_tasks_of(person) if task.asked_as != "owner")
    return [
        Obligation(str(task.uid), sentence_of(task), taker_label(task), record_url(task), task.due_on) for task in tasks
    ]


def give(key: str, to: Person, by: Actor, reason: str) -> Any:
    """Hand over one of these obligations. Raises Refused."""
    task = Task.objects.filter(uid=key).first()
    return hand_over(task, to, by, reason=reason) if task else None
