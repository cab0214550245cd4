"""Following the record: what is recorded, in order, as soon as it is committed, by whichever process.

Positions are gapless and are committed in their order, so that a follower that asks for what comes after the last one
it has seen misses nothing, whatever else runs in the database.
"""

from collections.abc import Iterator

from domain.recorded import Recorded
from ledger.awaiting import Awaiting
from ledger.parts import Parts

PAGE = 500


class Follower:
    """Yields pages of events that follow a position; waits at the end of the record, and ends when it is stopped.

    At most one page is in memory. Events whose body was disposed of are left out; `position` tells how far it has come.
    """

    def __init__(self, parts: Parts, after: int) -> None:
        self.position = after
        self._parts = parts
        self._awaiting = Awaiting(parts.recorder)

    def __enter__(self) -> "Follower":
        return self

    def __exit__(self, *error: object) -> None:
        self._awaiting.close()

    def stop(self) -> None:
        """End after the page that is being worked on; may be called from another thread."""
        self._awaiting.stop()

    def __iter__(self) -> Iterator[list[Recorded]]:
        while not self._awaiting.stopped:
            last = min(self._awaiting.beyond(self.position), self.position + PAGE)
            if last > self.position and not self._awaiting.stopped:
                page = list(self._parts.recorded(self.position + 1, last))
                self.position = last
                yield page
