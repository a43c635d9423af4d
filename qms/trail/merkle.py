"""The Merkle tree of RFC 6962, section 2: roots from a frontier, inclusion and consistency proofs. Pure functions.

Hashes are 32 bytes. A frontier is the list of roots of the full subtrees a tree of n leaves falls into, biggest first:
as many as n has ones in binary, so growing the tree by a leaf costs O(log n) and nothing else need be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

Subtree = Callable[[int, int], bytes]
"""(level, index) → root of the full subtree of 2**level leaves beginning at leaf index · 2**level."""

EMPTY = hashlib.sha256(b"").digest()


def parent(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\1" + left + right).digest()


def grow(frontier: list[bytes], size: int, leaf: bytes) -> list[tuple[int, int, bytes]]:
    """Append one leaf in place. Out: the full subtrees this completed, as (level, index, root), smallest first."""
    done = [(0, size, leaf)]
    node, level = leaf, 0
    while size >> level & 1:
        node = parent(frontier.pop(), node)
        level += 1
        done.append((level, size >> level, node))
    frontier.append(node)
    return done


def root(frontier: Iterable[bytes]) -> bytes:
    """The root of the whole tree: the frontier folded from its smallest subtree up."""
    nodes = list(frontier)
    if not nodes:
        return EMPTY
    folded = nodes.pop()
    while nodes:
        folded = parent(nodes.pop(), folded)
    return folded


def frontier_of(size: int, subtree: Subtree) -> list[bytes]:
    """The frontier of the first `size` leaves."""
    return [subtree(level, index) for level, index in _full_subtrees(0, size)]


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The audit path of a leaf, from its neighbour up (RFC 6962, 2.1.1). Raises ValueError outside the tree."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return _path(index, 0, size, subtree)


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Proof that the tree of `new` leaves begins with that of `old` (RFC 6962, 2.1.2)."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from {old} to {new}")
    return _subproof(old, 0, new, True, subtree)


def root_from_inclusion(index: int, size: int, leaf: bytes, proof: list[bytes]) -> bytes | None:
    """The root that this path leads to, or None for a path of the wrong length (RFC 9162, 2.1.3.2)."""
    if index >= size:
        return None
    node, last = leaf, size - 1
    for sibling in proof:
        if last == 0:
            return None
        if index & 1 or index == last:
            node = parent(sibling, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = parent(node, sibling)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    """Whether the proof shows that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    path = proof if old & (old - 1) else [old_root, *proof]
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    left = right = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            left, right = parent(node, left), parent(node, right)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            right = parent(right, node)
        first, last = first >> 1, last >> 1
    return last == 0 and left == old_root and right == new_root


def _split(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << (count - 1).bit_length() - 1


def _full_subtrees(start: int, count: int) -> list[tuple[int, int]]:
    parts = []
    for level in range(count.bit_length() - 1, -1, -1):
        if count >> level & 1:
            parts.append((level, start >> level))
            start += 1 << level
    return parts


def _range_root(start: int, count: int, subtree: Subtree) -> bytes:
    return root(subtree(level, index) for level, index in _full_subtrees(start, count))


def _path(index: int, start: int, count: int, subtree: Subtree) -> list[bytes]:
    if count == 1:
        return []
    middle = _split(count)
    if index < middle:
        return [*_path(index, start, middle, subtree), _range_root(start + middle, count - middle, subtree)]
    return [
        *_path(index - middle, start + middle, count - middle, subtree),
        _range_root(start, middle, subtree),
    ]


def _subproof(old: int, start: int, count: int, whole: bool, subtree: Subtree) -> list[bytes]:
    if old == count:
        return [] if whole else [_range_root(start, count, subtree)]
    middle = _split(count)
    if old <= middle:
        right = _range_root(start + middle, count - middle, subtree)
        return [*_subproof(old, start, middle, whole, subtree), right]
    left = _range_root(start, middle, subtree)
    return [*_subproof(old - middle, start + middle, count - middle, False, subtree), left]
