"""The state of a record, carried out by django-fsm. The only file that imports it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django_fsm import FSMField, transition

from qms.lifecycle.table import Lifecycle, Step


class StateField(FSMField):
    """A protected state: it changes only by taking a row of its lifecycle's table."""

    def __init__(self, *args: Any, lifecycle: Lifecycle | None = None, **kwargs: Any) -> None:
        self.lifecycle = lifecycle
        if lifecycle is not None:
            kwargs.setdefault("default", lifecycle.initial)
        kwargs.setdefault("protected", True)
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("db_index", False)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for left_out in ("choices", "default"):
            kwargs.pop(left_out, None)
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False, **kwargs: Any) -> None:
        if self.lifecycle is not None and not cls._meta.abstract:
            for verb in self.lifecycle.verbs:
                setattr(cls, _method(verb), self._carrier(verb))
        super().contribute_to_class(cls, name, private_only=private_only, **kwargs)

    def _carrier(self, verb: str) -> Any:
        def carrier(record: Model) -> None:
            """Nothing to do: the table says it all."""

        carrier.__name__ = _method(verb)
        for step in self.lifecycle.steps if self.lifecycle else ():
            if step.verb == verb:
                sources = [state.value for state in step.sources]
                carrier = transition(field=self, source=sources, target=step.to.value)(carrier)
        return carrier


def _method(verb: str) -> str:
    return f"_take_{verb}"


def carry_out(record: Any, step: Step) -> None:
    """Move the record in memory along that row; django-fsm refuses what the table does not have."""
    getattr(record, _method(step.verb))()
