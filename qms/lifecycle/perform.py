"""The doors. `perform` is the only way a state changes; `create` and `amend` are the only ways anything else does.

Each is one short transaction: lock, check, move, sign, write the trail, queue what follows. No file is read, nothing is
rendered or sent inside. Lock order everywhere: document, then records by id, then process, then counter; parents first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from qms.lifecycle import idempotency
from qms.lifecycle.case import WRONG_STATE, Case
from qms.lifecycle.field import carry_out
from qms.lifecycle.ground import ground_reasons
from qms.lifecycle.refused import Refused, Stale
from qms.lifecycle.rules import Reason, sentence
from qms.lifecycle.table import CREATE, EDIT, Step
from qms.people.actors import Actor, Held, actor_of
from qms.people.models import Organisation, Person
from qms.records import registry
from qms.records.models import Record
from qms.records.numbering import next_reference
from qms.records.searching import indexed, searched_text
from qms.signatures.sign import Proof, proven, require_shown, sign
from qms.trail import clock
from qms.trail.compose import compose, write
from qms.trail.models import TrailEvent

R = TypeVar("R", bound=Any)
_inside: ContextVar[bool] = ContextVar("inside_a_door", default=False)
By = Person | Actor
REASON_GIVEN = "reason"


@contextmanager
def _door() -> Iterator[None]:
    """The transaction of a door; a door opened by a consequence of another shares its fate, without a savepoint."""
    outer = _inside.get()
    token = _inside.set(True)
    try:
        with transaction.atomic(savepoint=not outer):
            yield
    finally:
        _inside.reset(token)


def perform(
    record: R,
    verb: str,
    by: By,
    *,
    version: int | None = None,
    key: UUID | None = None,
    proof: Proof | None = None,
    reason: str = "",
    **given: Any,
) -> R:
    """Take a step of the record's lifecycle and return the record as it is afterwards.

    In: `version` is the version the caller saw, `key` his idempotency key, `proof` a fresh proof for a signature,
    `given` the inputs the step takes. Raises Refused, Stale, KeyReused, UnknownStep, ValidationError; then nothing is
    written.
    """
    actor = actor_of(by)
    record_type = registry.type_of(record)
    record_type.lifecycle.step(verb, record.state)
    checked = proven(proof, actor) if proof else None
    with _door():
        if _sent_before(record, verb, actor, version, key, {**given, REASON_GIVEN: reason}):
            return _again(record, lock(record))
        locked = _seen(record, version)
        step = record_type.lifecycle.step(verb, locked.state)
        case = Case(locked, actor)
        reasons = case.against(step)
        if not any(each.code == WRONG_STATE for each in reasons):
            reasons += tuple(_missing(step, given, reason, bool(checked), actor))
        if reasons:
            raise Refused(case.with_names(reasons))
        if checked:
            require_shown(locked, checked)
        _take(case, step, checked, reason, given)
    return _again(record, locked)


def _sent_before(
    record: Any, verb: str, actor: Actor, version: int | None, key: UUID | None, said: Mapping[str, Any]
) -> bool:
    """Whether this request was carried out under its key before; else the key is claimed for it."""
    if key is None:
        return False
    asked = idempotency.request_hash(verb, str(record.uid), said)
    return idempotency.claim(actor, key, asked, record.uid, (version or record.version) + 1) is not None


def _seen(record: R, version: int | None) -> R:
    """The record locked, if it is still as the caller saw it. Raises Stale."""
    locked = lock(record)
    if version is not None and locked.version != version:
        raise Stale(version, locked.version)
    return locked


def _take(case: Case, step: Step, checked: Any, reason: str, given: Mapping[str, Any]) -> None:
    """Set what is given, judge it, sign, move, write, and let follow what follows."""
    locked, actor, record_type = case.record, case.actor, case.type
    before, standing = locked.state, case.standing(step.takers)
    computed = _computed(record_type, step.verb, locked, given, actor)
    changed = _set(locked, {**_given_fields(locked, step, given), **computed})
    unmet = case.against_given(step)
    if unmet:
        raise Refused(case.with_names(unmet))
    for precedent in record_type.precedents.get(step.verb, ()):
        precedent(locked, actor)
    signature = sign(locked, step, actor, checked, standing) if checked and step.meaning else None
    carry_out(locked, step)
    event = _move(locked, step.verb, actor, standing, changed, reason, before, signature)
    _follow(record_type, locked, step.verb, event, actor, given)


def amend(
    record: R, by: By, *, version: int | None = None, key: UUID | None = None, reason: str = "", **changes: Any
) -> R:
    """Edit a record or another row with a stream, with the rights of its state; return it as it is afterwards.

    A call that changes nothing writes nothing. Raises Refused, Stale, KeyReused, ValidationError.
    """
    return _edit(record, EDIT, actor_of(by), version, key, reason, changes, {})


def note(record: R, verb: str, by: By, *, key: UUID | None = None, reason: str = "", **facts: str | int) -> R:
    """Write an event about a record that changes none of its fields: a file attached, a comment, a task handed over.

    `facts` are codes, ids and hashes. Whoever may read the record may; the caller checks what more it takes.
    """
    return _edit(record, verb, actor_of(by), None, key, reason, {}, facts)


def create(model: type[R], by: By, *, key: UUID | None = None, reason: str = "", **fields: Any) -> R:
    """Make a row with its first event; a record gets its number. Raises Refused, KeyReused, ValidationError.

    A row with a field called `reason` (a delegation, say) keeps the reason itself, besides its event.
    """
    actor = actor_of(by)
    if any(field.name == REASON_GIVEN for field in model._meta.concrete_fields):
        fields[REASON_GIVEN] = reason
    row = model(**fields, created_at=clock.now())
    with _door():
        if key is not None:
            asked = idempotency.request_hash(CREATE, model.stream_name(), fields)
            earlier = idempotency.claim(actor, key, asked, row.uid, 1)
            if earlier:
                return model.unscoped.get(uid=earlier.stream)  # type: ignore[no-any-return]
        standing, reasons = _may_create(row, actor)
        if reasons:
            raise Refused(reasons)
        _ready(row, fields, actor)
        composed = _composed(row, CREATE, actor, standing, _all_values(row), reason, None)
        row.head = composed.event.leaf_hash
        row.save(force_insert=True)
        composed.event.organisation_id = row.organisation_id
        event = write(composed)
        if isinstance(row, Record):
            indexed(row)
            _follow(registry.type_of(row), row, CREATE, event, actor, fields)
    return cast(R, row)


def _ready(row: Any, fields: Mapping[str, Any], actor: Actor) -> None:
    """Set what the row is given by itself, check it as a form would, and number it."""
    record_type = registry.type_of(row) if isinstance(row, Record) else None
    if record_type:
        for name, value in _computed(record_type, CREATE, row, fields, actor).items():
            setattr(row, name, value)
    for name, value in fields.items():
        _require_own_body(row, row._meta.get_field(name), value)
    row.clean_fields(exclude=("reference", "search_text", "head", "created_at", "state"))
    row.clean()
    if record_type:
        row.reference = row.reference or next_reference(record_type, row.organisation)
        row.search_text = searched_text(row)
    row.version = 1


def why_not(record: Any, verb: str, by: By) -> list[Reason]:
    """Why this person cannot take the step now, with who can mend it and where; nothing when he can."""
    case = Case(record, actor_of(by))
    return case.with_names(case.against(case.lifecycle.step(verb, record.state)))


def lock(record: R) -> R:
    """The row as it is now, locked until the transaction ends, with its body and unit."""
    rows = type(record).unscoped.select_for_update(of=("self",))
    related = ("organisation", "unit") if isinstance(record, Record) else ()
    if isinstance(record, Organisation):
        return rows.get(pk=record.pk)  # type: ignore[no-any-return]
    return rows.select_related(*(related or ("organisation",))).get(pk=record.pk)  # type: ignore[no-any-return]


def _edit(
    record: R,
    verb: str,
    actor: Actor,
    version: int | None,
    key: UUID | None,
    reason: str,
    changes: Mapping[str, Any],
    facts: Mapping[str, str | int],
) -> R:
    with _door():
        if _sent_before(record, verb, actor, version, key, {**changes, **facts, REASON_GIVEN: reason}):
            return _again(record, lock(record))
        locked = _seen(record, version)
        standing, reasons = _may_edit(locked, actor, verb, changes)
        if reasons:
            raise Refused(reasons)
        changed = _set(locked, changes)
        if not changed and verb == EDIT:
            return _again(record, locked)
        before = getattr(locked, "state", None)
        event = _move(locked, verb, actor, standing, changed, reason, before, None, facts)
        if isinstance(locked, Record):
            _follow(registry.type_of(locked), locked, verb, event, actor, changes)
    return _again(record, locked)


def _may_edit(row: Any, actor: Actor, verb: str, changes: Mapping[str, Any]) -> tuple[Held | None, list[Reason]]:
    if not isinstance(row, Record):
        return ground_reasons(row, actor, verb, tuple(changes))
    case = Case(row, actor)
    takers = case.lifecycle.edit_by.get(case.lifecycle.states(row.state), ())
    reasons = case.with_names(case.against_editing()) if verb == EDIT else []
    return case.standing(takers), reasons


def _may_create(row: Any, actor: Actor) -> tuple[Held | None, list[Reason]]:
    if not isinstance(row, Record):
        return ground_reasons(row, actor, CREATE)
    case = Case(row, actor)
    return case.standing(case.lifecycle.create_by), case.with_names(case.against_creating())


def _missing(step: Step, given: Mapping[str, Any], reason: str, signed: bool, actor: Actor) -> list[Reason]:
    """What the step must be given and was not, and the signature it asks for."""
    empty: tuple[Any, ...] = (None, "", [], ())
    found = [
        Reason(sentence(_("“{field}” is missing."), field=name), "missing", _("lifecycle"), field=name)
        for name in step.give
        if (not reason.strip() if name == REASON_GIVEN else given.get(name) in empty)
    ]
    if step.meaning and not signed and not actor.is_clock:
        if actor.via == "api":
            text = _("A signature is given by a person with a fresh proof, not by a program's token.")
            found.append(Reason(text, "signature_by_person", _("signatures")))
        else:
            found.append(Reason(_("The signature is missing: prove that it is you."), "signature", _("signatures")))
    unknown = set(given) - {*step.give, *step.may_give}
    for name in sorted(unknown):
        text = sentence(_("The step takes no “{field}”."), field=name)
        found.append(Reason(text, "not_asked", _("lifecycle"), field=name))
    return found


def _given_fields(record: Any, step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given for fields of the record; the rest goes to the step's consequences."""
    names = {field.name for field in record._meta.concrete_fields}
    return {name: given[name] for name in (*step.give, *step.may_give) if name in names and name in given}


