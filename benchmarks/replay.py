"""Replay: fold one long stream from the file, ours against the library's repository."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.measure import in_turn, table
from benchmarks.work import puts, record, reopened

LENGTH = 5_000


class Matrix(Aggregate):
    """The peer's aggregate: the same members as a cell event of ours, folded into a dictionary."""

    def __init__(self) -> None:
        self.cells: dict[str, str] = {}

    @event("CellAssessed")
    def assess(self, cell: str, value: str, document: str, locator: str, quotation: str) -> None:
        """Assess a cell."""
        del document, locator, quotation
        self.cells[cell] = value


def _peer(folder: Path) -> tuple[Application[UUID], UUID]:
    names = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "library.sqlite")}
    application = Application[UUID](env=names)
    matrix = Matrix()
    for place in range(LENGTH - 1):
        cell = f"T2011/op3cd-{place % 27 + 1}-nw-legal"
        matrix.assess(cell, "X", "benchmark-report", "page 12", "No person shall, without a licence, export.")
    application.save(matrix)
    return application, matrix.id


def run(rounds: int) -> str:
    """Return the table of events replayed a second; both end with every event of the stream folded."""
    with TemporaryDirectory() as folder:
        home = Path(folder, "ours")
        with record(home) as ours:
            command = next(puts(LENGTH))
            ours.submit(command)
        application, number = _peer(Path(folder))

        def replay_ours() -> int:
            with reopened(home) as again:
                history = again.history(command.stream)
                assert history.version == LENGTH
                return len(history.standing())

        def replay_theirs() -> int:
            matrix: Matrix = application.repository.get(number)
            assert matrix.version == LENGTH
            return LENGTH

        contenders = {"ledger1540, opening the file": replay_ours, "eventsourcing, repository.get": replay_theirs}
        return table(f"Replay of one stream of {LENGTH:,} events", "events a second", in_turn(contenders, rounds))
