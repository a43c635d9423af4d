"""What record types there are. A type is one registration; pages, API, inbox, export and contract tests follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qms.lifecycle.table import Lifecycle

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text

    from qms.face.parts import Fact
    from qms.lifecycle.case import Case
    from qms.people.actors import Actor
    from qms.records.models import Record

Part = Callable[[Any], Iterable[int | None]]
Consequence = Callable[..., None]
Boxes = Callable[[Any, "Case"], Sequence[Any]]


@dataclass(frozen=True)
class Column:
    """A column of lists and exports: a field's name or a function of the record; `sort` is what it orders by."""

    name: str
    label: Text
    value: str | Callable[[Any], Any]
    sort: str = ""


@dataclass(frozen=True)
class RecordType:
    """One record type. Everything generic is made from what stands here.

    `parts` name who has a part in a record (owner, leader, reviewers): a function from record to person ids.
    `consequences` are what follows from a verb, in its transaction: functions of (record, event, actor, given).
    `precedents` are what must be done before a verb moves the record, in its transaction: functions of (record, actor).
    `computes` gives the fields a verb sets by itself (a term, say): (record, given, actor) -> field values.
    `create_fields` and `edit_fields` are what the doors take; `forms` replaces the made form of a verb.
    `facts`, `main` and `rail` give the boxes of the detail page as parts of qms.face, `line` the sentence in its head.
    `onward` gives the record whose page is shown after a step (record, verb): another one where the work goes on there.
    `list_links` are more ways in the head of the list: (label, name of the address).
    `manifest` gives what a signature covers; `report` maps kinds of paper to functions (record, language) -> Paper.
    """

    model: type[Record]
    lifecycle: Lifecycle
    code: str
    label: Text
    plural: Text
    number: str = "{code}-{year}-{number:03d}"
    parts: Mapping[str, Part] = field(default_factory=dict)
    part_labels: Mapping[str, Text] = field(default_factory=dict)
    consequences: Mapping[str, tuple[Consequence, ...]] = field(default_factory=dict)
    precedents: Mapping[str, tuple[Callable[[Any, Actor], None], ...]] = field(default_factory=dict)
    computes: Mapping[str, Callable[[Any, Mapping[str, Any], Actor], Mapping[str, Any]]] = field(default_factory=dict)
    create_fields: tuple[str, ...] = ("title", "unit", "owner")
    edit_fields: tuple[str, ...] = ("title", "unit", "owner")
    forms: Mapping[str, type] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    filters: tuple[str, ...] = ("state", "unit", "owner")
    related: tuple[str, ...] = ("unit", "owner")
    facts: Callable[[Any], Sequence[Fact]] | None = None
    main: Boxes | None = None
    rail: Boxes | None = None
    line: Callable[[Any], Text] | None = None
    onward: Callable[[Any, str], Any] | None = None
    manifest: Callable[[Any], Mapping[str, Any]] | None = None
    report: Mapping[str, Callable[[Any, str], Any]] = field(default_factory=dict)
    list_links: tuple[tuple[Text, str], ...] = ()
    in_menu: bool = True
    flow: Any = None

    @property
    def name(self) -> str:
        """The type's name in addresses, trail and API: the model's name in lower case."""
        return self.model.stream_name()

    def part_of(self, record: Any, part: str) -> tuple[int, ...]:
        """Ids of the people who have this part in the record."""
        return tuple(pk for pk in self.parts[part](record) if pk is not None)


class UnknownType(LookupError):
    """No record type is registered under that name."""


_types: dict[str, RecordType] = {}
# Called inside the transaction of every change of a record: (record, verb, event, actor).
followers: list[Callable[[Any, str, Any, Actor], None]] = []
# Boxes every record's page has, whatever its type: evidence, comments. (record, case) -> parts of qms.face.
main_boxes: list[Boxes] = []
rail_boxes: list[Boxes] = []


def register(record_type: RecordType) -> RecordType:
    """Add a type; a second one of the same name is a mistake and says so."""
    if record_type.name in _types and _types[record_type.name].model is not record_type.model:
        raise ValueError(f"two record types are called {record_type.name}")
    _types[record_type.name] = record_type
    return record_type


def get(name: str) -> RecordType:
    """The type of that name; raises UnknownType."""
    try:
        return _types[name]
    except KeyError:
        raise UnknownType(name) from None


def all_types() -> tuple[RecordType, ...]:
    return tuple(_types.values())


def type_of(record: Any) -> RecordType:
    """The type of a record or of a record's class."""
    return get(record.stream_name())


def streamed_models() -> list[type[Any]]:
    """Every model whose rows have a stream: records, and the rows of the ground (people, roles, answers)."""
    from django.apps import apps

    from qms.records.streamed import Streamed

    found = [model for model in apps.get_models() if issubclass(model, Streamed) and not model._meta.proxy]
    return [apps.get_model("people", "Organisation"), *found]
