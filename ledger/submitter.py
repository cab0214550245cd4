"""Group commit: threads that wait to record share one transaction, led by whoever waits longest."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from eventsourcing.persistence import PersistenceError

from domain.deciding import Command
from ledger.parts import Parts
from ledger.refusals import RecordUnavailable
from ledger.turns import Turn, Turns
from ledger.unit import Receipt, Unit

LARGEST_GROUP = 500
Way = Callable[[Unit, "_Request"], Receipt]


class _Request(Turn):
    """A command that waits, and what became of it."""

    def __init__(self, command: Command, *, importing: bool) -> None:
        super().__init__()
        self.command = command
        self.importing = importing
        self.receipt: Receipt | None = None
        self.error: BaseException | None = None

    @property
    def done(self) -> bool:
        return self.receipt is not None or self.error is not None

    def result(self) -> Receipt:
        if self.error is not None:
            raise self.error
        assert self.receipt is not None  # noqa: S101 - done
        return self.receipt


class _Alone(Turn):
    """A batch that waits: it has a transaction of its own."""

    shares = False


class Submitter:
    """Takes commands from many threads."""

    def __init__(self, parts: Parts) -> None:
        self.commits = 0
        self.commands = 0
        self._parts = parts
        self._turns = Turns()

    @property
    def waiting(self) -> int:
        """How many commands wait for the transaction that is running to end."""
        return len(self._turns)

    def submit(self, command: Command, *, importing: bool) -> Receipt:
        """Record a command, durably when this returns."""
        request = _Request(command, importing=importing)
        self._turns.enter(request)
        if not request.done:
            try:
                self._lead()
            finally:
                self._turns.leave()
        return request.result()

    def _lead(self) -> None:
        group = [turn for turn in self._turns.take(LARGEST_GROUP) if isinstance(turn, _Request)]
        try:
            try:
                self._record(group, self._together)
            except PersistenceError:
                # One of them cannot be written, or the connection was lost and nobody knows if they are on record. The
                # next transaction begins when the last has ended; the table of commands tells each its first receipt.
                self._record(group, self._one_by_one)
        except BaseException as error:
            for request in group:
                request.receipt, request.error = None, _told(error)
            if not isinstance(error, Exception):
                raise
        finally:
            for request in group:
                request.called.set()

    def _record(self, group: Sequence[_Request], way: Way) -> None:
        receipts: list[tuple[_Request, Receipt]] = []
        with self._parts.recorder.sequenced():
            unit = Unit(self._parts, [request.command for request in group])
            for request in group:
                request.error = None
                try:
                    receipts.append((request, way(unit, request)))
                except Exception as error:
                    if not self._parts.recorder.database.open:
                        raise
                    request.error = _told(error)
            unit.write()
        self.count(unit)
        for request, receipt in receipts:
            request.receipt = receipt

    @staticmethod
    def _together(unit: Unit, request: _Request) -> Receipt:
        """Decide a command and write it with its neighbours."""
        work = unit.decide(request.command, importing=request.importing)
        return work if isinstance(work, Receipt) else unit.hold(work)

    @staticmethod
    def _one_by_one(unit: Unit, request: _Request) -> Receipt:
        """Decide a command and write it at once, so that it fails alone."""
        work = unit.decide(request.command, importing=request.importing)
        return work if isinstance(work, Receipt) else unit.record(work)

    @contextmanager
    def alone(self) -> Generator[Parts]:
        """Keep this process's other writers waiting."""
        turn = _Alone()
        self._turns.enter(turn)
        try:
            self._turns.take(1)
            yield self._parts
        finally:
            self._turns.leave()

    def count(self, unit: Unit) -> None:
        """Count a transaction that was committed."""
        if unit.commands:
            self.commits += 1
            self.commands += unit.commands
        unit.committed()


def _told(error: BaseException) -> BaseException:
    return unavailable(error) if isinstance(error, PersistenceError) else error


def unavailable(error: PersistenceError) -> RecordUnavailable:
    """Return the refusal that stands for a failure of the database."""
    return RecordUnavailable(f"the record could not be written: {error}", remedy="send the same command again")
