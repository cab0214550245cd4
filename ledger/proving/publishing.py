"""Publishing a log as tiles (C2SP tlog-tiles): first the pieces, then the checkpoint over them.

What was cut short is ended by doing it again. Nothing is written over a log that is not the beginning of this one.
"""

from collections.abc import Callable, Iterator

from domain.refusals import IntegrityFailure
from ledger import merkle
from ledger.database import Snapshot
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.disposed_bodies import take_out, without_body
from ledger.proving.folder import CHECKPOINT, Folder
from ledger.proving.heads import size_of
from ledger.proving.held_keys import HeldKey
from ledger.proving.log_tree import LogTree
from ledger.proving.note import Note, SignatureWrong, note_at
from ledger.proving.pieces import MIRROR, Publishing, mirror_path, pieces
from ledger.proving.signer import check_grown
from ledger.proving.tiles import (
    ENTRIES,
    PARTIAL,
    WIDTH,
    entry_bundles,
    tile_path,
    tiles,
)

Progress = Callable[[int], None]


class PublishedDiffers(IntegrityFailure):
    """What is published is not what the record holds."""


def publish(
    snapshot: Snapshot, signed: Note, keys: list[HeldKey], folder: Folder, what: Publishing, progress: Progress | None
) -> int:
    """Write the tiles of a signed checkpoint and then the checkpoint; return how many files were written.

    Raises:
        PublishedDiffers: another log is published there, or a tile of this one that is not its own.
        RecordRolledBack: what is published is longer than the record.
        RecordForked: it is another history.
        EventDamaged: the tree is not that of its hashes.
    """
    now = checkpoint(signed)
    before = _before(folder, now.origin, keys)
    check_grown(before, size_of(snapshot), LogTree(snapshot))
    if before.size > now.size:
        return 0  # another process has signed and published more meanwhile, and it grows out of this
    written = 0
    for piece in pieces(snapshot, now.size, what):
        if piece.settled is not None and piece.settled <= before.size and folder.holds(piece.path, piece.length):
            continue
        written += _put(folder, piece.path, piece.data())
        if progress is not None:
            progress(written)
    if folder.read(CHECKPOINT) != bytes(signed):
        folder.write(CHECKPOINT, bytes(signed))
        written += 1
    _remove_partial(folder, before.size)
    return written + take_out(folder, without_body(snapshot, now.size))


def _remove_partial(folder: Folder, size: int) -> None:
    """Remove the partial files of a smaller tree whose full ones are there by now."""
    for tile in (*tiles(size, size), *entry_bundles(size, size)):
        for full in (tile.full().path(), *([mirror_path(tile.full())] if tile.level == ENTRIES else [])):
            if folder.read(full) is not None:
                folder.remove_partial(full)


def published(folder: Folder, keys: list[HeldKey]) -> Checkpoint | None:
    """Return the checkpoint that is published, or None where there is none.

    Raises:
        NoteMalformed: it is none.
        SignatureWrong: it is not signed, or by a key that is not that of its size.
    """
    data = folder.read(CHECKPOINT)
    return None if data is None else signed_in_turn(note_at(str(folder.path / CHECKPOINT), data), keys)


def signed_in_turn(signed: Note, keys: list[HeldKey]) -> Checkpoint:
    """Return the checkpoint in a note that the key in use at its size has signed.

    Raises:
        NoteMalformed: it is none.
        SignatureWrong: it is not signed, or by a key that signs no checkpoint of its size.
    """
    found = checkpoint(signed)
    by = signed.signed_by([each.key for each in keys])
    mine = [each for each in keys if each.key.name == found.origin and each.signs(found.size)]
    if not any(each.key in by for each in mine):
        said = ", ".join(f"{each.name}+{each.key_id.hex()}" for each in signed.signatures)
        raise SignatureWrong(
            f"{found} is signed by {said}, which is not the key of a checkpoint of this size in this log"
        )
    return found


def differences(snapshot: Snapshot, found: Checkpoint | None, folder: Folder) -> Iterator[tuple[str, str]]:
    """Yield what is published under a checkpoint and is not what the record holds: the path, and what is wrong."""
    if found is None:
        yield CHECKPOINT, "no checkpoint is published"
        return
    check_grown(found, size_of(snapshot), LogTree(snapshot))
    entries = _there(folder, tile_path(ENTRIES, 0, min(found.size, WIDTH)), WIDTH) is not None
    for piece in pieces(snapshot, found.size, Publishing(entries=entries)):
        data = piece.data()
        there = _there(folder, piece.path, len(data))
        if there is None:
            yield piece.path, "it is not published"
        elif there != data:
            yield piece.path, "it is not what the record holds"


def _there(folder: Folder, path: str, length: int) -> bytes | None:
    """Return a tile, or the beginning of the full one that has taken its place meanwhile."""
    there = folder.read(path)
    full, partial, _ = path.partition(PARTIAL)
    if there is None and partial:
        there = folder.read(full)
        return None if there is None else there[:length]
    return there


def _before(folder: Folder, origin: str, keys: list[HeldKey]) -> Checkpoint:
    found = published(folder, keys)
    if found is None:
        return Checkpoint(origin, 0, merkle.EMPTY)
    if found.origin != origin:
        raise PublishedDiffers(
            f"{found} is published there, and not {origin}",
            where=str(folder.path),
            remedy="each log has a folder of its own; leave that of a closed log as it is",
        )
    return found


def _put(folder: Folder, path: str, data: bytes) -> int:
    there = folder.read(path)
    if there is None:
        folder.write(path, data)
    elif there != data and not path.startswith(MIRROR):  # a body may have been disposed of, or a right have changed
        raise PublishedDiffers(
            f"{path} is published already, and is something else",
            where=str(folder.path),
            remedy="keep a copy of it, remove it, and publish again: whoever read it has read what is not the record",
        )
    return int(there is None)
