"""A record on disk that takes its events from one in memory, in steps: made-up histories without deciding twice."""

from pathlib import Path

from domain.recorded import Recorded
from domain.standing import History
from ledger import standing
from ledger.address import Address
from ledger.archive import in_home
from ledger.mapper import entry
from ledger.record import Record
from tests.memory_record import MemoryRecord


class Copied:
    """A record that follows one in memory, event by event, through the ledger's own way of writing."""

    def __init__(self, home: Path, original: MemoryRecord, address: Address | None = None) -> None:
        self.original = original
        self.address = in_home(home) if address is None else address
        self.home = home
        self.record = Record.create(home, origin=original.log, address=self.address)
        self.record.application.sequencer.database.forgo_durability()
        self._histories: dict[str, History] = {}
        self._documents: set[str] = set()

    def append(self, count: int) -> None:
        """Append the next `count` events in one transaction."""
        for sha256 in self.original.documents.keys() - self._documents:
            self.record.documents.put(self.original.documents[sha256])
            self._documents.add(sha256)
        recorder = self.record.application.sequencer
        start = self.record.last_position
        events = self.original.events[start : start + count]
        bodies, nonces = self.original.bodies[start:], self.original.nonces[start:]
        with recorder.sequenced():
            recorder.insert_events([entry(e.header, *stored) for e, *stored in zip(events, bodies, nonces)])  # noqa: B905
            changes = [standing.derived(event, self._history(event)) for event in events]
            standing.write(recorder.database, [change for change in changes if change is not None])

    def _history(self, event: Recorded) -> History:
        stream = event.header.stream
        self._histories[stream] = self._histories.get(stream, History()).extended((event,))
        return self._histories[stream]
