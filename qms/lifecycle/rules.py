"""A rule is a one-sentence question with the sentence to show when the answer is no. Pure Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from inspect import signature
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
    from django_stubs_ext import StrPromise

    from qms.people.actors import Actor


@dataclass(frozen=True)
class Reason:
    """Why something cannot be done now, from which source, who can mend it and where on the page.

    `who` holds roles and parts of the record; `names` the people behind them, once somebody looked them up.
    """

    text: Text
    code: str
    clause: Text = ""
    who: tuple[str, ...] = ()
    where: str = ""
    names: tuple[str, ...] = ()
    field: str = ""

    def __str__(self) -> str:
        return str(self.text)

    def named(self, names: tuple[str, ...]) -> Reason:
        """The same reason with the people who can mend it."""
        return replace(self, names=names)


@dataclass(frozen=True)
class Rule:
    """`holds` answers for a record, or for a record and the one who acts."""

    name: str
    holds: Callable[..., bool]
    otherwise: Text
    clause: Text = ""
    mend: str = ""
    who: tuple[str, ...] = ()
    takes_actor: bool = field(default=False)

    def reason(self, record: Any, actor: Actor) -> Reason | None:
        """None when the rule holds, else the reason with its sentence."""
        held = self.holds(record, actor) if self.takes_actor else self.holds(record)
        return None if held else Reason(self.otherwise, self.name, self.clause, self.who, self.mend)


def rule(
    *, otherwise: Text, clause: Text = "", mend: str = "", who: str | tuple[str, ...] = ()
) -> Callable[[Callable[..., bool]], Rule]:
    """Make a rule of a function of a record, or of a record and an actor.

    `mend` is the anchor of the section where it is put right, `who` the role or part that can.
    """

    def made(function: Callable[..., bool]) -> Rule:
        parameters = len(signature(function).parameters)
        people = (who,) if isinstance(who, str) else who
        return Rule(function.__name__, function, otherwise, clause, mend, people, takes_actor=parameters == 2)

    return made


def sentence(template: Text, **words: Any) -> StrPromise:
    """A sentence with words filled in, translated only when it is read."""
    return format_lazy(template, **words)
