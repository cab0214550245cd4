"""A mirror: it takes what a log publishes, if that grows out of what it took before, and keeps it."""

from collections.abc import Callable

import msgspec

from domain.log_keys import follows
from domain.refusals import IntegrityFailure
from ledger import merkle
from ledger.mapper import Stored
from ledger.mirroring.differing import check_kept, compare, forked, shorter
from ledger.mirroring.events import events_of
from ledger.mirroring.following import Followed
from ledger.mirroring.kept import Kept
from ledger.mirroring.refusals import (
    KeyUsurped,
    MirrorDamaged,
    NothingPublished,
    PieceMissing,
    PolicyMissing,
    TileChanged,
)
from ledger.mirroring.shown import Shown
from ledger.mirroring.source import Source
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.disposed_bodies import take_out
from ledger.proving.folder import CHECKPOINT
from ledger.proving.note import Note, note_at
from ledger.proving.pieces import mirror_path
from ledger.proving.policy import policy
from ledger.proving.publishing import signed_in_turn
from ledger.proving.refusals import RecordForked
from ledger.proving.tiles import WIDTH, Tile, entry_bundles, first_and_last, hashes_in, tiles

Progress = Callable[[int], None]
_REMEDY = "keep both and ask who publishes it; two checkpoints of one key that do not fit each other convict its holder"


class Missing(msgspec.Struct, frozen=True):
    """How many positions of a log that were signed are not in the one that was opened after it, as that says itself."""

    log: str
    opened: str
    kept: int
    missing: int
    authority: str


class Mirrored(msgspec.Struct, frozen=True):
    """How far a mirror has come: events, those taken now, root, seals checked or not, bodies not shown to it."""

    origin: str
    events: int
    taken: int
    root: str
    seals: int
    unread_seals: int
    withheld: int
    tree_only: bool
    missing: tuple[Missing, ...] = ()


