"""Append: our whole record (header, leaf, tree, heads, index, command guard), the same without its tree, and a peer."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.measure import in_turn, table
from benchmarks.peers import appender, library_recorder
from benchmarks.work import bodies, puts, record
from ledger import tables
from ledger.record import Record
from ledger.tables import Table

SIZES = (1, 10, 100, 1_000)


def run(rounds: int, events: int) -> str:
    """Return tables of events appended a second, by events a transaction; then check that all are there."""
    return "\n".join(_of_size(size, rounds, max(3, events // size // (20 if size == 1 else 1))) for size in SIZES)


def _of_size(size: int, rounds: int, times: int) -> str:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        ours, bare = (stack.enter_context(record(folder / name)) for name in ("ours", "bare"))
        _leave_out_tree(bare)
        theirs = library_recorder(folder)
        appending = appender(theirs, bodies(size))

        def submitting(made: Record) -> Callable[[], int]:
            commands = puts(size)

            def append() -> int:
                for _ in range(times):
                    made.submit(next(commands))
                return times * size

            return append

        contenders = {
            "ledger1540": submitting(ours),
            "the same without its tree, so without proof": submitting(bare),
            "eventsourcing, SQLite recorder": lambda: sum(next(appending) for _ in range(times)),
        }
        figures = in_turn(contenders, rounds)
        assert ours.last_position - 2 == theirs.max_notification_id() == rounds * times * size
        return table(f"Append, {size:,} events a transaction", "events a second", figures)


class _NoTree:
    """Knows its size and hashes nothing."""

    def __init__(self, size: int) -> None:
        self.size = size

    def append(self, leaf: bytes) -> bytes:
        self.size += 1
        return leaf


def _leave_out_tree(made: Record) -> None:
    recorder: Any = made.application.sequencer  # Any: its methods are put aside, which its type does not allow
    insert = recorder.database.insert

    def insert_but_nodes(into: Table, rows: Sequence[Any]) -> None:
        if into is not tables.NODES:
            insert(into, rows)

    recorder.growth = lambda: _NoTree(recorder.database.size())
    recorder.database.insert = insert_but_nodes
