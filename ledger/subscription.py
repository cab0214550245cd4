"""Following the record as the event-sourcing library does: one notification after another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eventsourcing.persistence import Notification, Subscription

from ledger.awaiting import Awaiting

if TYPE_CHECKING:
    from ledger.recorder import RecordRecorder

PAGE = 500


class RecordSubscription(Subscription["RecordRecorder"]):
    """Yields notifications as they are recorded; a page at most is in memory."""

    def __init__(self, recorder: "RecordRecorder", gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._awaiting = Awaiting(recorder)
        self._seen = gt or 0
        self._page: list[Notification] = []

    def stop(self) -> None:
        """Stop following; whoever waits for the next notification stops waiting."""
        super().stop()
        self._awaiting.stop()

    def __exit__(self, *args: object, **kwargs: object) -> None:
        super().__exit__(*args, **kwargs)
        self._awaiting.close()

    def __next__(self) -> Notification:
        while not self._page and not self._awaiting.stopped:
            self._look(self._awaiting.beyond(self._seen))
        if self._awaiting.stopped:
            raise StopIteration
        return self._page.pop()

    def _look(self, last: int) -> None:
        found = self._recorder.select_notifications(
            self._seen, PAGE, topics=self._topics, stop=last, inclusive_of_start=False
        )
        self._seen = found[-1].id if len(found) == PAGE else max(last, self._seen)
        self._page = list(reversed(found))
