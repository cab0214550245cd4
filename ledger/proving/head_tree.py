"""The tree over the heads of all streams: one leaf for each stream, in order of its name."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from ledger import merkle


class Head(NamedTuple):
    """The last event of a stream: its version and its leaf."""

    stream: str
    version: int
    leaf: bytes

    def line(self) -> bytes:
        """Return the line that stands for it (the record's section 6)."""
        return f"{self.stream}\n{self.version}\n{self.leaf.hex()}\n".encode()


class HeadProof(msgspec.Struct, frozen=True):
    """A head, its place among the sorted heads, and its path to their root."""

    head: Head
    index: int
    path: tuple[bytes, ...]


class HeadTree:
    """The sorted heads, and the nodes over them; only what lies over a change is hashed again."""

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self._heads: dict[str, Head] = {}
        self._names: list[str] = []
        self._levels: list[list[bytes]] = [[]]
        self._changed: set[str] = set()
        self.put(heads)

    def __len__(self) -> int:
        return len(self._heads)

    def put(self, heads: Iterable[Head]) -> None:
        """Set the heads of streams, new ones among them."""
        for head in heads:
            self._heads[head.stream] = head
            self._changed.add(head.stream)

    def root(self) -> bytes:
        """Return the root over all heads."""
        self._settle()
        return self._levels[-1][0] if self._names else merkle.EMPTY

    def proof(self, stream: str) -> HeadProof | None:
        """Return the proof of a stream's head, or None where there is no such stream."""
        self._settle()
        return self._at(bisect_left(self._names, stream)) if stream in self._heads else None

    def neighbours(self, stream: str) -> tuple[HeadProof | None, HeadProof | None]:
        """Return the heads between which a stream that is not there would be; None where it would be at an end."""
        self._settle()
        if stream in self._heads:
            raise ValueError(f"{stream} is there")
        place = bisect_left(self._names, stream)
        return self._at(place - 1), self._at(place)

    def under(self, prefix: str) -> list[HeadProof]:
        """Return the heads of all streams that begin with `prefix`, with the neighbours on both sides."""
        self._settle()
        first, last = bisect_left(self._names, prefix), bisect_left(self._names, prefix + "\x7f")
        return [each for place in range(first - 1, last + 1) if (each := self._at(place)) is not None]

    def __iter__(self) -> Iterator[Head]:
        self._settle()
        return (self._heads[name] for name in self._names)

    def _at(self, index: int) -> HeadProof | None:
        if not 0 <= index < len(self._names):
            return None
        path = merkle.inclusion_proof(index, len(self._names), lambda level, place: self._levels[level][place])
        return HeadProof(self._heads[self._names[index]], index, tuple(path))

    def _settle(self) -> None:
        """Hash what lies over the changes: from the first new stream on all of it, before that path by path."""
        if not self._changed:
            return
        heads, names = self._heads, self._names
        new = self._changed if not names else {name for name in self._changed if not self._stands(name)}
        first = len(names)
        if new:
            first = bisect_left(names, min(new))
            names[first:] = sorted([*names[first:], *new])
        before = names[first] if new else None
        places = {bisect_left(names, name) for name in self._changed if before is None or name < before}
        self._changed = set()
        level = self._levels[0]
        for place in places:
            level[place] = merkle.leaf_hash(heads[names[place]].line())
        level[first:] = [merkle.leaf_hash(heads[name].line()) for name in names[first:]]
        self._climb(places, first)

    def _stands(self, name: str) -> bool:
        place = bisect_left(self._names, name)
        return place < len(self._names) and self._names[place] == name

    def _climb(self, places: set[int], first: int) -> None:
        depth = 0
        while len(below := self._levels[depth]) > 1:
            depth += 1
            if depth == len(self._levels):
                self._levels.append([])
            level, places, first = self._levels[depth], {place >> 1 for place in places}, first >> 1
            for place in (each for each in places if each < first):
                level[place] = merkle.node_hash(below[2 * place], below[2 * place + 1])
            level[first:] = _paired(below, 2 * first)
            places = {place for place in places if place < first}
        del self._levels[depth + 1 :]


def _paired(below: list[bytes], start: int) -> list[bytes]:
    """Return the nodes over a row of nodes from an even place on; the last one alone goes up as it is."""
    row = islice(below, start, None)
    sha256 = hashlib.sha256
    found = [sha256(b"\x01" + left + right).digest() for left, right in zip(row, row, strict=False)]
    return [*found, below[-1]] if (len(below) - start) % 2 else found
