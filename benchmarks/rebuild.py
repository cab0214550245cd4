"""Rebuild: a view of one row for each event, made from the whole record; the peer is the library's projection runner.

The library has no subscription on SQLite, so that it runs on PostgreSQL alone. There nobody waits for the disk (fsync
is off), which favours the peer: it commits after every event.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import msgspec
import psycopg
from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier

from benchmarks.measure import in_turn, table
from benchmarks.work import puts, record, reopened
from domain.matrix.events import CellAssessed
from domain.recorded import Recorded
from ledger.record import Record
from projections.engine.migrating import migrate
from projections.engine.rebuilding import Rebuild
from projections.engine.store import Store, embedded_url
from projections.engine.view import Columns, Lookup, View
from tests.postgres import postgres_url

STREAM = 500
OF_THE_PEER = 10
"""The peer is given a tenth of the events: it needs the time."""
_versions = count(1)


class CellColumns(Columns, frozen=True, kw_only=True):
    """What the view keeps of a cell."""

    state: str
    revision: int
    cell: str
    value: str
    document: str


def rows(event: Recorded, lookup: Lookup) -> Iterable[CellColumns]:
    """Yield the one row of a cell's event."""
    del lookup
    body = event.body
    assert isinstance(body, CellAssessed)
    yield CellColumns(
        state=body.state,
        revision=body.revision,
        cell=body.cell,
        value=body.value,
        document=body.sources[0].document_id,
    )


VIEW = View(
    name="cells", version=1, columns=CellColumns, follows=(CellAssessed,), rows=rows, indexes=(("state", "cell"),)
)


def _ours(store: Store, home: Path, processes: int) -> Callable[[], int]:
    """Return a rebuild of a changed view, so that there is nothing to compare with."""

    def rebuild() -> int:
        with reopened(home) as read:
            changed: View[Columns] = msgspec.structs.replace(VIEW, version=next(_versions))
            work = Rebuild(store, read, shares=processes, opener=partial(reopened, home))
            done = work.run(changed)
            assert done.switched
            return done.position

    return rebuild


class Matrix(Aggregate):
    """The peer's aggregate, with the same members in its events."""

    class CellAssessed(Aggregate.Event):
        """A cell was assessed."""

        cell: str
        value: str
        document: str
        locator: str
        quotation: str

    @event(CellAssessed)
    def assess(self, cell: str, value: str, document: str, locator: str, quotation: str) -> None:
        """Assess a cell."""
        del cell, value, document, locator, quotation


class Matrices(Application[UUID]):
    """The peer's application."""


class CellView(PostgresTrackingRecorder):
    """The peer's view: a row for each event, in one transaction with its tracking."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS {}.cells (position bigint PRIMARY KEY, state text, cell text, value text)"
            ).format(Identifier(self.datastore.schema))
        )

    def put(self, tracking: Tracking, cell: str, value: str) -> None:
        """Keep a row."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                "INSERT INTO cells VALUES (%s, %s, %s, %s)",
                (tracking.notification_id, "KEN", cell, value),
                prepare=True,
            )


class CellProjection(Projection[CellView]):
    """The peer's projection."""

    name = "cells"
    topics = ()

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # Any: as the library has it
        """Take an event in."""

    @process_event.register
    def _(self, domain_event: Matrix.CellAssessed, tracking: Tracking) -> None:
        self.view.put(tracking, domain_event.cell, domain_event.value)


def _peer(url: str, fresh: Iterator[str], events: int) -> Callable[[], int]:
    """Return a projection of the peer's; each goes into a fresh database."""
    parts = urlsplit(url)
    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.lstrip("/"),
        "POSTGRES_HOST": parse_qs(parts.query)["host"][0],
        "POSTGRES_USER": parts.username or "",
        "POSTGRES_PASSWORD": "none",
    }
    application = Matrices(env=environment)
    matrix = Matrix()
    for place in range(events - 1):
        quotation = "No person shall, without a licence, export the goods named in the schedule."
        matrix.assess(f"T2011/op3cd-{place % 27 + 1}-nw-legal", "X", "benchmark-report", "page 12", quotation)
        if place % STREAM == 0:  # thousands at once make its driver's pipeline wait for ever
            application.save(matrix)
    application.save(matrix)
    last = application.recorder.max_notification_id()
    application.close()

    def project() -> int:
        view = next(fresh)
        there = environment | {"CELLS_POSTGRES_DBNAME": urlsplit(view).path.lstrip("/")}
        with ProjectionRunner(
            application_class=Matrices, projection_class=CellProjection, view_class=CellView, env=there
        ) as runner:
            runner.wait(last, timeout=600)
        with psycopg.connect(view) as connection:
            kept = connection.execute("SELECT count(*) FROM cells").fetchone()
        assert kept == (events - 1,), kept
        return events

    return project


def run(rounds: int, events: int) -> str:
    """Return the table of events rebuilt a second."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        url, theirs, *fresh = (stack.enter_context(postgres_url()) for _ in range(rounds + 2))
        home = Path(folder, "home")
        with record(home) as made:
            _fill(made, events)
        stores = {"SQLite": Store(embedded_url(home)), "PostgreSQL": Store(url)}
        contenders: dict[str, Callable[[], int]] = {}
        for name, store in stores.items():
            migrate(store)
            stack.callback(store.close)
            contenders |= {f"ledger1540, {name}, {each} process(es)": _ours(store, home, each) for each in (1, 2)}
        contenders["eventsourcing, ProjectionRunner, PostgreSQL"] = _peer(theirs, iter(fresh), events // OF_THE_PEER)
        return table(f"Rebuild of a view from {events:,} events", "events a second", in_turn(contenders, rounds))


def _fill(made: Record, events: int) -> None:
    for command in islice(puts(STREAM), events // STREAM):
        made.submit(command)
