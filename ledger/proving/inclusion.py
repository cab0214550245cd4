"""The proof of a single event (C2SP tlog-proof): its place, its path to the root, and the checkpoint over it."""

import base64
import re

import msgspec

from domain.refusals import IntegrityFailure
from ledger.merkle import HASH_BYTES, includes
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.keys import decoded
from ledger.proving.note import Note, NoteMalformed, note

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA = "extra "
_LONGEST_PATH = 63


class NotIncluded(IntegrityFailure):
    """The proof does not lead from the event to the root."""


class Inclusion(msgspec.Struct, frozen=True):
    """What a `.tlog-proof` holds."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes | None = None

    def __bytes__(self) -> bytes:
        extra = () if self.extra is None else (f"{_EXTRA}{base64.b64encode(self.extra).decode()}",)
        lines = (_FIRST, *extra, f"index {self.index}", *(base64.b64encode(each).decode() for each in self.path), "")
        return "".join(f"{line}\n" for line in lines).encode() + bytes(self.checkpoint)

    def check(self, leaf: bytes) -> Checkpoint:
        """Return the checkpoint under which a leaf is; who signed that is for the reader to ask.

        Raises:
            NotIncluded: the path does not lead there.
        """
        found = checkpoint(self.checkpoint)
        if not includes(leaf, self.index, found.size, self.path, found.root):
            raise NotIncluded(f"event {self.index + 1} is not under {found}")
        return found


def inclusion(data: bytes) -> Inclusion:
    """Return the proof in some bytes.

    Raises:
        NoteMalformed: it is none.
    """
    head, blank, tail = data.partition(b"\n\n")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise NoteMalformed("the lines of a proof are in ASCII") from None
    extra = None
    if lines and lines[0].startswith(_EXTRA):
        extra = decoded(lines.pop(0).removeprefix(_EXTRA))
        if extra is None:
            raise NoteMalformed("what is extra in a proof is in base64")
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if first != _FIRST or not blank or index is None:
        raise NoteMalformed(f"a proof begins with {_FIRST} and the index of the event")
    path = [decoded(each) for each in lines[1:]]
    found = tuple(each for each in path if each is not None and len(each) == HASH_BYTES)
    if len(found) != len(path) or len(path) > _LONGEST_PATH:
        raise NoteMalformed("the path of a proof is of hashes in base64")
    return Inclusion(int(index[1]), found, note(tail), extra)
