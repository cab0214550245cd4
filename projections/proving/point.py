"""Where a record stands proven: under a checkpoint, by the last seal that it covers."""

from ledger import opening
from ledger.proving.checkpoint import checkpoint
from ledger.proving.evidence import sealed_under
from ledger.proving.inclusion import NotIncluded
from ledger.proving.note import Note
from ledger.record import Record
from projections.proving.bundle import Point


def point_under(record: Record, note: Note) -> Point:
    """Return where a record stands proven under a signed checkpoint.

    Raises:
        NotUnder: the checkpoint covers no seal.
        NotIncluded: it is not of this record as it is.
    """
    signed = checkpoint(note)
    size = signed.size
    if signed.origin != record.origin or not 0 < size <= record.last_position or record.root(size) != signed.root:
        raise NotIncluded(f"{record.origin} is not what was signed as {signed}", where="checkpoint")
    with opening.snapshot(record.address) as snapshot:
        sealed = sealed_under(snapshot, note)
    return Point(bytes(note).decode(), size, sealed.position, sealed.seal.through, sealed.heads)
