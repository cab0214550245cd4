"""What a published log shows under a checkpoint, piece by piece."""

from collections.abc import Callable

from ledger import merkle
from ledger.mirroring.refusals import PieceMissing, TileChanged
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

    def hashes(self, tile: Tile) -> bytes:
        """Return the hashes of a tile.

        Raises:
            PieceMissing: they are not shown, or not all of them.
            TileChanged: more is shown than they are.
        """
        for each in dict.fromkeys((tile, tile.full())):
            data, length = self._source.read(each.path()), each.width * merkle.HASH_BYTES
            if data is None:
                continue
            if len(data) > length:
                raise TileChanged(f"{each.path()} is longer than {each.width} hashes")
            if len(data) == length:
                return data[: tile.width * merkle.HASH_BYTES]
        raise PieceMissing(f"{tile.path()} is not shown, or not whole")

    def leaves(self, tile: Tile) -> list[bytes]:
        """Return the leaves of a bundle.

        Raises:
            PieceMissing: they are not shown, or not all of them.
            TileChanged: more is shown than they are.
        """
        return hashes_in(self.hashes(Tile(0, tile.index, tile.width)))
