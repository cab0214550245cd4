"""What a witness is asked (C2SP tlog-witness, add-checkpoint): an old size, the proof from there, and a checkpoint."""

import base64
import re

import msgspec

from ledger.merkle import HASH_BYTES
from ledger.proving.keys import decoded
from ledger.proving.note import Note, NoteMalformed, note

PATH = "add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
LONGEST_PROOF = 63
_OLD = re.compile(rb"old (0|[1-9][0-9]{0,18})")
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")


class AddCheckpoint(msgspec.Struct, frozen=True):
    """A checkpoint to be cosigned by a witness that has last seen the log at an old size."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: Note

    def __bytes__(self) -> bytes:
        proof = "".join(f"{base64.b64encode(each).decode()}\n" for each in self.proof)
        return f"old {self.old}\n{proof}\n".encode() + bytes(self.checkpoint)


def add_checkpoint(data: bytes) -> AddCheckpoint:
    """Return the request in some bytes.

    Raises:
        NoteMalformed: it is none.
    """
    head, blank, tail = data.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    old = _OLD.fullmatch(first)
    if old is None or not blank:
        raise NoteMalformed("a witness is asked with an old size, a proof, a blank line and a checkpoint")
    try:
        proof = [decoded(line.decode("ascii")) for line in lines]
    except UnicodeDecodeError:
        raise NoteMalformed("the proof is of hashes in base64") from None
    found = tuple(each for each in proof if each is not None and len(each) == HASH_BYTES)
    if len(found) != len(proof) or len(proof) > LONGEST_PROOF:
        raise NoteMalformed(f"the proof is of at most {LONGEST_PROOF} hashes in base64")
    return AddCheckpoint(int(old[1]), found, note(tail))


def size_in(data: bytes) -> int | None:
    """Return the size that a witness says it has seen, or None where it says none."""
    found = _SIZE.fullmatch(data)
    return None if found is None else int(found[1])
