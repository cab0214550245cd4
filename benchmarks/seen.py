"""From append to seen: how long a follower in another process takes to have an event that was just recorded."""

import random
import time
from collections.abc import Generator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.servers import durable_postgres
from benchmarks.work import puts, record, reopened
from ledger.address import Address, postgres_address
from ledger.record import Record

_SEED = 1540
LONGEST_PAUSE = 0.05
"""Seconds between two appends, at most: a follower has gone to sleep by then."""


def run(events: int) -> str:
    """Return the table of milliseconds on both databases."""
    with TemporaryDirectory() as folder, durable_postgres() as url:
        lines = [
            _row("SQLite", Path(folder, "sqlite"), None, events),
            _row("PostgreSQL", Path(folder, "postgresql"), postgres_address(url), events),
        ]
    head = (
        "\n### From append to seen by another process, milliseconds\n\n"
        "| | the append itself, median | from its beginning to seen, median | 99th of a hundred |\n|---|---|---|---|"
    )
    return "\n".join([head, *lines])


def _row(name: str, home: Path, address: Address | None, events: int) -> str:
    with record(home, address) as made, _followed(home, address, events) as follower:
        appended, begun = _append(made, events)
        seen: list[float] = follower.recv()
    assert len(seen) == events
    late = [(after - before) * 1000 for before, after in zip(begun, seen, strict=True)]
    return f"| {name} | {median(appended):.2f} | {median(late):.2f} | {quantiles(late, n=100)[98]:.2f} |"


def _append(made: Record, events: int) -> tuple[list[float], list[float]]:
    chance, appended, begun = random.Random(_SEED), [], []
    for command in islice(puts(1), events):
        time.sleep(chance.random() * LONGEST_PAUSE)  # so that what is measured is being woken, not being awake
        begun.append(time.monotonic())
        made.submit(command)
        appended.append((time.monotonic() - begun[-1]) * 1000)
    return appended, begun


@contextmanager
def _followed(
    home: Path, address: Address | None, events: int
) -> Generator[Any]:  # Any: either end of a pipe, whatever the system calls it
    """Follow from another process, which is ready when this begins and tells in the end when it had each event."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=follow, args=(home, address, events, theirs))
    process.start()
    ours.recv()
    yield ours
    process.join()


def follow(home: Path, address: Address | None, events: int, told: Any) -> None:
    """Follow a record and tell when each of so many events was there; the system's monotonic clock is one for all."""
    with reopened(home, address) as read, read.follow(read.last_position) as follower:
        told.send(None)
        seen: list[float] = []
        for page in follower:
            seen += [time.monotonic()] * len(page)
            if len(seen) >= events:
                break
        told.send(seen)
