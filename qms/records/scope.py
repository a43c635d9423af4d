"""Every query names whose rows it reads: an unscoped one raises, so that no page can forget it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from qms.people.roles import Role

if TYPE_CHECKING:
    from qms.people.actors import Actor

M = TypeVar("M", bound=models.Model)


class UnscopedQuery(RuntimeError):
    """A query over bodies' rows that does not say which bodies."""


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of bodies. Say `.of(organisation)`, `.visible_to(actor)` or come from a row by relation before reading."""

    _scoped = False

    def of(self, *organisation_ids: int) -> Self:
        """The rows of these bodies."""
        return self.filter(organisation_id__in=organisation_ids).scoped()

    def visible_to(self, actor: Actor) -> Self:
        """The rows of the bodies the actor may read: his own, and those his body oversees where his role says so."""
        return self.of(*readable_organisations(actor))

    def scoped(self) -> Self:
        """Mark the query as scoped by other means; the caller vouches for it."""
        clone = self._clone()
        clone._scoped = True
        return clone

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def _add_hints(self, **hints: Any) -> None:
        super()._add_hints(**hints)  # type: ignore[misc]
        if "instance" in hints or "instances" in hints:
            self._scoped = True

    def _check(self) -> None:
        if not self._scoped:
            raise UnscopedQuery(f"{self.model.__name__}.objects was read without .of() or .visible_to()")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._check()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Any:
        self._check()
        return super().iterator(chunk_size=chunk_size or 2000)

    def count(self) -> int:
        self._check()
        return super().count()

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The manager of every model whose rows belong to a body."""


def readable_organisations(actor: Actor) -> tuple[int, ...]:
    """Own body, bodies where a role is held, and the children of a body where the overseeing role is held."""
    if actor.person is None:
        raise UnscopedQuery("the clock has no body of its own: say .of(organisation)")
    if "readable" in actor.__dict__:
        return actor.__dict__["readable"]  # type: ignore[no-any-return]
    from qms.people.models import Organisation

    ids = {actor.person.organisation_id, *(held.organisation_id for held in actor.held)}
    overseen = [held.organisation_id for held in actor.held if held.role == Role.OVERSEER]
    if overseen:
        ids |= set(Organisation.objects.filter(parent__in=overseen).values_list("pk", flat=True))
    actor.__dict__["readable"] = tuple(sorted(ids))
    return actor.__dict__["readable"]  # type: ignore[no-any-return]


def any_of(conditions: Iterable[Q]) -> Q:
    """One condition that holds when any of these holds; with none, nothing."""
    joined = Q(pk__in=())
    for condition in conditions:
        joined |= condition
    return joined
