"""Append: our whole record (header, leaf, tree, heads, index, command guard) against the library's bare recorder."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import in_turn, table
from benchmarks.peers import appender, library_recorder
from benchmarks.work import bodies, puts, record

SIZES = (1, 10, 100, 1_000)


def run(rounds: int, events: int) -> str:
    """Return tables of events appended a second, by events a transaction; then check that all are there."""
    return "\n".join(_of_size(size, rounds, max(3, events // size // (20 if size == 1 else 1))) for size in SIZES)


def _of_size(size: int, rounds: int, times: int) -> str:
    with TemporaryDirectory() as folder, record(Path(folder, "ours")) as ours:
        theirs = library_recorder(Path(folder))
        commands, appending = puts(size), appender(theirs, bodies(size))

        def append_ours() -> int:
            for _ in range(times):
                ours.submit(next(commands))
            return times * size

        def append_theirs() -> int:
            return sum(next(appending) for _ in range(times))

        figures = in_turn({"ledger1540": append_ours, "eventsourcing, SQLite recorder": append_theirs}, rounds)
        assert ours.last_position - 2 == theirs.max_notification_id() == rounds * times * size
        return table(f"Append, {size:,} events a transaction", "events a second", figures)
