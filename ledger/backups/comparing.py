"""Comparing what is restored with what was signed: the same history, and whether all of it is at hand."""

from collections.abc import Sequence

from domain.log_keys import LogOpened
from ledger import opening
from ledger.copying import Place
from ledger.database import Snapshot
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.heads import size_of
from ledger.proving.held_keys import HeldKey, changes_in, keys_in
from ledger.proving.keys import VerifierKey
from ledger.proving.log_tree import LogTree
from ledger.proving.note import Note
from ledger.proving.publishing import signed_in_turn
from ledger.proving.refusals import RecordForked


def keys_from(snapshot: Snapshot, key: VerifierKey | None) -> list[HeldKey] | None:
    """Return the keys of a log by one of them, in turn, or None where none is known."""
    return None if key is None else keys_in(snapshot, key)


def head_of(place: Place, size: int) -> Checkpoint:
    """Return the head of what is at hand."""
    with opening.snapshot(place.address) as snapshot:
        return Checkpoint(opening.read(place.address).origin, size, LogTree(snapshot).root(size))


def compare(snapshot: Snapshot, notes: Sequence[Note], keys: list[HeldKey] | None, place: Place) -> list[Note]:
    """Refuse what is not what was signed, naming both heads; return what was signed and reaches further."""
    origin, size, tree = opening.read(place.address).origin, size_of(snapshot), LogTree(snapshot)
    closed = {body.from_log: body.kept for _, body in changes_in(snapshot) if isinstance(body, LogOpened)}
    beyond: list[Note] = []
    for signed in notes:
        head = checkpoint(signed)
        if head.size > closed.get(head.origin, head.size):
            continue  # what is lost of that log is on record
        if head.size > size:
            beyond.append(signed)
            continue
        now = Checkpoint(head.origin if head.origin in closed else origin, head.size, tree.root(head.size))
        if now != head:
            raise RecordForked(f"what was signed is {head}; what is at hand is {now}")
        if keys is not None and head.size:
            signed_in_turn(signed, keys)
    return beyond
