"""The files of a published log: tiles, bundles of headers, and the events for those who may read them."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import msgspec

from domain.header import leaf_hash
from ledger import merkle
from ledger.database import Snapshot, markers
from ledger.export import MaySee, log_lines
from ledger.mapper import Stored
from ledger.proving.log_tree import LogTree
from ledger.proving.tiles import (
    HEIGHT,
    WIDTH,
    Tile,
    bundle,
    entry_bundles,
    first_and_last,
    root_of,
    tile_path,
    tiles,
)
from ledger.refusals import EventDamaged

MIRROR = "mirror"
_STORED = """SELECT e.position, e.header, b.body, b.nonce FROM events AS e LEFT JOIN bodies AS b USING (position)
WHERE e.position BETWEEN ? AND ? ORDER BY e.position"""


class Publishing(msgspec.Struct, frozen=True, kw_only=True):
    """What is published beside the tree: the headers, and for whom the events themselves."""

    entries: bool = False
    mirror: MaySee | None = None


class Piece(NamedTuple):
    """A file of a published log."""

    path: str
    settled: int | None
    """The size from which on it stays as it is, None while it is partial."""
    length: int | None
    """How many bytes it has, where its place alone says so."""
    data: Callable[[], bytes]


def pieces(snapshot: Snapshot, size: int, what: Publishing) -> Iterator[Piece]:
    """Yield the pieces of a log of a size, whose bytes are made when they are asked for."""
    for tile in tiles(size):
        settled = (tile.index + 1) * WIDTH ** (int(tile.level) + 1) if tile.width == WIDTH else None
        yield Piece(tile.path(), settled, tile.width * merkle.HASH_BYTES, partial(_tile, snapshot, tile))
    for tile in entry_bundles(size):
        settled = first_and_last(tile)[1] if tile.width == WIDTH else None
        if what.entries:
            yield Piece(tile.path(), settled, None, partial(_entries, snapshot, tile))
        if what.mirror is not None:
            yield Piece(mirror_path(tile), settled, None, partial(_events, snapshot, tile, what.mirror))


def mirror_path(tile: Tile) -> str:
    """Return where the events of a bundle are, as lines of the export."""
    return tile_path(MIRROR, tile.index, tile.width).removeprefix("tile/")


def _tile(snapshot: Snapshot, tile: Tile) -> bytes:
    """Return the bytes of a tile, hashed up to the nodes above it, which the signed root stands on."""
    level, first = int(tile.level) * HEIGHT, tile.index * WIDTH
    places = [merkle.covers(level, first + each) for each in range(tile.width)]
    statement = f"SELECT position, hashes FROM nodes WHERE position IN ({markers(len(places))})"  # noqa: S608
    rows: dict[int, bytes] = dict(snapshot.rows(statement, places))
    hashes = [merkle.hash_at(rows.get(place, b""), level) for place in places]
    if any(len(each) != merkle.HASH_BYTES for each in hashes):
        raise EventDamaged("tree nodes are missing", where=f"up to position {places[-1]}")
    tree = LogTree(snapshot)
    for height, place in merkle.peaks(tile.width):
        below = hashes[place << height : (place + 1) << height]
        if root_of(below) != tree.node(level + height, (first >> height) + place):
            where = f"up to position {places[-1]}"
            raise EventDamaged("tree nodes are not the hashes of those below them", where=where)
    return b"".join(hashes)


def _entries(snapshot: Snapshot, tile: Tile) -> bytes:
    return bundle(_checked(snapshot, tile))


def _events(snapshot: Snapshot, tile: Tile, seen: MaySee) -> bytes:
    return b"".join(log_lines((Stored(*row) for row in snapshot.rows(_STORED, first_and_last(tile))), seen))


def _checked(snapshot: Snapshot, tile: Tile) -> Iterator[bytes]:
    tree = LogTree(snapshot)
    for position, header, *_ in snapshot.rows(_STORED, first_and_last(tile)):
        if leaf_hash(header) != tree.node(0, position - 1):
            raise EventDamaged("the header does not have the hash of its leaf", where=f"position {position}")
        yield header
