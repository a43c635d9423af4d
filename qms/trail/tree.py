"""The sealed tree as it stands in the database: roots of subtrees and proofs, from a few hundred rows each."""

from __future__ import annotations

from qms.trail.merkle import parent
from qms.trail.models import Leaf, Node

TILE = 8


class Tree:
    """Reads subtrees and remembers them as long as it lives. Use it for leaves below a checkpoint only."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def subtree(self, level: int, index: int) -> bytes:
        """Root of a full subtree. Raises LookupError when rows are missing."""
        place = (level, index)
        if place not in self._known:
            self._known[place] = self._read(level, index)
        return self._known[place]

    def _read(self, level: int, index: int) -> bytes:
        tile = level - level % TILE
        start, count = index << (level - tile), 1 << (level - tile)
        span = range(start, start + count)
        row = self._leaves(span) if tile == 0 else self._nodes(tile, span)
        if len(row) != count:
            raise LookupError(f"the sealed tree has a hole at level {level}, place {index}")
        while len(row) > 1:
            row = [parent(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
        return row[0]

    def _leaves(self, span: range) -> list[bytes]:
        rows = Leaf.objects.filter(index__gte=span.start, index__lt=span.stop).order_by("index")
        return [bytes.fromhex(leaf) for leaf in rows.values_list("event__leaf_hash", flat=True)]

    def _nodes(self, level: int, span: range) -> list[bytes]:
        rows = Node.objects.filter(level=level, index__gte=span.start, index__lt=span.stop).order_by("index")
        return [bytes.fromhex(node) for node in rows.values_list("hash", flat=True)]
