"""What somebody with full rights on the database may try. Guards are lifted by hand and put back afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection

from qms.people.models import Unit
from qms.trail import keys, triggers
from qms.trail.canonical import canonical, leaf_hash, utc_text
from qms.trail.models import Checkpoint, Leaf, Node, TrailDetail, TrailEvent
from qms.trail.seal import seal

Attack = Callable[[Unit], Any]


@contextmanager
def owner_of_the_database() -> Iterator[None]:
    """Everything is allowed inside; afterwards the guards look as if nothing had been."""
    triggers.uninstall()
    try:
        yield
    finally:
        triggers.install()


def middle(unit: Unit) -> TrailEvent:
    return TrailEvent.objects.get(stream=unit.uid, seq=2)


def rewritten(stored: TrailEvent, /, **changes: Any) -> str:
    return canonical({**json.loads(stored.body), **changes})


def edit_body(unit: Unit) -> None:
    event = middle(unit)
    TrailEvent.objects.filter(pk=event.pk).update(body=rewritten(event, event="approve"))


def edit_body_and_hash(unit: Unit) -> None:
    event = middle(unit)
    body = rewritten(event, event="approve")
    TrailEvent.objects.filter(pk=event.pk).update(body=body, leaf_hash=leaf_hash(body), verb="approve")


def edit_body_and_every_hash_after(unit: Unit) -> None:
    """The whole chain of the record is made good again, its row too; only the tree knows."""
    prev = ""
    for event in TrailEvent.objects.filter(stream=unit.uid).order_by("seq"):
        verb = "approve" if event.seq == 2 else event.verb
        body = rewritten(event, event=verb, prev=prev)
        TrailEvent.objects.filter(pk=event.pk).update(body=body, leaf_hash=leaf_hash(body), verb=verb, prev=prev)
        prev = leaf_hash(body)
    Unit.unscoped.filter(pk=unit.pk).update(head=prev)


def edit_a_column(unit: Unit) -> None:
    TrailEvent.objects.filter(pk=middle(unit).pk).update(actor_id=None, verb="approve")


def loosen_the_text(unit: Unit) -> None:
    """The same content, written otherwise and hashed again."""
    event = middle(unit)
    body = json.dumps(json.loads(event.body), indent=1)
    TrailEvent.objects.filter(pk=event.pk).update(body=body, leaf_hash=leaf_hash(body))


def delete_middle(unit: Unit) -> None:
    _delete([middle(unit).pk])


def delete_tail_and_fix_the_row(unit: Unit) -> None:
    last = TrailEvent.objects.filter(stream=unit.uid).order_by("-seq")[0]
    _delete([last.pk])
    before = TrailEvent.objects.get(stream=unit.uid, seq=last.seq - 1)
    Unit.unscoped.filter(pk=unit.pk).update(version=before.seq, head=before.leaf_hash, name_en="Unit 1")


def swap_two_events(unit: Unit) -> None:
    first, second = TrailEvent.objects.filter(stream=unit.uid).order_by("seq")[1:3]
    TrailEvent.objects.filter(pk=first.pk).update(seq=99)
    TrailEvent.objects.filter(pk=second.pk).update(seq=first.seq)
    TrailEvent.objects.filter(pk=first.pk).update(seq=second.seq)


def swap_two_places(unit: Unit) -> None:
    first, second = Leaf.objects.order_by("index")[1:3]
    Leaf.objects.filter(index=first.index).delete()
    Leaf.objects.filter(index=second.index).update(event_id=first.event_id)
    Leaf.objects.create(index=first.index, event_id=second.event_id)


def edit_the_row(unit: Unit) -> None:
    Unit.unscoped.filter(pk=unit.pk).update(name_en="Another name")


def edit_version_of_the_row(unit: Unit) -> None:
    Unit.unscoped.filter(pk=unit.pk).update(version=unit.version + 1)


def delete_the_row(unit: Unit) -> None:
    Unit.unscoped.filter(pk=unit.pk).delete()


def insert_a_row_without_trail(unit: Unit) -> None:
    Unit.unscoped.create(organisation=unit.organisation, code="X", name_en="Forged", created_at=unit.created_at)


def roll_the_row_back(unit: Unit) -> None:
    event = middle(unit)
    Unit.unscoped.filter(pk=unit.pk).update(version=event.seq, head=event.leaf_hash, name_en="Unit 1")


def edit_the_clear_values(unit: Unit) -> None:
    detail = TrailDetail.objects.get(event=middle(unit))
    clear = json.loads(detail.clear)
    clear["reason"]["value"] = "ordered from above"
    TrailDetail.objects.filter(pk=detail.pk).update(clear=canonical(clear))


def delete_the_clear_values(unit: Unit) -> None:
    TrailDetail.objects.filter(event=middle(unit)).delete()


def insert_a_backdated_event(unit: Unit) -> None:
    """A new last event, well chained and sealed with the real key, that claims to be of last week."""
    unit = Unit.unscoped.get(pk=unit.pk)
    last = TrailEvent.objects.get(stream=unit.uid, seq=unit.version)
    at = last.at - timedelta(days=7)
    body = rewritten(last, seq=last.seq + 1, prev=last.leaf_hash, at=utc_text(at), reason=None, changed=None)
    body = canonical({name: value for name, value in json.loads(body).items() if value is not None})
    forged = TrailEvent.objects.get(pk=last.pk)
    forged.pk, forged.seq, forged.prev, forged.at = None, last.seq + 1, last.leaf_hash, at
    forged.body, forged.leaf_hash = body, leaf_hash(body)
    forged.save(force_insert=True)
    Unit.unscoped.filter(pk=unit.pk).update(version=forged.seq, head=forged.leaf_hash)


def insert_a_backdated_event_and_seal_it(unit: Unit) -> None:
    insert_a_backdated_event(unit)
    seal()


def forge_a_checkpoint(unit: Unit) -> None:
    Checkpoint.objects.update(root="ab" * 32)


def cut_the_checkpoints(unit: Unit) -> None:
    Checkpoint.objects.order_by("-size")[0].delete()


def rebuild_everything_without_the_key(unit: Unit) -> None:
    """A whole new history, sealed with a key of the attacker's own."""
    edit_body_and_every_hash_after(unit)
    _unseal()
    own, public = keys.key_file().read_bytes(), keys.public_file().read_text()
    keys.key_file().unlink()
    kept = _hidden_checkpoints()
    seal()
    keys.key_file().unlink()
    keys.key_file().write_bytes(own)
    keys.public_file().write_text(public)
    kept()


