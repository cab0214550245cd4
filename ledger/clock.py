"""The sequencer's time: UTC, strictly later for each transaction, and refused where it cannot be trusted."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from domain.refusals import Refusal
from domain.times import after, text

BEHIND = timedelta(seconds=2)
JUMP_SECONDS = 60.0


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


class Clock(Protocol):
    """Tells the time, and how many seconds have gone by on something that nobody sets."""

    simulated: bool

    def now(self) -> str:
        """Return the present instant as stored."""
        ...

    def elapsed(self) -> float:
        """Return seconds on a scale that only runs forward."""
        ...


class ClockBehind(Refusal):
    """The clock is more than two seconds behind the last event."""


class ClockJumped(Refusal):
    """The clock was set by more than a minute since this process last recorded."""


_REMEDY = "set the clock right, or as an operator accept it: it is then on record that it was accepted, and why"


class SystemClock:
    """The machine's clock."""

    simulated = False

    def now(self) -> str:
        """Return the present instant."""
        return text(datetime.now(UTC))

    def elapsed(self) -> float:
        """Return seconds since the machine started; a suspended machine is no jump where the system counts that."""
        boot = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boot is None else time.clock_gettime(boot)


class SimulatedClock:
    """A clock that stands still until it is set; only a record of origin `…/simulation` takes it."""

    simulated = True

    def __init__(self, start: str) -> None:
        self._now = start
        self._start = _at(start)

    def set(self, instant: str) -> None:
        """Set the clock."""
        self._now = instant

    def now(self) -> str:
        """Return the instant it was set to."""
        return self._now

    def elapsed(self) -> float:
        """Return the simulated seconds since the start."""
        return (_at(self._now) - self._start).total_seconds()


class RecordedTime:
    """Gives each transaction its `recorded_at` (the record's section 3)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._trusted = self._reading()

    def _reading(self) -> tuple[str, float]:
        return self._clock.now(), self._clock.elapsed()

    def next(self, last: str | None, accepted: Callable[[], str | None]) -> str:
        """Return the clock's instant, or the last and a microsecond if that is later.

        `last` is when the last event was recorded, `accepted` tells when a clock was last accepted on record: what was
        recorded from then on with no time of its own going by is not held against the clock.

        Raises:
            ClockBehind: the clock is more than two seconds behind the last event.
            ClockJumped: it moved more than a minute against the time gone by in this process.
        """
        now, elapsed = self._reading()
        before, before_elapsed = self._trusted
        moved = (_at(now) - _at(before)).total_seconds() - (elapsed - before_elapsed)
        if abs(moved) > JUMP_SECONDS:
            raise ClockJumped(f"the clock says {now}: it has jumped by {moved:+.0f} seconds", remedy=_REMEDY)
        if last is not None and now < last and _at(now) < _at(last) - BEHIND:
            since = accepted()
            held = since is not None and _at(last) - _at(since) <= BEHIND
            if not held:
                raise ClockBehind(f"the clock says {now}, but the last event was recorded {last}", remedy=_REMEDY)
        self._trusted = now, elapsed
        return later_of(now, last)

    def unchecked(self, last: str | None) -> str:
        """Return the instant at which an operator accepts the clock."""
        return later_of(self._clock.now(), last)

    def accept(self) -> None:
        """Trust the clock as it is from now on."""
        self._trusted = self._reading()


def later_of(now: str, last: str | None) -> str:
    """Return `now`, or a microsecond after `last` if `now` is not later."""
    return now if last is None or now > last else after(last)
