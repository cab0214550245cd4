"""What a published log shows under a checkpoint, piece by piece."""

from collections.abc import Callable

from ledger import merkle
from ledger.mirroring.refusals import PieceMissing
from ledger.mirroring.source import Source
from ledger.proving.tiles import WIDTH, Tile, hashes_in


class Shown:
    """The pieces of a published log."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def piece(self, tile: Tile, path: Callable[[Tile], str]) -> bytes | None:
        """Return a piece, or the full one that has taken its place, None where neither is shown."""
        data = self._source.read(path(tile))
        return data if data is not None or tile.width == WIDTH else self._source.read(path(tile.full()))

    def leaves(self, tile: Tile) -> list[bytes]:
        """Return the leaves of a bundle.

        Raises:
            PieceMissing: they are not shown, or not all of them.
        """
        leaves = Tile(0, tile.index, tile.width)
        found = hashes_in(self.piece(leaves, Tile.path) or b"")[: tile.width]
        if len(found) != tile.width or any(len(each) != merkle.HASH_BYTES for each in found):
            raise PieceMissing(f"{leaves.path()} is not shown, or not whole")
        return found
