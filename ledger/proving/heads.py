"""The heads of all streams as at a position, read from what is committed."""

from domain.header import decode_header
from ledger.database import Snapshot
from ledger.merkle import HASH_BYTES
from ledger.proving.head_tree import Head, HeadTree
from ledger.refusals import EventDamaged

_HEADS = "SELECT stream, version, leaf FROM heads"
_AFTER = "SELECT position, stream, version, header FROM events WHERE position > ? ORDER BY position"
_LEAVES = f"""SELECT e.stream, e.version, substr(n.hashes, 1, {HASH_BYTES}) AS leaf
FROM events AS e JOIN nodes AS n USING (position) WHERE e.position > ? AND e.position <= ? ORDER BY e.position"""  # noqa: S608


def size_of(snapshot: Snapshot) -> int:
    """Return the last position."""
    found: int = snapshot.row("SELECT coalesce(max(position), 0) FROM events")[0]
    return found


def heads_at(snapshot: Snapshot, through: int) -> HeadTree:
    """Return the heads as at a position: those of now, with what came after undone.

    The first event that a stream has after the position names the leaf of the one before it.

    Raises:
        EventDamaged: a header that came after cannot be read.
    """
    heads = {stream: Head(stream, version, leaf) for stream, version, leaf in snapshot.rows(_HEADS)}
    undone: set[str] = set()
    for position, stream, version, data in snapshot.rows(_AFTER, (through,)):
        if stream in undone:
            continue
        undone.add(stream)
        previous = decode_header(data, where=f"position {position}").previous
        if version == 1:
            heads.pop(stream, None)
        elif previous is None:
            raise EventDamaged("the header names no preceding event", where=f"position {position}")
        else:
            heads[stream] = Head(stream, version - 1, bytes.fromhex(previous))
    return HeadTree(heads.values())


class GrowingHeads:
    """The heads as at the last position looked at; to look again reads only what came since."""

    def __init__(self) -> None:
        self.through = 0
        self._tree: HeadTree | None = None

    def at_the_end_of(self, snapshot: Snapshot) -> HeadTree:
        """Return the heads as at the last position of what is committed; `through` says which that is."""
        last = size_of(snapshot)
        if self._tree is None or last < self.through:
            self._tree = HeadTree(Head(*row) for row in snapshot.rows(_HEADS))
        else:
            self._tree.put(Head(*row) for row in snapshot.rows(_LEAVES, (self.through, last)))
        self.through = last
        return self._tree
