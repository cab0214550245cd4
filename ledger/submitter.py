"""Group commit: threads that wait to record share one transaction, led by whoever comes to the lock first."""

from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

from eventsourcing.persistence import PersistenceError

from domain.deciding import Command
from ledger.parts import Parts
from ledger.refusals import RecordUnavailable
from ledger.unit import Receipt, Unit

LARGEST_GROUP = 500


class _Request:
    """A command that waits, and what became of it."""

    def __init__(self, command: Command, *, importing: bool) -> None:
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


class Submitter:
    """Takes commands from many threads."""

    def __init__(self, parts: Parts) -> None:
        self.commits = 0
        self.commands = 0
        self._parts = parts
        self._waiting: deque[_Request] = deque()
        self._leading = Lock()

    @property
    def waiting(self) -> int:
        """How many commands wait for the transaction that is running to end."""
        return len(self._waiting)

    def submit(self, command: Command, *, importing: bool) -> Receipt:
        """Record a command, durably when this returns."""
        request = _Request(command, importing=importing)
        self._waiting.append(request)
        with self._leading:
            while not request.done:
                self._lead()
        return request.result()

    def _lead(self) -> None:
        group = [self._waiting.popleft() for _ in range(min(len(self._waiting), LARGEST_GROUP))]
        receipts: list[tuple[_Request, Receipt]] = []
        try:
            with self._parts.recorder.sequenced():
                unit = Unit(self._parts)
                for request in group:
                    try:
                        receipts.append((request, self._one(unit, request)))
                    except Exception as error:
                        if not self._parts.recorder.database.open:
                            raise
                        request.error = _told(error)
            self.count(unit)
        except BaseException as error:
            for request in group:
                if request.error is None:
                    request.error = _told(error)
            if not isinstance(error, Exception):
                raise
            return
        for request, receipt in receipts:
            request.receipt = receipt

    def _one(self, unit: Unit, request: _Request) -> Receipt:
        work = unit.decide(request.command, importing=request.importing)
        if isinstance(work, Receipt):
            return work
        return unit.record(work)

    @contextmanager
    def alone(self) -> Generator[Parts]:
        """Keep this process's other writers waiting."""
        with self._leading:
            yield self._parts

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
