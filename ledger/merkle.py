"""The record's Merkle tree: RFC 6962 over complete nodes only, which never change once written.

A node is named by its level (0 for leaves) and its index in that level. Only nodes whose subtree is full are kept, each
with the event that completes it; the root at any size, and every proof, is worked out from them.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

Lookup = Callable[[int, int], bytes]
"""Returns the stored hash of the complete node at (level, index)."""

HASH_BYTES = 32

EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves (RFC 6962 2.1)."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growth:
    """A tree that grows at its right edge; knows only its size and the complete subtrees along that edge."""

    def __init__(self, size: int, peaks: Sequence[bytes]) -> None:
        """Take the roots of the complete subtrees that `size` splits into, largest first."""
        self.size = size
        self._peaks = list(peaks)

    @classmethod
    def of(cls, size: int, lookup: Lookup) -> "Growth":
        """Return the tree of `size` leaves from stored nodes."""
        return cls(size, [lookup(level, index) for level, index in peaks(size)])

    def copied(self) -> "Growth":
        """Return the same tree, to be grown apart from this one."""
        return Growth(self.size, self._peaks)

    def append(self, leaf: bytes) -> bytes:
        """Add a leaf and return the hashes of the nodes that it completes, from the leaf upwards, in one string."""
        index, found, completed = self.size, leaf, leaf
        while index & 1:
            index, found = index >> 1, node_hash(self._peaks.pop(), found)
            completed += found
        self._peaks.append(found)
        self.size += 1
        return completed

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add several leaves."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """Return the root at the present size."""
        return _joined(self._peaks)


def completed_by(position: int) -> int:
    """Return how many nodes the event at a position completes: its leaf, and one for each factor of two."""
    return (position & -position).bit_length()


def covers(level: int, index: int) -> int:
    """Return the position of the event that completes a node."""
    return (index + 1) << level


def hash_at(completed: bytes, level: int) -> bytes:
    """Return the hash of the node at a level among those that one event completes; empty where it has none there."""
    return completed[level * HASH_BYTES : (level + 1) * HASH_BYTES]


def peaks(size: int) -> list[tuple[int, int]]:
    """Return the complete subtrees that a tree of `size` leaves splits into, largest first, as (level, index)."""
    found: list[tuple[int, int]] = []
    start = 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def _joined(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return EMPTY
    joined = hashes[-1]
    for left in reversed(hashes[:-1]):
        joined = node_hash(left, joined)
    return joined


def root(size: int, lookup: Lookup) -> bytes:
    """Return the root of the first `size` leaves."""
    return _joined([lookup(level, index) for level, index in peaks(size)])


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _subtree(start: int, end: int, lookup: Lookup) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return lookup(level, start >> level)
    middle = start + _split(size)
    return node_hash(_subtree(start, middle, lookup), _subtree(middle, end, lookup))


def inclusion_proof(index: int, size: int, lookup: Lookup) -> list[bytes]:
    """Return the path from leaf `index` to the root at `size` (RFC 6962 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_subtree(middle, end, lookup))
            end = middle
        else:
            path.append(_subtree(start, middle, lookup))
            start = middle
    return path[::-1]


def consistency_proof(first: int, second: int, lookup: Lookup) -> list[bytes]:
    """Return the proof that the tree of `first` leaves is the beginning of that of `second` (RFC 6962 2.1.2)."""
    if not 0 < first <= second:
        raise ValueError(f"no consistency from {first} to {second}")
    path: list[bytes] = []
    start, end, whole = 0, second, True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(_subtree(middle, end, lookup))
            end = middle
        else:
            path.append(_subtree(start, middle, lookup))
            start, whole = middle, False
    if not whole:
        path.append(_subtree(start, end, lookup))
    return path[::-1]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """True where `proof` shows `leaf` at `index` under `root` (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistent(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """True where `proof` shows that the second tree begins with the first (RFC 9162 2.1.4.2)."""
    if first == second:
        return not proof and first_root == second_root
    if not 0 < first < second or not proof:
        return False
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