class Mirror:
    """Follows one log into one folder."""

    def __init__(self, source: Source, kept: Kept) -> None:
        self._source = source
        self._shown = Shown(source)
        self._kept = kept
        self._growth = merkle.Growth(0, ())
        self._followed: Followed | None = None
        self._accepted: Checkpoint | None = None
        self._tree_only = False

    def follow(self, *, whole: bool = False, progress: Progress | None = None) -> Mirrored:
        """Take what has come since the last time; `whole` compares all that was taken before again too.

        Raises:
            NothingPublished: there is no log there.
            PolicyMissing: it is not known whose log it should be.
            IntegrityFailure: what is shown does not grow out of what was accepted, each by its own name.
        """
        with self._kept.alone():
            self._recall()
            data = self._source.read(CHECKPOINT)
            if data is None:
                raise NothingPublished("no checkpoint is published there", where="source")
            signed = note_at(CHECKPOINT, data)
            shown, before = checkpoint(signed), self._accepted
            try:
                self._take(signed, shown, progress)
                if whole:
                    compare(self._kept, self._shown, shown.size)
            except IntegrityFailure as refusal:
                self._followed = None  # it has seen what was not accepted
                file = self._kept.keep_refused(data, shown.size, shown.root)
                told = f"{refusal.what}. Accepted: {before or 'nothing yet'}. Shown: {shown}"
                raise type(refusal)(told, where=refusal.where, remedy=f"{_REMEDY}; it is in {file}") from None
            return self._report(shown, 0 if before is None else before.size)

    def _report(self, shown: Checkpoint, before: int) -> Mirrored:
        followed = self._state()
        return Mirrored(
            origin=shown.origin,
            events=shown.size,
            taken=shown.size - before,
            root=shown.root.hex(),
            seals=followed.seals,
            unread_seals=followed.unread_seals,
            withheld=followed.withheld,
            tree_only=self._tree_only,
            missing=tuple(
                Missing(each.from_log, each.to_log, each.kept, each.last - each.kept, each.authority)
                for each in followed.openings
            ),
        )

    def _state(self) -> Followed:
        assert self._followed is not None  # noqa: S101 - recalled
        return self._followed

    def _recall(self) -> None:
        """Read again what was accepted, and check that it is still that."""
        if self._followed is not None:
            return
        written = self._kept.policy()
        if written is None:
            raise PolicyMissing("nobody has said which key the log has", remedy="say so the first time: --policy FILE")
        keys, accepted = policy(written).keys, self._kept.accepted()
        if not keys:
            raise PolicyMissing("the policy names no key of a log", remedy="`ledger1540 key --policy` writes one")
        followed, growth = Followed(keys[0].key.name, keys), merkle.Growth(0, ())
        for tile, leaves in self._kept.leaves(0 if accepted is None else accepted.size):
            growth.extend(leaves)
            self._follow(followed, tile, self._kept.events(tile, leaves))
        if accepted is not None and growth.root() != accepted.root:
            raise MirrorDamaged(
                f"what is kept has the root {growth.root().hex()}, and {accepted} was accepted",
                remedy="begin another mirror",
            )
        self._followed, self._growth, self._accepted = followed, growth, accepted

    def _follow(self, followed: Followed, tile: Tile, events: list[Stored] | None) -> None:
        if tile.index == 0:
            self._tree_only = events is None
        if events is None and not self._tree_only:
            raise PieceMissing(f"the events of {tile.path()} are not shown, and those before them were")
        for event in events or ():
            if event.position > followed.position and not self._tree_only:
                followed.take(event)

    def _take(self, signed: Note, shown: Checkpoint, progress: Progress | None) -> None:
        followed, before = self._state(), self._accepted or Checkpoint(shown.origin, 0, merkle.EMPTY)
        if before.size and follows(shown.origin, before.origin):
            check_kept(self._kept, self._shown, before, shown)
        known = bool(signed.signed_by([each.key for each in followed.keys]))
        if known or shown.size <= before.size:  # else a key that the log is about to name may have signed it
            signed_in_turn(signed, followed.keys)
        if shown.size < before.size:
            raise shorter(self._kept, before.size, shown)
        if shown.size == before.size and shown.root != before.root:
            raise RecordForked("another history of the same size is shown")
        try:
            growth = self._grown(followed, before, shown, progress)
        except KeyUsurped:
            raise
        except IntegrityFailure:
            if not known:
                signed_in_turn(signed, followed.keys)
            elif forked(self._shown, before, shown):
                raise RecordForked("another history is shown, which does not begin with what was accepted") from None
            raise
        signed_in_turn(signed, followed.keys)
        take_out(self._kept.folder, followed.disposed)
        self._kept.accept(signed, before.size)
        self._growth, self._accepted = growth, shown

    def _grown(
        self, followed: Followed, before: Checkpoint, shown: Checkpoint, progress: Progress | None
    ) -> merkle.Growth:
        """Put what is new into the folder, and return the tree over it, which is the one that is shown."""
        growth = self._growth.copied()
        for tile in entry_bundles(shown.size, before.size):
            leaves = self._shown.leaves(tile)
            first = first_and_last(tile)[0]
            known = self._known(tile, before.size)
            if leaves[: len(known)] != known:
                raise TileChanged(f"{Tile(0, tile.index, tile.width).path()} is no longer what it was")
            growth.extend(leaves[len(known) :])
            events = events_of(first, leaves, self._shown.piece(tile, Tile.path), self._shown.piece(tile, mirror_path))
            self._follow(followed, tile, events)
            self._kept.put(tile, leaves, events)
            if progress is not None:
                progress(growth.size)
        if growth.root() != shown.root:
            raise TileChanged(f"what is shown has the root {growth.root().hex()}, and not that of its checkpoint")
        for tile in (each for each in tiles(shown.size, before.size) if each.level):
            if self._shown.hashes(tile) != self._kept.tile(tile):
                raise TileChanged(f"{tile.path()} is not what the tiles below it make")
            self._kept.folder.write(tile.path(), self._kept.tile(tile))
        return growth

    def _known(self, tile: Tile, size: int) -> list[bytes]:
        """Return the leaves of a bundle that were accepted before."""
        width = min(max(size - tile.index * WIDTH, 0), tile.width)
        data = self._kept.folder.read(Tile(0, tile.index, width).path()) if width else b""
        return hashes_in(data or b"")[:width]
