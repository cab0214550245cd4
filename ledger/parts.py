"""What a record is made of, put together once and used by everything that reads or writes it."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from domain.recorded import Recorded
from domain.standing import History
from ledger.address import Address
from ledger.application import RecordApplication
from ledger.archive import DOCUMENTS
from ledger.clock import Clock, RecordedTime
from ledger.database import markers
from ledger.documents import Documents
from ledger.histories import Histories
from ledger.mapper import Stored, header_at, uuid_bytes
from ledger.randomness import Nonces, SeededNonces, SystemNonces
from ledger.refusals import EventDamaged
from ledger.rules import Rules

PAGE = 1_000
EVENTS_KEPT = 20_000
HEADS_KEPT = 100_000
COMMANDS_AT_ONCE = 50
_WHERE = "SELECT e.position, e.header, b.body FROM events AS e JOIN bodies AS b USING (position) WHERE"
_COMMAND = "command_id, request_sha256, first_position, last_position"

Head = tuple[int, str | None]
"""Version and leaf (hex) of the last event of a stream; 0 and None where it has none."""
OnRecord = tuple[bytes, int | None, int | None]
"""Request hash, first and last position of a command on record."""


class Parts:
    """The record's database, documents, clock and rules."""

    def __init__(
        self, home: Path, address: Address, *, origin: str, seed: int | None, clock: Clock, rules: Rules
    ) -> None:
        self.origin = origin
        self.simulation = seed is not None
        self.rules = rules
        self.clock = clock
        self.time = RecordedTime(clock)
        self.nonces: Nonces = SystemNonces() if seed is None else SeededNonces(seed)
        self.documents = Documents(home / DOCUMENTS, durable=not self.simulation)
        self.application = RecordApplication(address, rules.body_type)
        self.recorder = self.application.sequencer
        if self.simulation:
            self.recorder.database.forgo_durability()
        self.histories = Histories()
        self.last: tuple[int, str] | None = None
        self.heads: dict[str, Head] = {}
        self._events: dict[str, Recorded] = {}
        self._by_position: dict[int, Recorded] = {}

    def stored(self, start: int, stop: int) -> Iterator[Stored]:
        """Yield stored bytes from position `start` to `stop`, a page at a time so that no read stays open."""
        for first in range(start, stop + 1, PAGE):
            yield from self.recorder.stored(first, min(first + PAGE - 1, stop))

    def recorded(self, start: int, stop: int) -> Iterator[Recorded]:
        """Yield events from position `start` to `stop`, leaving out those whose body was disposed of."""
        mapper = self.application.bytes_of
        for stored in self.stored(start, stop):
            if stored.body is not None:
                yield mapper.recorded(stored.position, stored.header, stored.body)

    def event(self, event_id: str) -> Recorded | None:
        """Return an event by id."""
        try:
            key = UUID(event_id).bytes
        except ValueError:
            return None
        entry = self.recorder.entry(key)
        return None if entry is None else self.application.bytes_of.to_domain_event(entry)

    def kept_event(self, event_id: str) -> Recorded | None:
        """Return an event kept in memory."""
        return self._events.get(event_id)

    def forget(self) -> None:
        """Forget what is kept in memory: some of it was disposed of."""
        self.histories = Histories()
        self._events, self._by_position = {}, {}

    def keep_event(self, event: Recorded) -> None:
        """Keep a committed event in memory."""
        if len(self._events) >= EVENTS_KEPT:
            self._events, self._by_position = {}, {}
        self._events[event.id] = self._by_position[event.position] = event

    def at(self, positions: Collection[int]) -> dict[int, Recorded]:
        """Return the events at positions, kept in memory from now on; those whose body was disposed of left out."""
        found = {each: self._by_position[each] for each in positions if each in self._by_position}
        return found | {each.position: each for each in self._read("position", sorted(set(positions) - found.keys()))}

    def read_ahead(self, event_ids: Collection[str]) -> None:
        """Keep events in memory that are about to be asked for one by one."""
        for _ in self._read("event_id", [uuid_bytes(each) for each in event_ids if each not in self._events]):
            pass

    def _read(self, column: str, values: Sequence[int | bytes]) -> Iterator[Recorded]:
        """Yield the events that have one of some values, kept in memory from now on, and not in their order."""
        for first in range(0, len(values), PAGE):
            several = values[first : first + PAGE]
            for row in self.recorder.database.rows(f"{_WHERE} {column} IN ({markers(len(several))})", several):
                event = self.application.bytes_of.recorded(*row)
                self.keep_event(event)
                yield event

    def brought_up_to_date(self, history: History, stream: str, version: int) -> History:
        """Return a history with what the record holds behind it, up to `version` of its stream at least."""
        if version <= history.version:
            return history
        recorded = self.application.bytes_of.recorded
        found = self.recorder.stream(stream, history.version)
        try:
            return history.extended(recorded(position, header, body) for position, header, body in found)
        except KeyError as error:
            raise EventDamaged(f"an event strikes {error}, which is not in its stream", where=stream) from error

    def check_heads(self, size: int) -> None:
        """Forget the heads of streams where another process has recorded something; the lock must be held."""
        if self.last is None or self.last[0] != size or len(self.heads) > HEADS_KEPT:
            self.heads.clear()

    def head(self, stream: str) -> Head:
        """Return version and leaf (hex) of the last event of a stream; the lock must be held."""
        found = self.heads.get(stream)
        if found is None:
            stored = self.recorder.head(stream)
            found = (0, None) if stored is None else (stored[0], stored[1].hex())
        return found

    def command(self, key: bytes) -> OnRecord | None:
        """Return request hash, first and last position of a command on record."""
        return self.commands([key])[key]

    def commands(self, keys: Sequence[bytes]) -> dict[bytes, OnRecord | None]:
        """Return the same for many commands, None for those that are not on record."""
        found: dict[bytes, OnRecord | None] = dict.fromkeys(keys)
        for first in range(0, len(keys), COMMANDS_AT_ONCE):
            some = list(keys[first : first + COMMANDS_AT_ONCE])
            count = 1 if len(some) == 1 else COMMANDS_AT_ONCE  # two statements, however many there are
            asked = [*some, *some[:1] * (count - len(some))]
            statement = f"SELECT {_COMMAND} FROM commands WHERE command_id IN ({markers(count)})"  # noqa: S608
            for key, *rest in self.recorder.database.rows(statement, asked):
                found[key] = (rest[0], rest[1], rest[2])
        return found

    def recorded_at(self, position: int) -> str:
        """Return when the event at a position was recorded."""
        for stored in self.recorder.stored(position, position):
            return header_at(position, stored.header).recorded_at
        raise EventDamaged("no event is stored here", where=f"position {position}")

    def last_recorded_at(self, size: int) -> str | None:
        """Return when the last of `size` events was recorded."""
        if size == 0:
            return None
        if self.last is None or self.last[0] != size:
            self.last = size, self.recorded_at(size)
        return self.last[1]
