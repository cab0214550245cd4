"""Append: our whole record (header, leaf, tree, heads, index, command guard) against the library's bare recorder."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import in_turn, table
from benchmarks.peers import appender, library_recorder
from benchmarks.work import bodies, puts, record

SIZES = (1, 10, 100, 1_000)


def run(rounds: int, events: int) -> str:
    """Return tables of events appended a second, by events a transaction; then check that all are there."""
    tables: list[str] = []
    for size in SIZES:
        with TemporaryDirectory() as folder:
            ours, theirs = record(Path(folder, "ours")), library_recorder(Path(folder))
            times = max(3, events // size // (20 if size == 1 else 1))
            commands, appending = puts(size), appender(theirs, bodies(size))

            def append_ours(times: int = times) -> int:
                for _ in range(times):
                    ours.submit(next(commands))  # noqa: B023 - called within this turn
                return times * size  # noqa: B023

            def append_theirs(times: int = times) -> int:
                return sum(next(appending) for _ in range(times))  # noqa: B023

            figures = in_turn({"ledger1540": append_ours, "eventsourcing, SQLite recorder": append_theirs}, rounds)
            expected = rounds * times * size
            assert ours.last_position - 2 == theirs.max_notification_id() == expected
            ours.close()
            tables.append(table(f"Append, {size} an event transaction", "events a second", figures))
    return "\n".join(tables)
