"""The base of every flow: it follows the state of one kind of record and never changes it.

A `flow.py` reads as a drawing, a paragraph per node with the role in a comment above it:

    class RevisionFlow(FollowFlow):
        routes = "revision"
        start = Begin().Next(this.write)
        # the author
        write = Ask(S.DRAFT, "submit", to="author", sentence=_("Finish and submit {reference}")).Next(this.review)
        ...
        end = End()

A released flow is frozen: a change is a new class with the next `edition`. Records under way keep the class they began
under; the class stays until its last process has ended.
"""

from __future__ import annotations

from typing import Any, ClassVar

from viewflow.workflow.base import Flow
from viewflow.workflow.lock import SelectForUpdateLock

from qms.records import registry
from workflows.engine.models import Process, Task
from workflows.engine.nodes import Asks, Begin, End


class FollowFlow(Flow):  # type: ignore[misc]
    """A flow of the record type named in `routes`. It has one `start` and one `end`."""

    routes: ClassVar[str] = ""
    edition: ClassVar[int] = 1
    process_class = Process
    task_class = Task
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start: ClassVar[Begin]
    end: ClassVar[End]
    _nodes_by_name: ClassVar[dict[str, Any]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Its title is the first line of its own docstring, not of the class it extends."""
        cls.process_title, _line, cls.process_description = (cls.__doc__ or cls.__name__).partition("\n")
        super().__init_subclass__(**kwargs)

    @classmethod
    def asking(cls) -> tuple[Asks, ...]:
        """Its questions and clocks."""
        return tuple(node for node in cls._nodes_by_name.values() if isinstance(node, Asks))

    @classmethod
    def node_named(cls, name: str) -> Any:
        return cls._nodes_by_name[name]


def all_flows() -> tuple[type[FollowFlow], ...]:
    """Every flow there is, oldest edition first."""
    return tuple(sorted(_below(FollowFlow), key=lambda flow: (flow.routes, flow.edition)))


def flow_for(record_type: str) -> type[FollowFlow] | None:
    """The flow under which a record of this type now begins, or None where nobody is asked anything."""
    flows = [flow for flow in _below(FollowFlow) if flow.routes == record_type]
    if flows:
        return max(flows, key=lambda flow: flow.edition)
    found: type[FollowFlow] | None = registry.get(record_type).flow
    return found


def _below(flow: type[FollowFlow]) -> list[type[FollowFlow]]:
    return [found for child in flow.__subclasses__() for found in (child, *_below(child))]
