"""The event-sourcing library's factory of recorders, the same for every database but for how it is opened."""

from abc import abstractmethod

from eventsourcing.persistence import AggregateRecorder, InfrastructureFactory, NotSupportedError, ProcessRecorder
from eventsourcing.utils import Environment, EnvType

from ledger.database import Database
from ledger.recorder import RecordRecorder
from ledger.tracking import RecordTrackingRecorder


class RecordFactory(InfrastructureFactory[RecordTrackingRecorder]):
    """Makes the recorders of one database."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self.database = self._database()

    @abstractmethod
    def _database(self) -> Database:
        """Open the database that the settings name."""

    def application_recorder(self) -> RecordRecorder:
        """Return a recorder of events."""
        return RecordRecorder(self.database)

    def tracking_recorder(
        self, tracking_recorder_class: type[RecordTrackingRecorder] | None = None
    ) -> RecordTrackingRecorder:
        """Return a recorder of followers' positions."""
        return (tracking_recorder_class or RecordTrackingRecorder)(self.database)

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """Refuse: there are no snapshots, and events are recorded by the application recorder."""
        raise NotSupportedError(f"no recorder of {purpose} apart from the application's")

    def process_recorder(self) -> ProcessRecorder:
        """Refuse: what follows the record writes commands, not events."""
        raise NotSupportedError("no process recorder")

    def close(self) -> None:
        """Close the database."""
        self.database.close()
