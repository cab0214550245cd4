"""Checkpoints (C2SP tlog-checkpoint): which log, how many events, and their root, as the text of a signed note."""

import base64
import re

import msgspec

from ledger.merkle import HASH_BYTES
from ledger.proving.keys import decoded
from ledger.proving.note import Note, NoteMalformed

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class Checkpoint(msgspec.Struct, frozen=True):
    """The head of a log: its origin, its size, its root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the text that is signed."""
        root = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), root, *self.extensions))

    def __str__(self) -> str:
        return f"{self.origin} at {self.size} with the root {self.root.hex()}"


def checkpoint(note: Note) -> Checkpoint:
    """Return the checkpoint in a note.

    Raises:
        NoteMalformed: its text is none.
    """
    lines = note.text[:-1].split("\n")
    size, root = (lines[1], decoded(lines[2])) if len(lines) > 2 else ("", None)
    if "" in lines or _SIZE.fullmatch(size) is None or root is None or len(root) != HASH_BYTES:
        raise NoteMalformed("a checkpoint has a line each for its origin, its size and its root")
    return Checkpoint(lines[0], int(size), root, tuple(lines[3:]))