def rebuild_everything_with_the_stolen_key(unit: Unit) -> None:
    """The same with the real key: nothing in the database can tell."""
    edit_body_and_every_hash_after(unit)
    _unseal()
    _hidden_checkpoints()
    seal()


def restore_an_old_copy_and_go_on(unit: Unit) -> None:
    """A fork: the last events are gone, others stand in their place, sealed with the real key."""
    delete_tail_and_fix_the_row(unit)
    insert = Unit.unscoped.get(pk=unit.pk)
    _unseal()
    _hidden_checkpoints()
    from qms.lifecycle.perform import amend
    from qms.people.actors import SYSTEM

    amend(insert, SYSTEM, name_en="Unit of the fork", reason="after the restore")
    seal()


def empty_everything(unit: Unit) -> None:
    _hidden_checkpoints()
    _unseal()
    TrailDetail.objects.all().delete()
    TrailEvent.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_unit")
        cursor.execute("DELETE FROM people_organisation")


def _unseal() -> None:
    Leaf.objects.all().delete()
    Node.objects.all().delete()
    Checkpoint.objects.all().delete()


def _delete(events: list[int]) -> None:
    Leaf.objects.filter(event__in=events).delete()
    TrailDetail.objects.filter(event__in=events).delete()
    TrailEvent.objects.filter(pk__in=events).delete()


def _hidden_checkpoints() -> Callable[[], object]:
    """The attacker also empties the file beside the installation. Out: a function that puts it back."""
    from qms.trail.checkpoints import checkpoint_file

    text = checkpoint_file().read_text()
    checkpoint_file().unlink()
    return lambda: checkpoint_file().write_text(text)


# Found with what stands in the installation alone, and as what.
FOUND_INSIDE: dict[Attack, set[str]] = {
    edit_body: {"columns", "hash"},
    edit_body_and_hash: {"chain", "fork", "tree"},
    edit_body_and_every_hash_after: {"fork", "tree"},
    edit_a_column: {"columns"},
    loosen_the_text: {"canonical", "chain", "fork", "tree"},
    delete_middle: {"gap", "short", "tree"},
    delete_tail_and_fix_the_row: {"short", "tree"},
    swap_two_events: {"chain", "columns", "record"},
    swap_two_places: {"fork", "tree"},
    edit_the_row: {"record"},
    edit_version_of_the_row: {"record"},
    delete_the_row: {"record"},
    insert_a_row_without_trail: {"untraced"},
    roll_the_row_back: {"record"},
    edit_the_clear_values: {"detail"},
    delete_the_clear_values: {"detail"},
    insert_a_backdated_event: {"dated"},
    insert_a_backdated_event_and_seal_it: {"dated"},
    forge_a_checkpoint: {"checkpoint", "tree"},
    cut_the_checkpoints: {"tree"},
    rebuild_everything_without_the_key: {"fork", "signature"},
}
# Not to be told from an honest installation without a checkpoint kept elsewhere.
FOUND_OUTSIDE: list[Attack] = [
    rebuild_everything_with_the_stolen_key,
    restore_an_old_copy_and_go_on,
    empty_everything,
]
