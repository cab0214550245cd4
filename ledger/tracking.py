"""How far followers have come that keep their place in the record's own database, as the library's do."""

from eventsourcing.persistence import IntegrityError, Tracking, TrackingRecorder

from ledger.database import Database

_TRACK = """INSERT INTO tracking VALUES (?, ?)
ON CONFLICT (application_name) DO UPDATE SET notification_id = excluded.notification_id
WHERE tracking.notification_id < excluded.notification_id
RETURNING notification_id"""


class RecordTrackingRecorder(TrackingRecorder):
    """Keeps for each follower the last position it has worked off."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record that a follower has come to a position, which must be later than before."""
        with self.database.immediate():
            track(self.database, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """Return how far a follower has come, or None."""
        row = self.database.row("SELECT notification_id FROM tracking WHERE application_name = ?", (application_name,))
        return None if row is None else int(row[0])


def track(database: Database, tracking: Tracking) -> None:
    """Write down where a follower is, under the lock; refuse to move it back."""
    if database.row(_TRACK, (tracking.application_name, tracking.notification_id)) is None:
        raise IntegrityError(f"{tracking.application_name} is past {tracking.notification_id} already")
