"""Tiles (C2SP tlog-tiles): the tree in pieces of 256 hashes, each at a path that never changes."""

import re
from collections.abc import Iterator

import msgspec

from ledger.merkle import HASH_BYTES, node_hash

WIDTH = 256
HEIGHT = 8
ENTRIES = "entries"
PARTIAL = ".p/"
"""Between the path of a full tile and the width of the part of it that is there."""
_PATH = re.compile(r"tile/([0-9]|[1-5][0-9]|6[0-3]|entries)((?:/x[0-9]{3})*/[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class Tile(msgspec.Struct, frozen=True):
    """A piece of the tree: its level (or `entries`), its index there, and how many hashes it has."""

    level: int | str
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Return where it is under the log's prefix."""
        return tile_path(str(self.level), self.index, self.width)

    def full(self) -> "Tile":
        """Return the full tile that this is part of."""
        return Tile(self.level, self.index)


def tile_path(room: str, index: int, width: int) -> str:
    """Return the path of a tile in a room."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    place = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{room}/{place}{'' if width == WIDTH else f'{PARTIAL}{width}'}"


def tile_at(path: str) -> Tile | None:
    """Return the tile that a path names, or None where it names none."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level = found[1] if found[1] == ENTRIES else int(found[1])
    tile = Tile(level, int(found[2].replace("/", "").replace("x", "")), int(found[3] or WIDTH))
    return tile if tile.path() == path and tile.width <= WIDTH else None


def tiles(size: int, since: int = 0) -> Iterator[Tile]:
    """Yield the tiles of a tree, from the leaves up, leaving out those that were full when it had `since` leaves."""
    level = 0
    while size:
        for index in range((since // WIDTH), size // WIDTH):
            yield Tile(level, index)
        if size % WIDTH:
            yield Tile(level, size // WIDTH, size % WIDTH)
        level, size, since = level + 1, size // WIDTH, since // WIDTH


def entry_bundles(size: int, since: int = 0) -> Iterator[Tile]:
    """Yield the bundles of entries of a tree in the same way."""
    return (Tile(ENTRIES, each.index, each.width) for each in tiles(size, since) if each.level == 0)


def first_and_last(tile: Tile) -> tuple[int, int]:
    """Return the first and the last position of a bundle of entries."""
    first = tile.index * WIDTH + 1
    return first, first + tile.width - 1


def hashes_in(data: bytes) -> list[bytes]:
    """Return the hashes of a tile."""
    return [data[start : start + HASH_BYTES] for start in range(0, len(data), HASH_BYTES)]


def root_of(full: list[bytes]) -> bytes:
    """Return the root over a full tile, which is a hash of the level above."""
    while len(full) > 1:
        full = [node_hash(full[place], full[place + 1]) for place in range(0, len(full), 2)]
    return full[0]


def bundle(entries: Iterator[bytes]) -> bytes:
    """Return entries as a bundle: each behind its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
