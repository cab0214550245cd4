"""The heads of all streams: their root, their proofs, what lies beside a stream that is not there, at any position."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.header import leaf_hash
from ledger import merkle, opening
from ledger.proving.head_tree import Head, HeadTree
from ledger.proving.heads import GrowingHeads, heads_at
from ledger.record import Record
from tests.ledger import tiny
from tests.ledger.places import Place

NAMES = st.text("AZaz09._/-", min_size=1, max_size=6)
HEADS = st.dictionaries(NAMES, st.integers(1, 99), max_size=24)


def heads_of(versions: dict[str, int]) -> list[Head]:
    return [Head(name, version, leaf_hash(f"{name} {version}".encode())) for name, version in versions.items()]


def plain_root(versions: dict[str, int]) -> bytes:
    """The root as the record's section 6 words it, and nothing else."""
    lines = [
        f"{name}\n{version}\n{leaf_hash(f'{name} {version}'.encode()).hex()}\n".encode()
        for name, version in sorted(versions.items(), key=lambda item: item[0].encode())
    ]
    tree = merkle.Growth(0, ())
    for line in lines:
        tree.append(merkle.leaf_hash(line))
    return tree.root()


def test_the_root_is_what_the_contract_says_also_after_any_changes() -> None:
    @settings(deadline=None)
    @given(st.lists(HEADS, min_size=1, max_size=5))
    def law(changes: list[dict[str, int]]) -> None:
        tree, all_of_them = HeadTree(), dict[str, int]()
        for change in changes:
            all_of_them |= change
            tree.put(heads_of(change))
            assert tree.root() == plain_root(all_of_them)
            assert len(tree) == len(all_of_them)

    law()


def test_every_stream_has_a_proof_and_every_other_has_its_neighbours() -> None:
    @settings(deadline=None)
    @given(HEADS, NAMES)
    def law(versions: dict[str, int], asked: str) -> None:
        tree = HeadTree(heads_of(versions))
        root, names = tree.root(), sorted(versions)

        def proves(found: object, name: str) -> bool:
            proof = tree.proof(name)
            assert proof is not None
            assert proof == found
            leaf = merkle.leaf_hash(proof.head.line())
            return merkle.includes(leaf, proof.index, len(tree), proof.path, root)

        for index, name in enumerate(names):
            proof = tree.proof(name)
            assert proof is not None
            assert proof.index == index
            assert proves(proof, name)
        if asked in versions:
            return
        assert tree.proof(asked) is None
        before, after = tree.neighbours(asked)
        assert [None if each is None else each.head.stream for each in (before, after)] == [
            max((name for name in names if name < asked), default=None),
            min((name for name in names if name > asked), default=None),
        ]
        if before is not None and after is not None:
            assert after.index == before.index + 1

    law()


def test_the_streams_under_a_prefix_come_with_their_neighbours() -> None:
    tree = HeadTree(heads_of(dict.fromkeys(("a/1", "b/1", "b/10", "b/2", "c/1"), 1)))
    assert [each.head.stream for each in tree.under("b/")] == ["a/1", "b/1", "b/10", "b/2", "c/1"]
    assert [each.head.stream for each in tree.under("c/")] == ["b/2", "c/1"]
    assert [each.head.stream for each in tree.under("bb/")] == ["b/2", "c/1"]


def test_the_heads_as_at_every_position_are_those_that_stood_then(copy: Place) -> None:
    with copy.open() as record, opening.snapshot(copy.address) as snapshot:
        then = dict[str, Head]()
        for stored in record.read():
            header = next(iter(record.recorded(stored.position, stored.position))).header
            then[header.stream] = Head(header.stream, header.version, leaf_hash(stored.header))
            assert list(heads_at(snapshot, stored.position)) == [then[name] for name in sorted(then)]


def test_growing_heads_read_only_what_came_since_and_agree(record: Record) -> None:
    growing = GrowingHeads()
    for n in range(5):
        record.submit(tiny.Note(id=f"g{n}", actor="x", text="more", stream=f"note/{n % 3}"))
        with opening.snapshot(record.address) as snapshot:
            tree = growing.at_the_end_of(snapshot)
            assert growing.through == record.last_position
            assert tree.root() == heads_at(snapshot, growing.through).root()
