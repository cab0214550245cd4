"""What verification makes of proofs: seals recomputed, changes of key, what was signed, and what is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from eventsourcing.persistence import PersistenceError

from domain.header import decode_body
from domain.log_keys import STREAM as KEYS
from domain.log_keys import KeyChanged, LogOpened
from domain.recorded import Event
from domain.refusals import Refusal
from domain.seals import STREAM, HeadsSealed
from ledger.finding import Finding
from ledger.proving.head_tree import Head, HeadTree
from ledger.proving.log_tree import LogTree

if TYPE_CHECKING:
    from ledger.database import Snapshot
    from ledger.proving.checkpoint import Checkpoint
    from ledger.proving.folder import Folder
    from ledger.proving.keys import VerifierKey
    from ledger.proving.signer import Signer

T = TypeVar("T")
_SEALS = """SELECT e.position, b.body FROM events AS e JOIN bodies AS b USING (position)
WHERE e.stream = ? ORDER BY e.position"""
_OPENINGS = """SELECT b.body FROM events AS e JOIN bodies AS b USING (position)
WHERE e.stream = ? AND e.topic = ? ORDER BY e.version LIMIT 1"""


def first_log(snapshot: Snapshot) -> str | None:
    """Return the log that was closed first, if one was."""
    with suppress(PersistenceError, Refusal):  # its own check names it
        for (body,) in snapshot.rows(_OPENINGS, (KEYS, LogOpened.topic())):
            return decode_body(body, LogOpened).from_log
    return None


class SealCheck:
    """Follows the events, and works out the heads again wherever a seal says what they were."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.seals: int = 0
        self._tree = HeadTree()
        self._snapshot = snapshot
        self._asked: set[int] | None = None
        self._roots: dict[int, tuple[int, str]] = {}

    def passed(self, position: int, stream: str, version: int, leaf: bytes) -> None:
        """Take the next event."""
        self._tree.put((Head(stream, version, leaf),))
        if self._asked is None:
            self._asked = _throughs(self._snapshot)
        if position in self._asked:
            self._roots[position] = len(self._tree), self._tree.root().hex()

    def wrong_with(self, position: int, log: str, body: Event) -> str | None:
        """Return what is wrong with a seal, a change of key or the opening of a log."""
        if isinstance(body, KeyChanged):
            from ledger.proving.held_keys import wrong_with

            return wrong_with(body, log)
        if isinstance(body, LogOpened):
            from ledger.proving.log_openings import wrong_with_opening

            return wrong_with_opening(body, position)
        if not isinstance(body, HeadsSealed):
            return None
        self.seals += 1
        if body.through >= position:
            return f"it seals heads through position {body.through}, which comes after it"
        if self._asked is not None and body.through not in self._asked:
            return None  # the seals could not be read ahead, which is a finding of its own
        if self._roots.get(body.through) != (body.streams, body.root):
            return f"the seal lies: its root is not that of the heads as at position {body.through}"
        return None


def _throughs(snapshot: Snapshot) -> set[int]:
    """Return the positions through which heads are sealed, as far as they can be read."""
    found: set[int] = set()
    with suppress(PersistenceError):
        for position, body in snapshot.rows(_SEALS, (STREAM,)):
            with suppress(Refusal):  # its own check names it
                found.add(decode_body(body, HeadsSealed, where=f"position {position}").through)
    return found


class _Outside(NamedTuple):
    """What was known outside the record before it was read."""

    last: Checkpoint | Refusal
    key: VerifierKey | Refusal
    stamped: list[tuple[str, bytes]]
    published: bytes | None


class SignedCheck:
    """Compares the record with the signer's memory, and with what is published in a folder."""

    def __init__(self, signer: Signer | None = None, folder: Folder | None = None) -> None:
        self.signed: int | None = None
        self.published: int | None = None
        self._signer = signer
        self._folder = folder
        self._outside: _Outside | None = None

    def look(self) -> None:
        """Read what was signed and published so far: a record that is opened afterwards holds all of it.

        What others sign while the record is read may reach further than what is read of it.
        """
        signer = self._signer
        if signer is None:
            return
        from ledger.proving.folder import CHECKPOINT

        folder = signer.files.folder / "stamped"
        self._outside = _Outside(
            _or_refusal(signer.last),
            _or_refusal(lambda: signer.verifier),
            [(file.name, file.read_bytes()) for file in sorted(folder.iterdir())] if folder.is_dir() else [],
            None if self._folder is None else self._folder.read(CHECKPOINT),
        )

    def run(self, snapshot: Snapshot, size: int) -> Iterator[Finding]:
        """Name what is not as it was signed, or not as it is published, when it was looked at."""
        outside = self._outside
        if outside is None:
            return
        from ledger.proving.signer import check_grown

        try:
            last = _given(outside.last)
            check_grown(last, size, LogTree(snapshot))
            self.signed = last.size
        except Refusal as refusal:
            yield Finding(None, None, refusal.what)
        yield from self._stamped(outside, snapshot, size)
        if self._folder is not None:
            yield from self._published(outside, snapshot, self._folder)

    def _published(self, outside: _Outside, snapshot: Snapshot, folder: Folder) -> Iterator[Finding]:
        from ledger.proving.held_keys import keys_in
        from ledger.proving.note import note
        from ledger.proving.publishing import differences, signed_in_turn

        try:
            keys, data = keys_in(snapshot, _given(outside.key)), outside.published
            found = None if data is None else signed_in_turn(note(data), keys)
            self.published = None if found is None else found.size
            for path, what in differences(snapshot, found, folder):
                yield Finding(None, None, f"published {path}: {what}")
        except Refusal as refusal:
            yield Finding(None, None, f"published: {refusal.what}")

    @staticmethod
    def _stamped(outside: _Outside, snapshot: Snapshot, size: int) -> Iterator[Finding]:
        """Name each stamped checkpoint that is not of this record, and each time stamp that is not over its own."""
        if not outside.stamped:
            return
        from ledger.proving.held_keys import keys_in
        from ledger.proving.note import note
        from ledger.proving.publishing import signed_in_turn
        from ledger.proving.signer import check_grown
        from ledger.proving.time_stamp import read, stamps_of

        for name, data in outside.stamped:
            try:
                signed = note(data)
                found = signed_in_turn(signed, keys_in(snapshot, _given(outside.key)))
                check_grown(found, size, LogTree(snapshot))
                for stamp in stamps_of(signed):
                    read(stamp)
            except Refusal as refusal:
                yield Finding(None, None, f"time stamp {name}: {refusal.what}")


def _or_refusal(asked: Callable[[], T]) -> T | Refusal:
    """Return what is asked for, or why it is not to be had, which is told where it is needed."""
    try:
        return asked()
    except Refusal as refusal:
        return refusal


def _given(found: T | Refusal) -> T:
    if isinstance(found, Refusal):
        raise found
    return found
