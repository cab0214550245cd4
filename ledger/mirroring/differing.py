"""What is the matter where a log that is shown does not grow out of what a mirror keeps of it."""

from domain.refusals import IntegrityFailure
from ledger import merkle
from ledger.mirroring.kept import Kept
from ledger.mirroring.refusals import PieceMissing, PositionsMissing, TileChanged
from ledger.mirroring.shown import Shown
from ledger.proving.checkpoint import Checkpoint
from ledger.proving.refusals import RecordForked, RecordRolledBack
from ledger.proving.tiles import ENTRIES, WIDTH, Tile, entry_bundles, tiles


def shorter(kept: Kept, size: int, shown: Checkpoint) -> IntegrityFailure:
    """Return whether a log that is shorter than what is kept is at least its beginning."""
    own = merkle.Growth(0, ())
    for _tile, leaves in kept.leaves(size):
        own.extend(leaves[: shown.size - own.size])
    if own.root() == shown.root:
        return RecordRolledBack("the log is shorter than it was")
    return RecordForked("the log is shorter than it was, and another history")


def forked(pieces: Shown, before: Checkpoint, shown: Checkpoint) -> bool:
    """Return whether what is shown is whole in itself, and begins otherwise than what was accepted."""
    growth, then = merkle.Growth(0, ()), merkle.EMPTY
    try:
        for tile in entry_bundles(shown.size):
            leaves = pieces.leaves(tile)
            cut = min(max(before.size - growth.size, 0), len(leaves))
            growth.extend(leaves[:cut])
            then = growth.root() if growth.size == before.size else then
            growth.extend(leaves[cut:])
    except PieceMissing:
        return False
    return growth.root() == shown.root and then != before.root


def compare(kept_in: Kept, pieces: Shown, size: int) -> None:
    """Compare every piece that is shown with the one that is kept.

    Raises:
        PieceMissing: one is no longer shown.
        TileChanged: one of them differs.
    """
    for tile in (*tiles(size), *entry_bundles(size)):
        kept = kept_in.folder.read(tile.path())
        there = pieces.piece(tile, Tile.path) if tile.level == ENTRIES or kept is None else pieces.hashes(tile)
        if kept is None and there is None:
            continue
        if there is None:
            raise PieceMissing(f"{tile.path()} is no longer shown")
        if there[: len(kept or b"")] != kept:
            raise TileChanged(f"{tile.path()} is no longer what it was")


def check_kept(kept_in: Kept, pieces: Shown, before: Checkpoint, shown: Checkpoint) -> None:
    """Refuse a log that comes after the one that is kept, and does not hold all that is kept of it."""
    kept = in_common(kept_in, pieces, before.size, shown.size)
    if kept < before.size:
        raise PositionsMissing(
            f"{shown.origin} comes after {before.origin}: of the {before.size} events of that which are kept "
            f"here it holds {kept}, and {before.size - kept} are not in it, from position {kept + 1} on"
        )


def in_common(kept: Kept, pieces: Shown, size: int, shown: int) -> int:
    """Return how many of the leaves that are kept are also shown, from the beginning on."""
    count = 0
    for tile, leaves in kept.leaves(size):
        width = min(WIDTH, max(shown - tile.index * WIDTH, 0))
        there = pieces.leaves(Tile(tile.level, tile.index, width)) if width else []
        for own, other in zip(leaves, there, strict=False):
            if own != other:
                return count
            count += 1
    return count
