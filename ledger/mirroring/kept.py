"""What a mirror keeps: a published log of its own, as far as it was accepted, and the policy it is followed by.

The checkpoint is the state: it is written last, and what lies beyond it counts for nothing.
"""

import fcntl
import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from ledger.export import log_lines
from ledger.mapper import Stored
from ledger.mirroring.events import events_of
from ledger.mirroring.refusals import FolderTaken, MirrorDamaged
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.folder import CHECKPOINT, Folder
from ledger.proving.note import Note, note
from ledger.proving.pieces import mirror_path
from ledger.proving.tiles import (
    ENTRIES,
    WIDTH,
    Tile,
    bundle,
    entry_bundles,
    first_and_last,
    hashes_in,
    root_of,
    tiles,
)

POLICY = "policy"
REFUSED = "refused"
_LOCK = ".lock"


class Kept:
    """The folder of a mirror."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    @contextmanager
    def alone(self) -> Generator[None]:
        """Keep other processes from following into the same folder meanwhile."""
        self.folder.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder.path / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def accepted(self) -> Checkpoint | None:
        """Return the last checkpoint that was accepted, if any was."""
        data = self.folder.read(CHECKPOINT)
        return None if data is None else checkpoint(note(data))

    def policy(self) -> str | None:
        """Return the policy by which the log is followed, if there is one."""
        data = self.folder.read(POLICY)
        return None if data is None else data.decode()

    def check_ours(self) -> None:
        """Refuse a folder that holds something else than a mirror.

        Raises:
            FolderTaken: it does.
        """
        path = self.folder.path
        if path.is_dir() and self.policy() is None and any(each.name != _LOCK for each in path.iterdir()):
            raise FolderTaken(f"{path} holds something, and no mirror", remedy="name an empty folder, or a new one")

    def put_policy(self, written: str) -> None:
        """Follow by another policy from now on.

        Raises:
            FolderTaken: what is there is no mirror.
        """
        self.check_ours()
        self.folder.write(POLICY, written.encode())

    def leaves(self, size: int) -> Iterator[tuple[Tile, list[bytes]]]:
        """Yield the leaves that were accepted, tile by tile.

        Raises:
            MirrorDamaged: some are gone.
        """
        for tile in entry_bundles(size):
            data = self.folder.read(_of_leaves(tile).path())
            if data is None or len(data) < tile.width * 32:
                raise MirrorDamaged(f"{_of_leaves(tile).path()} is gone", where=str(self.folder.path))
            yield tile, hashes_in(data)[: tile.width]

    def events(self, tile: Tile, leaves: Sequence[bytes]) -> list[Stored] | None:
        """Return the events of a bundle, or None where only the tree was published."""
        read = self.folder.read
        return events_of(first_and_last(tile)[0], leaves, read(tile.path()), read(mirror_path(tile)))

    def put(self, tile: Tile, leaves: Sequence[bytes], events: Sequence[Stored] | None) -> None:
        """Write a bundle: its leaves, and its events with the bodies that are known."""
        self.folder.write(_of_leaves(tile).path(), b"".join(leaves))
        if events is not None:
            self.folder.write(tile.path(), bundle(each.header for each in events))
            self.folder.write(mirror_path(tile), b"".join(log_lines(events, lambda _header: True)))

    def tile(self, tile: Tile) -> bytes:
        """Return a tile over the leaves that are here, worked out from the tiles below it."""
        if tile.level == 0:
            return self.folder.read(tile.path()) or b""
        below = (Tile(int(tile.level) - 1, tile.index * WIDTH + place) for place in range(tile.width))
        return b"".join(root_of(hashes_in(self.folder.read(each.path()) or b"")) for each in below)

    def accept(self, signed: Note, before: int) -> None:
        """Take a checkpoint as the last one, over what was put here since the one before."""
        size = checkpoint(signed).size
        self.folder.write(CHECKPOINT, bytes(signed))
        for tile in (*tiles(size, before), *entry_bundles(size, before)):
            if tile.width == WIDTH:
                self.folder.remove_partial(tile.path())
                if tile.level == ENTRIES:
                    self.folder.remove_partial(mirror_path(tile))

    def keep_refused(self, data: bytes, size: int, root: bytes) -> str:
        """Keep a checkpoint that was not accepted: with the accepted one it may convict who signed both."""
        name = f"{REFUSED}/{size}-{root.hex()[:16]}"
        self.folder.write(name, data)
        return str(self.folder.path / name)


def _of_leaves(tile: Tile) -> Tile:
    return Tile(0, tile.index, tile.width)
