"""The checkpoints that have a time stamp, each in a file beside the signer's memory, and their renewal in time."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from ledger.proving.checkpoint import checkpoint
from ledger.proving.note import Note, note
from ledger.proving.time_stamp import Stamped, read, stamps_of
from ledger.vault.private_files import make_folder, write_over

FOLDER = "stamped"
EARLY = timedelta(days=90)
"""How long before its authority's certificate runs out a time stamp is renewed."""


class Stamps:
    """The stamped checkpoints of a log, by size."""

    def __init__(self, signer_folder: Path) -> None:
        self.folder = signer_folder / FOLDER

    def put(self, signed: Note) -> None:
        """Keep a checkpoint with its time stamps, in place of the same one with fewer."""
        if not self.folder.exists():
            make_folder(self.folder)
        write_over(self.folder / f"{checkpoint(signed).size:019}", bytes(signed))

    def __iter__(self) -> Iterator[Note]:
        """Yield them in order of size.

        Raises:
            NoteMalformed: a file is none.
        """
        if self.folder.is_dir():
            for file in sorted(self.folder.iterdir()):
                if file.name.isdigit():
                    yield note(file.read_bytes())

    def running_out(self, now: datetime) -> Iterator[tuple[Note, Stamped]]:
        """Yield those whose last time stamp is soon no longer vouched for.

        Raises:
            StampWrong: a time stamp cannot be read.
        """
        for signed in self:
            last = read(stamps_of(signed)[-1])
            if last.until - EARLY <= now:
                yield signed, last

    def renew(self, now: datetime, stamp: Callable[[Note], Note]) -> int:
        """Have each of those stamped again, over the stamps that it has; return how many there were."""
        count = 0
        for signed, _ in list(self.running_out(now)):
            self.put(stamp(signed))
            count += 1
        return count
