"""What an answer is proved with: the path of an event to a checkpoint, and the heads under the last seal in it."""

import msgspec

from domain.header import decode_body
from domain.refusals import NotFound
from domain.seals import STREAM, HeadsSealed
from ledger.database import Snapshot
from ledger.proving.checkpoint import checkpoint
from ledger.proving.head_tree import HeadTree
from ledger.proving.heads import heads_at
from ledger.proving.inclusion import Inclusion
from ledger.proving.log_tree import LogTree
from ledger.proving.note import Note
from ledger.refusals import EventDamaged

_SEALS = """SELECT e.position, b.body FROM events AS e JOIN bodies AS b USING (position)
WHERE e.stream = ? AND e.position <= ? ORDER BY e.position DESC"""


class NotUnder(NotFound):
    """Nothing of the kind is under the checkpoint."""


class Sealed(msgspec.Struct, frozen=True):
    """A seal, where it is, and the heads that it is over."""

    position: int
    seal: HeadsSealed
    heads: HeadTree


def inclusion_of(snapshot: Snapshot, position: int, signed: Note) -> Inclusion:
    """Return the proof that the event at a position is under a signed checkpoint of this record.

    Raises:
        NotUnder: it was recorded later.
    """
    size = checkpoint(signed).size
    if not 1 <= position <= size:
        raise NotUnder(f"position {position} is not under the checkpoint of {size} events", where="position")
    return Inclusion(position - 1, tuple(LogTree(snapshot).inclusion(position, size)), signed)


def sealed_under(snapshot: Snapshot, signed: Note) -> Sealed:
    """Return the last seal under a signed checkpoint of this record; an answer is complete up to its `through`.

    Raises:
        NotUnder: there is none.
        EventDamaged: what the database holds is not what was sealed.
    """
    size = checkpoint(signed).size
    for position, body in snapshot.rows(_SEALS, (STREAM, size)):
        seal = decode_body(body, HeadsSealed, where=f"position {position}")
        heads = heads_at(snapshot, seal.through)
        if (len(heads), heads.root().hex()) != (seal.streams, seal.root):
            raise EventDamaged(f"the heads are not those sealed through {seal.through}", where=f"position {position}")
        return Sealed(position, seal, heads)
    raise NotUnder(f"no heads are sealed under the checkpoint of {size} events", remedy="`ledger1540 checkpoint`")
