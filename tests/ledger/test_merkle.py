import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import merkle

# The inputs and roots that Certificate Transparency's implementations test with.
LEAVES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
CONSISTENCY = {
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}


class Tree:
    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.growth = merkle.Growth(0, [])
        for leaf in leaves:
            completed = self.growth.append(merkle.leaf_hash(leaf))
            position = self.growth.size
            assert len(completed) == merkle.completed_by(position) * merkle.HASH_BYTES
            for level in range(merkle.completed_by(position)):
                index = (position >> level) - 1
                assert merkle.covers(level, index) == position
                self.nodes[level, index] = merkle.hash_at(completed, level)

    def lookup(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


def naive(leaves: list[bytes]) -> bytes:
    """RFC 6962 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_come_out(size: int) -> None:
    tree = Tree(LEAVES)
    assert merkle.root(size, tree.lookup).hex() == ROOTS[size]
    assert Tree(LEAVES[:size]).growth.root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_published_inclusion_proofs_come_out(index: int, size: int) -> None:
    proof = merkle.inclusion_proof(index, size, Tree(LEAVES).lookup)
    assert [step.hex() for step in proof] == INCLUSION[index, size]


@pytest.mark.parametrize(("first", "second"), CONSISTENCY)
def test_the_published_consistency_proofs_come_out(first: int, second: int) -> None:
    proof = merkle.consistency_proof(first, second, Tree(LEAVES).lookup)
    assert [step.hex() for step in proof] == CONSISTENCY[first, second]


@given(st.lists(st.binary(max_size=3), max_size=70))
def test_roots_at_every_size_are_those_of_the_definition(leaves: list[bytes]) -> None:
    tree = Tree(leaves)
    for size in range(len(leaves) + 1):
        assert merkle.root(size, tree.lookup) == naive(leaves[:size])
    assert all((index + 1) << level <= len(leaves) for level, index in tree.nodes), "only complete nodes are kept"


@given(st.integers(1, 70), st.data())
def test_every_proof_of_inclusion_convinces_and_a_wrong_one_does_not(size: int, data: st.DataObject) -> None:
    leaves = [bytes([n]) for n in range(size)]
    index = data.draw(st.integers(0, size - 1))
    tree = Tree(leaves)
    proof, root, leaf = merkle.inclusion_proof(index, size, tree.lookup), naive(leaves), merkle.leaf_hash(leaves[index])
    assert merkle.includes(leaf, index, size, proof, root)
    assert not merkle.includes(merkle.leaf_hash(b"other"), index, size, proof, root)
    assert not merkle.includes(leaf, index, size, [*proof, leaf], root)
    assert not merkle.includes(leaf, size, size, proof, root)
    for other in range(size):
        assert merkle.includes(leaf, other, size, proof, root) == (other == index)


@given(st.integers(1, 70), st.data())
def test_every_proof_of_consistency_convinces_and_a_wrong_one_does_not(second: int, data: st.DataObject) -> None:
    leaves = [bytes([n]) for n in range(second)]
    first = data.draw(st.integers(1, second))
    proof = merkle.consistency_proof(first, second, Tree(leaves).lookup)
    before, after = naive(leaves[:first]), naive(leaves)
    assert merkle.consistent(first, second, before, after, proof)
    if first < second:
        assert not merkle.consistent(first, second, merkle.leaf_hash(b"x"), after, proof)
        assert not merkle.consistent(first, second, before, merkle.leaf_hash(b"x"), proof)
        assert not merkle.consistent(first, second, before, after, proof[:-1])


@given(st.integers(0, 200))
def test_a_tree_taken_up_again_from_stored_nodes_grows_as_before(size: int) -> None:
    whole = Tree([bytes([n]) for n in range(201)])
    again = merkle.Growth.of(size, whole.lookup)
    for n in range(size, 201):
        again.append(merkle.leaf_hash(bytes([n])))
    assert again.root() == whole.growth.root()


def test_there_is_no_proof_of_what_is_not_there() -> None:
    tree = Tree(LEAVES)
    with pytest.raises(ValueError, match="no leaf 8"):
        merkle.inclusion_proof(8, 8, tree.lookup)
    with pytest.raises(ValueError, match="no consistency"):
        merkle.consistency_proof(5, 4, tree.lookup)
    assert merkle.consistent(3, 3, b"a", b"a", [])
    assert not merkle.consistent(3, 3, b"a", b"a", [b"x"])
