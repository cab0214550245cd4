"""The event-sourcing library's own test cases, run against our recorders.

The subclass does what the record's commands do: it gives each event a header. It also shifts versions by one, because
the library's cases count from 0 where the record counts from 1.
"""

import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import (
    InfrastructureFactory,
    InfrastructureFactoryError,
    IntegrityError,
    Notification,
    NotSupportedError,
    ProgrammingError,
    StoredEvent,
    Subscription,
    Tracking,
)
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
    TrackingRecorderTestCase,
)

from domain.header import FORMAT, Header
from ledger import opening
from ledger.database import Database
from ledger.factory import RecordFactory
from ledger.mapper import entry
from ledger.recorder import RecordRecorder
from ledger.tracking import RecordTrackingRecorder
from tests import postgres
from tests.ledger.places import Place, PostgresPlace, SQLitePlace

NOW = "2026-01-01T00:00:00.000000Z"


def header_of(event: StoredEvent, position: int, version: int) -> Header:
    return Header(
        format=FORMAT,
        log="example.org/ledger1540/1",
        position=position,
        event_id=str(uuid4()),
        stream=str(event.originator_id),
        version=version,
        previous=None,
        subject=None,
        type=event.topic,
        type_version=1,
        body_commitment="0" * 64,
        recorded_at=NOW,
        known_at=NOW,
        known_precision="instant",
        strikes=None,
        noticed_at=None,
        command_id=str(uuid4()),
        actor="x",
        role="",
        causation_id=None,
        correlation_id=None,
        audience=(),
        synthetic=False,
    )


class Shifted(RecordRecorder):
    shift = 0

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        with self.sequenced():
            size = self.growth().size
            entries = [
                replace(
                    entry(
                        header_of(event, size + n + 1, event.originator_version + self.shift), event.state, b"n" * 16
                    ),
                    topic=event.topic,
                )
                for n, event in enumerate(stored_events)
            ]
            return super().insert_events(entries, **kwargs)

    def select_events(self, originator_id: UUID | str, **kwargs: Any) -> Sequence[StoredEvent]:  # type: ignore[override]
        return [
            replace(event, originator_version=event.originator_version - self.shift)
            for event in super().select_events(originator_id, **kwargs)
        ]

    def select_notifications(self, *args: Any, **kwargs: Any) -> Sequence[Notification]:
        return [
            replace(event, originator_version=event.originator_version - self.shift)
            for event in super().select_notifications(*args, **kwargs)
        ]


class ShiftedByOne(Shifted):
    shift = 1


class Case(ABC):
    recorder: type[Shifted] = Shifted

    @abstractmethod
    def make(self) -> Database: ...

    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.database = self.make()

    def tearDown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def new_originator_id(self) -> str:
        return f"test/{uuid4()}"

    def create_recorder(self) -> Any:
        return self.recorder(self.database)


class OnSQLite(Case):
    def make(self) -> Database:
        return opening.database(made(SQLitePlace(Path(self.folder.name) / "home")).address)


class OnPostgreSQL(Case):
    def setUp(self) -> None:
        postgres.server_url()  # where there is none, nothing is begun
        super().setUp()

    def make(self) -> Database:
        return opening.database(made(PostgresPlace(Path(self.folder.name) / "home")).address)


class ApplicationRecorderCases(Case, ApplicationRecorderTestCase[Shifted]):
    def test_concurrent_no_conflicts(self, initial_position: int = 0) -> None:
        self.recorder = ShiftedByOne
        super().test_concurrent_no_conflicts(initial_position)

    def test_concurrent_throughput(self) -> None:
        self.recorder = ShiftedByOne
        super().test_concurrent_throughput()

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class PositionsDoNotInterleaveCases(Case, NonInterleavingNotificationIDsBaseCase):
    recorder = ShiftedByOne

    def test(self) -> None:
        super().test()


class TrackingRecorderCases(Case, TrackingRecorderTestCase):
    def create_recorder(self) -> RecordTrackingRecorder:
        return RecordTrackingRecorder(self.database)


class TestApplicationRecorderOnSQLite(OnSQLite, ApplicationRecorderCases): ...


class TestApplicationRecorderOnPostgreSQL(OnPostgreSQL, ApplicationRecorderCases): ...


class TestPositionsDoNotInterleaveOnSQLite(OnSQLite, PositionsDoNotInterleaveCases): ...


class TestPositionsDoNotInterleaveOnPostgreSQL(OnPostgreSQL, PositionsDoNotInterleaveCases): ...


class TestTrackingRecorderOnSQLite(OnSQLite, TrackingRecorderCases): ...


class TestTrackingRecorderOnPostgreSQL(OnPostgreSQL, TrackingRecorderCases): ...


del ApplicationRecorderCases, PositionsDoNotInterleaveCases, TrackingRecorderCases


def made(place: Place) -> Place:
    place.create().close()
    return place


def settings_of(place: Place) -> dict[str, str]:
    if isinstance(place, SQLitePlace):
        return {"PERSISTENCE_MODULE": "ledger.sqlite", "SQLITE_DBNAME": str(place.file)}
    return {"PERSISTENCE_MODULE": "ledger.postgres", "POSTGRES_URL": place.written}


@pytest.fixture
def factory(place: Place) -> Iterator[RecordFactory]:
    found: Any = InfrastructureFactory.construct(settings_of(made(place)))
    assert isinstance(found, RecordFactory)
    yield found
    found.close()


def test_the_persistence_module_is_found_by_its_name(factory: RecordFactory) -> None:
    assert isinstance(factory.application_recorder(), RecordRecorder)
    assert factory.tracking_recorder().max_tracking_id("view") is None
    with pytest.raises(NotSupportedError):
        factory.aggregate_recorder()
    with pytest.raises(NotSupportedError):
        factory.process_recorder()


@pytest.mark.parametrize("module", ["ledger.sqlite", "ledger.postgres"])
def test_a_factory_needs_a_database(module: str) -> None:
    with pytest.raises((OSError, InfrastructureFactoryError), match="names no database"):
        InfrastructureFactory.construct({"PERSISTENCE_MODULE": module})


def test_an_event_without_a_header_is_not_stored(factory: RecordFactory) -> None:
    with pytest.raises(ProgrammingError):
        factory.application_recorder().insert_events([StoredEvent("a", 1, "t", b"")])


def test_tracking_is_written_with_the_events_it_goes_with(factory: RecordFactory) -> None:
    recorder = Shifted(factory.database)
    recorder.insert_events([StoredEvent("test/1", 1, "t", b"")], tracking=Tracking("upstream", 7))
    assert factory.tracking_recorder().max_tracking_id("upstream") == 7
    with pytest.raises(IntegrityError):
        recorder.insert_events([StoredEvent("test/1", 2, "t", b"")], tracking=Tracking("upstream", 7))
    assert recorder.max_notification_id() == 1
    assert factory.tracking_recorder().max_tracking_id("upstream") == 7


def test_a_subscription_sees_what_another_process_records(place: Place, factory: RecordFactory) -> None:
    subscription: Subscription[Any]
    with factory.application_recorder().subscribe(gt=0) as subscription:
        other = opening.database(place.address)
        Shifted(other).insert_events([StoredEvent("test/1", 1, "t", b"one")])
        other.close()
        assert next(subscription).state == b"one"
