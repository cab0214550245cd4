"""The record: what the rest of the house opens, submits commands to, and reads."""

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from types import TracebackType

from eventsourcing.persistence import PersistenceError

from domain.deciding import Command
from domain.header import FORMAT
from domain.index import Row
from domain.matrix.cells import Cells
from domain.recorded import Recorded
from domain.refusals import Refusal
from domain.standing import Cut, History
from ledger import archive, merkle, opening, standing
from ledger.address import Address
from ledger.application import RecordApplication
from ledger.archive import Archive
from ledger.awaiting import Awaiting
from ledger.batch import record_all
from ledger.clock import Clock, SystemClock
from ledger.documents import Documents
from ledger.following import Follower
from ledger.mapper import Stored
from ledger.pages import Pages
from ledger.parts import Parts
from ledger.refusals import RecordUnavailable
from ledger.rules import Rules, catalogue
from ledger.submitter import Submitter
from ledger.unit import Receipt


class Record:
    """One record in its home. Safe to use from many threads; other processes may have it open too.

    As a view it shows what is committed; a decision gets a view of its own, under the lock.
    """

    def __init__(self, home: Path, address: Address, found: Archive, *, clock: Clock, rules: Rules) -> None:
        """Use `create` or `open`."""
        self.home = home
        self.address = address
        self.origin = found.origin
        self.simulation = found.seed is not None
        self.seed = found.seed
        """What a simulation is made from; a record of real facts has none."""
        self._parts = Parts(home, address, origin=found.origin, seed=found.seed, clock=clock, rules=rules)
        self._submitter = Submitter(self._parts)
        self._pages = Pages(self._parts.recorder.database, self._parts.recorded_at)

    @classmethod
    def create(
        cls,
        home: Path,
        *,
        origin: str,
        address: Address | None = None,
        owner: Address | None = None,
        clock: Clock | None = None,
        seed: int | None = None,
        rules: Rules | None = None,
    ) -> "Record":
        """Make an empty record and open it: its documents in `home`, its database at `address` or else in `home`.

        Raises:
            RecordExists: there is one already.
            OriginUnfit: the origin does not fit the clock or the seed.
        """
        used = clock or SystemClock()
        archive.check_origin(origin, seed, used)
        found = Archive(FORMAT, origin, seed)
        place = archive.in_home(home) if address is None else address
        opening.make(home, place, found, owner=owner)
        return cls(home, place, found, clock=used, rules=rules or catalogue())

    @classmethod
    def open(
        cls, home: Path, *, address: Address | None = None, clock: Clock | None = None, rules: Rules | None = None
    ) -> "Record":
        """Open the record that has its documents in `home`, its database at `address` or else in `home`.

        Raises:
            RecordAbsent: there is none.
            NotOurRecord: what is there is something else.
            OriginUnfit: a simulated clock for a real record.
        """
        place = archive.in_home(home) if address is None else address
        found = opening.read(place)
        used = clock or SystemClock()
        archive.check_origin(found.origin, found.seed, used)
        return cls(home, place, found, clock=used, rules=rules or catalogue())

    def unmake(self, *, owner: Address | None = None) -> None:
        """Close a record that could not be begun, and remove its database."""
        self.close()
        opening.unmake(self.address, owner=owner)

    def close(self) -> None:
        """Let go of the database."""
        self._parts.application.close()

    def __enter__(self) -> "Record":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Recording.

    def submit(self, command: Command, *, importing: bool = False) -> Receipt:
        """Record a command; it is durable when this returns. The same command again gives its first receipt.

        Raises:
            Refusal: by its own name; nothing is recorded.
        """
        return self._submitter.submit(command, importing=importing)

    def submit_all(
        self,
        commands: Iterable[Command],
        *,
        importing: bool = False,
        dry_run: bool = False,
        refused: Callable[[Refusal], None] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> list[Receipt]:
        """Record many commands in one transaction, all or none, each seeing what the earlier ones recorded.

        A dry run decides them all and records nothing. `progress` is told how many are decided. `refused`, if given, is
        told of each command that is refused, and the others go on, unless it raises.

        Raises:
            BatchRefused: with the index of the command that was refused, and the refusal itself.
        """
        return record_all(
            self._submitter, commands, importing=importing, dry_run=dry_run, refused=refused, progress=progress
        )

    def dispose(self, positions: Collection[int]) -> None:
        """Delete the bodies at positions, which a recorded disposal names; the headers stay.

        Raises:
            RecordUnavailable: the database does not let it go, or not now; it may be done again.
        """
        try:
            self._parts.recorder.database.dispose(sorted(positions))
        except PersistenceError as error:
            raise RecordUnavailable(
                f"what is disposed of on record could not be deleted: {error}",
                remedy="dispose of it again; `ledger1540 copy` a record from before there were disposals first",
            ) from error
        finally:
            self._parts.forget()

    @property
    def commits(self) -> int:
        """How many transactions this object has committed."""
        return self._submitter.commits

    @property
    def commands(self) -> int:
        """How many commands this object has recorded, repeated ones left out."""
        return self._submitter.commands

    @property
    def waiting(self) -> int:
        """How many commands wait for the transaction that is running to end."""
        return self._submitter.waiting

    # Reading.

    @property
    def application(self) -> RecordApplication:
        """The record as an application of the event-sourcing library, for followers."""
        return self._parts.application

    @property
    def documents(self) -> Documents:
        """The store of documents."""
        return self._parts.documents

    @property
    def last_position(self) -> int:
        """The position of the last event, or 0."""
        return self._parts.recorder.max_notification_id() or 0

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the record's tree, now or when it had `size` events."""
        return merkle.root(self.last_position if size is None else size, self._parts.recorder.node)

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """Return the path from the event at a position to the root when the record had `size` events."""
        return merkle.inclusion_proof(position - 1, size, self._parts.recorder.node)

    def durable(self) -> bool:
        """Return whether a commit waits until it is on disk."""
        return self._parts.recorder.database.durable()

    def now(self) -> str:
        """Return the present instant by the record's clock."""
        return self._parts.clock.now()

    def history(self, stream: str) -> History:
        """Return the history of a stream, empty where it has none."""
        # No stream has a name with a NUL, which one of the databases would take and the other not.
        head = None if "\0" in stream else self._parts.recorder.head(stream)
        return self._up_to(stream, 0 if head is None else head[0])

    def histories(self, prefix: str, where: Callable[[str], bool] | None = None) -> Iterator[tuple[str, History]]:
        """Yield streams that begin with `prefix` and their histories, in order of bytes; `where` tells which.

        Their heads are asked for at once: one by one would take longer than everything else of a look over many.
        """
        for stream, version in self._parts.recorder.streams(prefix):
            if where is None or where(stream):
                yield stream, self._up_to(stream, version)

    def _up_to(self, stream: str, version: int) -> History:
        kept = self._parts.histories.get(stream)
        found = self._parts.brought_up_to_date(kept, stream, version)
        if found is not kept:
            self._parts.histories.keep(stream, found)
        return found

    def event(self, event_id: str) -> Recorded | None:
        """Return the event with this id, if it is on record."""
        found = self._parts.kept_event(event_id) or self._parts.event(event_id)
        if found is not None:
            self._parts.keep_event(found)
        return found

    def read_ahead(self, event_ids: Collection[str]) -> None:
        """Read events that are about to be asked for one by one, by one query for hundreds of them."""
        self._parts.read_ahead(event_ids)

    def at(self, positions: Collection[int]) -> dict[int, Recorded]:
        """Return the events at positions, those whose body was disposed of left out."""
        return self._parts.at(positions)

    def document(self, sha256: str) -> bytes | None:
        """Return the stored document with this hash, if there is one."""
        return self._parts.documents.get(sha256)

    def after(self, position: int) -> Iterator[Recorded]:
        """Yield the events recorded after a position, in order."""
        return self.recorded(position + 1)

    def follow(self, after: int = 0) -> Follower:
        """Follow the record from after a position: pages of events, those to come as well."""
        return Follower(self._parts, after)

    def wait(self, after: int, timeout: float) -> int:
        """Return the last position, as soon as it is greater than `after` or when `timeout` seconds are over."""
        with self.awaiting() as awaiting:
            return awaiting.beyond(after, timeout)

    def awaiting(self) -> Awaiting:
        """Begin to wait, more than once, for the record to grow; whoever waits again and again keeps its connection."""
        return Awaiting(self._parts.recorder)

    def read(self, start: int = 1, stop: int | None = None) -> Iterator[Stored]:
        """Yield stored bytes from position `start` to `stop`, or to what is now the last."""
        return self._parts.stored(start, self.last_position if stop is None else min(stop, self.last_position))

    def stored_stream(self, name: str, through: int) -> list[Stored]:
        """Return the stored bytes of a stream's events up to a position, in order."""
        return self._parts.recorder.stored_stream(name, through)

    def recorded(self, start: int = 1, stop: int | None = None) -> Iterator[Recorded]:
        """Yield events from position `start` to `stop`, or to what is now the last."""
        return self._parts.recorded(start, self.last_position if stop is None else min(stop, self.last_position))

    def decoded(self, stored: Stored) -> Recorded | None:
        """Return the event that stored bytes hold, or None where its body was disposed of."""
        if stored.body is None:
            return None
        return self._parts.application.bytes_of.recorded(stored.position, stored.header, stored.body)

    def position_at(self, instant: str) -> int:
        """Return the last position recorded by `instant`, or 0."""
        low, high = 0, self.last_position
        while low < high:
            middle = (low + high + 1) // 2
            if self._parts.recorded_at(middle) <= instant:
                low = middle
            else:
                high = middle - 1
        return low

    def recorded_at(self, position: int) -> str:
        """Return when the event at a position was recorded."""
        return self._parts.recorded_at(position)

    def stream_names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names of streams that begin with `prefix`, in order of bytes."""
        return (stream for stream, _ in self._parts.recorder.streams(prefix))

    def acts(self, state: str, cut: Cut) -> list[Row]:
        """Return the acts of a State that stand at a cut whatever their known date, those of kind `void` too."""
        return standing.acts(self._parts.recorder.database, state, cut)

    def cell(self, state: str, revision: int, cell: str, cut: Cut) -> list[Row]:
        """Return the rows of one cell that hold at a cut whatever their known date, those of kind `void` too."""
        return standing.of_cell(self._parts.recorder.database, state, revision, cell, cut)

    def cells(self, state: str, revision: int, cut: Cut) -> Cells:
        """Return the cell events of a revision that stand at a cut, from the State's page."""
        return self._pages.cells(state, revision, cut)

    def repack(self) -> int:
        """Pack the pages of all States anew, from which `cells` answers; return how many there are.

        Raises:
            RecordUnavailable: they cannot be written now.
        """
        return self._pages.repack()
