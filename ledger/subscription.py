"""Following the record: what is recorded, in order, as soon as it is committed, by whichever process."""

from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING

from eventsourcing.persistence import Notification, Subscription

if TYPE_CHECKING:
    from ledger.recorder import RecordRecorder

PAGE = 500
LOOK_SECONDS = 5.0
"""A look of one's own, though nothing was told."""


class RecordSubscription(Subscription["RecordRecorder"]):
    """Yields notifications as they are recorded; a page at most is in memory.

    Positions are gapless and are committed in their order, so that a follower that asks for what comes after the last
    one it has seen misses nothing, whatever else runs in the database.
    """

    def __init__(self, recorder: "RecordRecorder", gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._watch = recorder.database.watch()
        self._stopped = Event()
        self._closed = False
        self._page: list[Notification] = []

    def stop(self) -> None:
        """Stop following; whoever waits for the next notification stops waiting."""
        super().stop()
        self._stopped.set()
        if not self._closed:
            self._watch.wake()

    def __exit__(self, *args: object, **kwargs: object) -> None:
        super().__exit__(*args, **kwargs)
        if not self._closed:
            self._closed = True
            self._watch.close()

    def __next__(self) -> Notification:
        while not self._page:
            if self._stopped.is_set():
                raise StopIteration
            self._page = self._look()
            if not self._page and not self._stopped.is_set():
                self._watch.wait(LOOK_SECONDS)
        if self._stopped.is_set():
            raise StopIteration
        return self._page.pop()

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
