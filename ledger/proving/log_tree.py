"""The record's own tree, read from what is committed: its roots, and the proofs in it."""

from ledger import merkle
from ledger.database import Snapshot
from ledger.refusals import EventDamaged


class LogTree:
    """The stored nodes of one committed state."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def node(self, level: int, index: int) -> bytes:
        """Return the stored hash of a complete node.

        Raises:
            EventDamaged: it is not there.
        """
        position = merkle.covers(level, index)
        row: tuple[bytes] | None = self._snapshot.row("SELECT hashes FROM nodes WHERE position = ?", (position,))
        found = b"" if row is None else merkle.hash_at(row[0], level)
        if len(found) != merkle.HASH_BYTES:
            raise EventDamaged(f"tree node {level}/{index} is missing", where=f"position {position}")
        return found

    def root(self, size: int) -> bytes:
        """Return the root when the record had so many events."""
        return merkle.root(size, self.node)

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """Return the path from the event at a position to the root at a size."""
        return merkle.inclusion_proof(position - 1, size, self.node)

    def consistency(self, first: int, second: int) -> list[bytes]:
        """Return the proof that the record at one size is the beginning of that at another."""
        return merkle.consistency_proof(first, second, self.node)

    def growth(self, size: int) -> merkle.Growth:
        """Return the tree at a size, to be grown further."""
        return merkle.Growth.of(size, self.node)
