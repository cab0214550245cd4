"""Following the record on SQLite: one cheap look at `PRAGMA data_version` every few milliseconds."""

import sqlite3
from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING

from eventsourcing.persistence import Notification, Subscription

from ledger.database import connect

if TYPE_CHECKING:
    from ledger.sqlite import SQLiteRecordRecorder

POLL_SECONDS = 0.002
PAGE = 500


class PollingSubscription(Subscription["SQLiteRecordRecorder"]):
    """Yields notifications as they are recorded, by whichever process.

    `data_version` changes when another connection has committed, so that an idle follower reads no table. The
    watching connection itself never writes.
    """

    def __init__(self, recorder: "SQLiteRecordRecorder", gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._watch: sqlite3.Connection | None = connect(recorder.database.path, "PRAGMA query_only = ON;")
        self._stopped = Event()
        self._page: list[Notification] = []

    def stop(self) -> None:
        """Stop following; whoever waits for the next notification stops waiting."""
        super().stop()
        self._stopped.set()

    def __exit__(self, *args: object, **kwargs: object) -> None:
        super().__exit__(*args, **kwargs)
        self._close()

    def __next__(self) -> Notification:
        while not self._page:
            if self._stopped.is_set():
                raise StopIteration
            # The version is taken before the look, so that what is recorded in between is seen at the next turn.
            version = self._version()
            self._page = self._look()
            while not self._page and not self._stopped.is_set() and self._version() == version:
                self._stopped.wait(POLL_SECONDS)
        if self._stopped.is_set():
            raise StopIteration
        return self._page.pop()

    def _version(self) -> int:
        if self._watch is None:
            return 0
        found: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        return found

    def _look(self) -> list[Notification]:
        seen = self._last_notification_id or 0
        last = self._recorder.max_notification_id() or 0
        found = self._recorder.select_notifications(
            seen, PAGE, topics=self._topics, stop=last, inclusive_of_start=False
        )
        if len(found) == PAGE:
            self._last_notification_id = found[-1].id
        else:
            self._last_notification_id = max(last, seen)
        return list(reversed(found))

    def _close(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None
