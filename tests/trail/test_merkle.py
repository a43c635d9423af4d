"""The tree of RFC 6962: known answers, and proofs that hold for every size and for nothing else."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from qms.trail import merkle

# The eight leaves and roots of the Certificate Transparency reference tests.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def slow_root(leaves: list[bytes]) -> bytes:
    """The definition in RFC 6962, 2.1, word for word."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else merkle.EMPTY
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.parent(slow_root(leaves[:split]), slow_root(leaves[split:]))


def subtree_of(leaves: list[bytes]) -> merkle.Subtree:
    return lambda level, index: slow_root(leaves[index << level : (index + 1) << level])


def numbered(count: int) -> list[bytes]:
    return [leaf(b"%d" % number) for number in range(count)]


def test_the_frontier_gives_the_roots_of_the_reference_tests() -> None:
    frontier: list[bytes] = []
    for size, (data, root) in enumerate(zip(INPUTS, ROOTS, strict=True)):
        merkle.grow(frontier, size, leaf(bytes.fromhex(data)))
        assert merkle.root(frontier).hex() == root


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.integers(1, 600))
@settings(deadline=None)
def test_growing_gives_the_defined_root_and_every_full_subtree_once(count: int) -> None:
    leaves = numbered(count)
    frontier: list[bytes] = []
    done: dict[tuple[int, int], bytes] = {}
    for size, each in enumerate(leaves):
        for level, index, node in merkle.grow(frontier, size, each):
            assert (level, index) not in done
            done[level, index] = node
    assert merkle.root(frontier) == slow_root(leaves)
    assert frontier == merkle.frontier_of(count, subtree_of(leaves))
    assert all(node == subtree_of(leaves)(level, index) for (level, index), node in done.items())


@given(st.data())
@settings(deadline=None)
def test_an_inclusion_proof_leads_to_the_root_and_no_other_leaf_or_place_does(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    leaves = numbered(size)
    proof = merkle.inclusion_proof(index, size, subtree_of(leaves))
    assert merkle.root_from_inclusion(index, size, leaves[index], proof) == slow_root(leaves)
    assert merkle.root_from_inclusion(index, size, leaf(b"other"), proof) != slow_root(leaves)
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index)) if size > 1 else size
    assert merkle.root_from_inclusion(other, size, leaves[index], proof) != slow_root(leaves)


@given(st.data())
@settings(deadline=None)
def test_a_consistency_proof_holds_and_a_forked_tree_has_none(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 300))
    old = data.draw(st.integers(1, new))
    leaves = numbered(new)
    old_root, new_root = slow_root(leaves[:old]), slow_root(leaves)
    proof = merkle.consistency_proof(old, new, subtree_of(leaves))
    assert merkle.is_consistent(old, new, old_root, new_root, proof)
    forked = slow_root([*leaves[: old - 1], leaf(b"forged")])
    assert not merkle.is_consistent(old, new, forked, new_root, proof)
    assert not merkle.is_consistent(old, new, old_root, leaf(b"forged"), proof)
