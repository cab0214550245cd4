"""Append on PostgreSQL, by one writer and by many at once; beside it the library's recorder there, and UmaDB."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from benchmarks.measure import Figure, in_turn, table
from benchmarks.peers import stored_events
from benchmarks.servers import durable_postgres, umadb, umadb_client
from benchmarks.work import Put, bodies, record
from ledger.address import postgres_address
from ledger.record import Record
from tests.postgres import postgres_url

SUBMITTERS = 64
CONNECTIONS = 16
"""The library's pool: more connections make it no quicker, since its appends lock a table."""
WORKS = (
    ("1 writer, single events", 1, 1),
    (f"{SUBMITTERS} submitters, single events", SUBMITTERS, 1),
    ("1 writer, 50 events a transaction", 1, 50),
)


class _Own(threading.local):
    """What each submitter has of its own: a stream, in which it appends one transaction after the other."""

    def __init__(self) -> None:
        self.stream = uuid4()
        self.version = 0
        self.transactions = 0


def _ours(made: Record, size: int) -> Callable[[], int]:
    own = _Own()

    def append() -> int:
        own.transactions += 1
        stream = f"matrix/{own.stream}"
        made.submit(Put(id=f"{stream}-{own.transactions}", actor="benchmark", stream=stream, count=size))
        return size

    return append


def _library(recorder: PostgresApplicationRecorder, size: int) -> Callable[[], int]:
    own, body = _Own(), bodies(size)

    def append() -> int:
        recorder.insert_events(stored_events(body, own.stream, own.version + 1))
        own.version += size
        return size

    return append


def _umadb(client: Any, size: int) -> Callable[[], int]:  # Any: a package that is not ours to require
    own, body, event = _Own(), bodies(size), umadb().Event

    def append() -> int:
        client.append([event("matrix.cell-assessed", data, tags=[f"stream:{own.stream}"]) for data in body])
        return size

    return append


def _recorder(url: str, connections: int) -> PostgresApplicationRecorder:
    parts = urlsplit(url)
    datastore = PostgresDatastore(
        dbname=parts.path.lstrip("/"),
        host=parse_qs(parts.query)["host"][0],
        port="",
        user=parts.username or "",
        password="none",  # noqa: S106 - the server asks for none
        pool_size=connections,
    )
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()
    return recorder


def run(rounds: int, events: int) -> str:
    """Return tables of events appended a second, and check that all are there."""
    return "\n".join(
        table(f"PostgreSQL, {title}", "events a second", _measured(rounds, events, *work)) for title, *work in WORKS
    )


def _measured(rounds: int, events: int, submitters: int, size: int) -> list[Figure]:
    times = max(submitters, events // (1 if size > 1 else 5) // size)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        url, theirs = stack.enter_context(durable_postgres()), stack.enter_context(postgres_url())
        made = stack.enter_context(record(Path(folder, "ours"), postgres_address(url)))
        library = _recorder(theirs, min(submitters, CONNECTIONS))
        stack.callback(library.datastore.close)
        contenders = {"ledger1540": _ours(made, size)}
        if umadb() is not None:
            contenders["UmaDB"] = _umadb(stack.enter_context(umadb_client(Path(folder))), size)
        contenders["eventsourcing, PostgreSQL recorder"] = _library(library, size)
        pool = stack.enter_context(ThreadPoolExecutor(submitters))
        figures = in_turn({name: _by(pool, append, times) for name, append in contenders.items()}, rounds)
        assert made.durable()
        assert made.last_position - 2 == library.max_notification_id() == rounds * times * size
        return figures


def _by(pool: ThreadPoolExecutor, append: Callable[[], int], times: int) -> Callable[[], int]:
    def appended(_: int) -> int:
        return append()

    return lambda: sum(pool.map(appended, range(times)))
