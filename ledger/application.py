"""The record as an application of the event-sourcing library."""

from eventsourcing.application import Application
from eventsourcing.persistence import ProgrammingError
from eventsourcing.utils import Environment, EnvType

from ledger.address import Address, SQLiteAddress
from ledger.mapper import BodyType, RecordMapper
from ledger.recorder import RecordRecorder


class RecordApplication(Application[str]):
    """Wires mapper, recorder, event store and repository; snapshots and the library's cache stay off."""

    name = "ledger1540"

    def __init__(self, address: Address, body_type: BodyType) -> None:
        self._body_type = body_type
        if isinstance(address, SQLiteAddress):
            env = {"PERSISTENCE_MODULE": "ledger.sqlite", "SQLITE_DBNAME": str(address.path)}
        else:
            env = {"PERSISTENCE_MODULE": "ledger.postgres", "POSTGRES_URL": address.whole}
        super().__init__(env=env)

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return the settings given, and none of the process's: a stray variable must not change what is stored."""
        return Environment(name, dict(env or {}))

    def construct_mapper(self) -> RecordMapper:
        """Return the mapper of the record's format."""
        return RecordMapper(self._body_type)

    def construct_recorder(self) -> RecordRecorder:
        """Return the recorder that the factory makes."""
        recorder = self.factory.application_recorder()
        if not isinstance(recorder, RecordRecorder):
            raise ProgrammingError("the persistence module is not the record's")
        return recorder

    @property
    def sequencer(self) -> RecordRecorder:
        """The recorder under its own type."""
        recorder = self.recorder
        assert isinstance(recorder, RecordRecorder)  # noqa: S101 - made above
        return recorder

    @property
    def bytes_of(self) -> RecordMapper:
        """The mapper under its own type."""
        mapper = self.mapper
        assert isinstance(mapper, RecordMapper)  # noqa: S101 - made above
        return mapper
