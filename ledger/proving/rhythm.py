"""When a checkpoint is due: a second after the record has fallen quiet, and once a minute while it does not."""

from collections.abc import Callable
from time import monotonic

QUIET_SECONDS = 1.0
LONGEST_SECONDS = 60.0


class Rhythm:
    """Counts from the first event that is not under a checkpoint, and from the last one."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._position = 0
        self._first: float | None = None
        self._last = 0.0

    def saw(self, position: int) -> None:
        """Take note of how far the record has come."""
        if position > self._position:
            self._position, self._last = position, self._clock()
            self._first = self._last if self._first is None else self._first

    def signed(self, position: int) -> None:
        """Take note of a checkpoint over all up to a position."""
        self._position, self._first = max(position, self._position), None

    def seconds_left(self) -> float | None:
        """Return how long until a checkpoint is due; None where nothing was recorded since the last."""
        if self._first is None:
            return None
        return max(0.0, min(self._last + QUIET_SECONDS, self._first + LONGEST_SECONDS) - self._clock())
