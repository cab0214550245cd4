"""Waiting for the record to grow."""

from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.recorder import RecordRecorder

LOOK_SECONDS = 5.0
"""A look of one's own, though nothing was told."""


class Awaiting:
    """Waits for the record to grow."""

    def __init__(self, recorder: "RecordRecorder") -> None:
        self._recorder = recorder
        self._watch = recorder.database.watch()
        self._stopped = Event()
        self._closed = False
        self._closing = Lock()

    def __enter__(self) -> "Awaiting":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def stopped(self) -> bool:
        """True once `stop` was called."""
        return self._stopped.is_set()

    def beyond(self, position: int, seconds: float | None = None) -> int:
        """Return the last position: as soon as it is greater than `position`, when stopped, or after `seconds`."""
        until = None if seconds is None else monotonic() + seconds
        while True:
            last = self._recorder.max_notification_id() or 0
            left = LOOK_SECONDS if until is None else until - monotonic()
            if last > position or self.stopped or left <= 0:
                return last
            self._watch.wait(min(left, LOOK_SECONDS))

    def stop(self) -> None:
        """Let whoever waits go on at once, and not wait again; may be called from another thread."""
        self._stopped.set()
        with self._closing:
            if not self._closed:
                self._watch.wake()

    def close(self) -> None:
        """Let go of what tells about the record; nobody may be waiting."""
        self._stopped.set()
        with self._closing:
            if not self._closed:
                self._closed = True
                self._watch.close()