def _computed(
    record_type: registry.RecordType, verb: str, record: Any, given: Mapping[str, Any], actor: Actor
) -> Mapping[str, Any]:
    """The fields the verb sets by itself."""
    computes = record_type.computes.get(verb)
    return computes(record, given, actor) if computes else {}


def _set(row: Any, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set fields in memory, checked as a form would; return what changed as field → (old, new)."""
    changed = {}
    for name, value in values.items():
        field = row._meta.get_field(name)
        if name in row.OWN_FIELDS:
            raise ValueError(f"{name} is written by the doors themselves")
        old = getattr(row, field.attname)
        _require_own_body(row, field, value)
        setattr(row, name, value)
        new = getattr(row, field.attname)
        if old != new:
            changed[name] = (plain_value(field, old), plain_value(field, new))
    if changed:
        row.clean_fields(exclude=[f.name for f in row._meta.concrete_fields if f.name not in changed])
        row.clean()
    return changed


def _require_own_body(row: Any, field: Any, value: Any) -> None:
    """What a row refers to belongs to the same body; anything else is answered as if it were not there."""
    theirs = getattr(value, "organisation_id", None) if isinstance(value, models.Model) else None
    if theirs is not None and not isinstance(value, Organisation) and theirs != row.organisation_id:
        raise ValidationError({field.name: _("There is no such choice.")})


def plain_value(field: models.Field[Any, Any], value: Any) -> Any:
    """A field's value as the trail keeps it: text, whole number, truth value, list, or nothing."""
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    if isinstance(value, datetime):
        value = value.astimezone(UTC)  # as the database gives it back, whatever zone it was said in
    return field.value_to_string(_Holder(field, value))  # type: ignore[arg-type]


class _Holder:
    def __init__(self, field: models.Field[Any, Any], value: Any) -> None:
        setattr(self, field.attname, value)


def _all_values(row: Any) -> dict[str, tuple[Any, Any]]:
    """Every field that was given something, as a change from nothing."""
    fields = (field for field in row._meta.concrete_fields if field.name not in row.OWN_FIELDS)
    values = {field.name: plain_value(field, getattr(row, field.attname)) for field in fields}
    return {name: (None, value) for name, value in values.items() if value not in (None, "", [], {})}


def _composed(
    row: Any,
    verb: str,
    actor: Actor,
    standing: Held | None,
    changed: Mapping[str, tuple[Any, Any]],
    reason: str,
    before: str | None,
    facts: Mapping[str, str | int] | None = None,
) -> Any:
    is_record = isinstance(row, Record)
    return compose(
        organisation=row.organisation,
        record_type=row.stream_name(),
        stream=row.uid,
        seq=row.version,
        prev=row.head,
        verb=verb,
        actor=actor,
        acting_as=standing,
        from_state=before,
        to_state=row.state if is_record else None,
        reason=reason,
        changed=changed,
        facts=facts,
        judged_under=registry.type_of(row).lifecycle.judged_under if is_record else "",
    )


def _move(
    row: Any,
    verb: str,
    actor: Actor,
    standing: Held | None,
    changed: Mapping[str, tuple[Any, Any]],
    reason: str,
    before: str | None,
    signature: Any,
    facts: Mapping[str, str | int] | None = None,
) -> TrailEvent:
    """Write the row under its guard, then its event and its signature. Raises Stale when somebody was faster."""
    seen = row.version
    row.version = seen + 1
    if signature is not None:
        facts = {**(facts or {}), **signature.facts}
    composed = _composed(row, verb, actor, standing, changed, reason, before, facts)
    row.head = composed.event.leaf_hash
    values = {row._meta.get_field(name).attname: getattr(row, row._meta.get_field(name).attname) for name in changed}
    values |= {"version": row.version, "head": row.head}
    guard: dict[str, Any] = {"pk": row.pk, "version": seen}
    if isinstance(row, Record):
        values["state"] = row.state
        guard |= {"organisation_id": row.organisation_id, "state": before}
        if {"title", *row.SEARCHED} & set(changed):
            values["search_text"] = row.search_text = searched_text(row)
    if type(row).unscoped.filter(**guard).update(**values) != 1:
        raise Stale(seen, seen + 1)
    if "search_text" in values:
        indexed(row)
    event = write(composed)
    if signature is not None:
        signature.save(force_insert=True)
    return event


def _follow(
    record_type: registry.RecordType, record: Any, verb: str, event: TrailEvent, actor: Actor, given: Mapping[str, Any]
) -> None:
    _forget(record)
    for consequence in record_type.consequences.get(verb, ()):
        consequence(record, event, actor, given)
    _forget(record)
    for follower in registry.followers:
        follower(record, verb, event, actor)


def _again(record: R, locked: R) -> R:
    """Let the caller's own instance show what is now stored; what it had worked out before is forgotten."""
    if locked is not record:
        record.__dict__.update(locked.__dict__)
    _forget(record)
    return record


def _forget(row: Any) -> None:
    """What a row had worked out before it changed is worked out anew."""
    for name in [name for name in row.__dict__ if isinstance(getattr(type(row), name, None), cached_property)]:
        del row.__dict__[name]
