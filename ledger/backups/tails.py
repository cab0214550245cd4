"""Where what came after a backup may still be: a mirror, a published log, or another copy of the record."""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from domain.disposed import RecordDisposed
from domain.header import decode_body, decode_header
from ledger import archive, opening
from ledger.address import Address
from ledger.copying import Place
from ledger.mapper import Stored
from ledger.mirroring.kept import Kept
from ledger.proving.folder import CHECKPOINT, Folder
from ledger.proving.note import Note, note
from ledger.proving.tiles import first_and_last

_AFTER = """SELECT e.position, e.header, b.body, b.nonce FROM events AS e LEFT JOIN bodies AS b USING (position)
WHERE e.position > ? ORDER BY e.position"""
_REQUESTS = "SELECT command_id, request_sha256 FROM commands WHERE first_position > ?"


class Tail(ABC):
    """The events of a log behind a position."""

    signed: Note | None = None
    policy: str | None = None
    home: Path | None = None
    """Where its documents and its access log are, if it has any."""

    @abstractmethod
    def after(self, position: int) -> Iterator[Stored]:
        """Yield the events behind a position, in order, as far as they are known."""

    def whole_after(self, position: int) -> Iterator[Stored]:
        """Yield the events behind a position up to the first command that a body is missing of."""
        end = _whole_until(self.after(position))
        return takewhile(lambda event: end is None or event.position < end, self.after(position))

    def requests(self, position: int) -> Mapping[bytes, bytes]:
        """Return by the ids of commands what was asked, as far as it is known."""
        del position
        return {}


class MirrorTail(Tail):
    """A mirror, or a log that was published with its events; it has no documents."""

    def __init__(self, folder: Path) -> None:
        self._kept = Kept(Folder(folder))
        self.signed = note(self._kept.folder.read(CHECKPOINT) or b"")
        self.policy = self._kept.policy()

    def after(self, position: int) -> Iterator[Stored]:
        """Yield the events behind a position as far as the mirror has accepted them."""
        accepted = self._kept.accepted()
        for tile, leaves in self._kept.leaves(0 if accepted is None else accepted.size):
            if first_and_last(tile)[1] > position:
                yield from (each for each in self._kept.events(tile, leaves) or () if each.position > position)


class CopyTail(Tail):
    """Another copy of the record, such as the damaged one, as far as it can be read."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.home = place.home

    def after(self, position: int) -> Iterator[Stored]:
        """Yield the events behind a position."""
        with opening.snapshot(self._place.address) as snapshot:
            yield from (Stored(*row) for row in snapshot.rows(_AFTER, (position,)))

    def requests(self, position: int) -> Mapping[bytes, bytes]:
        """Return by the ids of commands what was asked."""
        with opening.snapshot(self._place.address) as snapshot:
            return dict(snapshot.rows(_REQUESTS, (position,)))


def tail_in(folder: Path, address: Address | None = None) -> Tail:
    """Return the tail in a folder, which is a mirror, a home or a backup, or at an address with its home.

    Raises:
        NoteMalformed: it is none of these.
    """
    if address is None and not archive.in_home(folder).path.exists():
        return MirrorTail(folder)
    return CopyTail(Place(archive.in_home(folder) if address is None else address, folder))


def _whole_until(events: Iterable[Stored]) -> int | None:
    """Return where the first command begins that a body is missing of which no disposal before it names."""
    starts: list[int] = []
    without: set[int] = set()
    disposals: list[tuple[int, tuple[int, ...]]] = []
    command = ""
    for event in events:
        header = decode_header(event.header, where=f"position {event.position}")
        if header.command_id != command:
            command = header.command_id
            starts.append(event.position)
        if event.body is None:
            without.add(event.position)
        elif header.type == RecordDisposed.TYPE:
            disposals.append((event.position, decode_body(event.body, RecordDisposed).positions))
    end: int | None = None
    while True:
        counted = [several for position, several in disposals if end is None or position < end]
        missing = sorted(without.difference(*counted))
        if not missing or (end is not None and missing[0] >= end):
            return end
        end = starts[bisect_right(starts, missing[0]) - 1]
