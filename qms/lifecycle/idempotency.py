"""A request that is sent twice is carried out once: its key is claimed in the transaction of its change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from qms.lifecycle.refused import KeyReused
from qms.people.actors import Actor
from qms.records.models import IdempotencyKey
from qms.trail import clock


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, models.Model):
            return o.pk
        if isinstance(o, bytes | memoryview):
            return hashlib.sha256(o).hexdigest()
        if hasattr(o, "read") and hasattr(o, "name"):
            return [o.name, getattr(o, "size", None)]
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def request_hash(verb: str, target: str, said: Mapping[str, Any]) -> str:
    """SHA-256 over what was asked: the verb, the record and what was given."""
    text = json.dumps([verb, target, said], sort_keys=True, cls=_Encoder, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def claim(actor: Actor, key: UUID, asked: str, stream: UUID, version: int) -> IdempotencyKey | None:
    """Claim the key for this change: None when it is new, else what was done under it. One statement when new.

    Raises KeyReused when it was claimed for another request.
    """
    if actor.person_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_idempotencykey (person_id, key, request_hash, stream, version, at)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (person_id, key) DO NOTHING",
            [actor.person_id, _uuid(key), asked, _uuid(stream), version, _moment()],
        )
        if cursor.rowcount == 1:
            return None
    earlier = IdempotencyKey.objects.get(person=actor.person_id, key=key)
    if earlier.request_hash != asked:
        raise KeyReused(str(key))
    return earlier


def _uuid(value: UUID) -> Any:
    return IdempotencyKey._meta.get_field("key").get_db_prep_value(value, connection)


def _moment() -> Any:
    return IdempotencyKey._meta.get_field("at").get_db_prep_save(clock.now(), connection)
