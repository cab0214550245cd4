"""Time-lapse: all that falls due is looked at in its order and at its hour, without a server and without waiting.

What a server does is done here in one loop: the earliest wakes first, the record is looked at, and what is waited for
is compared with the record whenever that has grown. A server compares every morning as well; here that is done on the
first of each month, since what time alone makes fall due is known a month before, and after something was refused.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from domain.times import NEW_YORK, last_day, new_york_date, text
from domain.values import Instant
from ledger.clock import SimulatedClock
from workflows.cycle.messages import Cycle, Rung, Woken
from workflows.daily import HOUR
from workflows.names import cycle_id
from workflows.office import RecordOffice


class Lapse:
    """The office of a simulated record whose cycles wait in a table; its clock is set to whatever comes next."""

    def __init__(self, office: RecordOffice, clock: SimulatedClock) -> None:
        self._office = office
        self._clock = clock
        self._waiting: dict[str, Cycle] = {}
        self._refused = False

    def until(self, instant: Instant) -> Iterator[Woken]:
        """Look at all that comes until an instant, one by one; the clock stands there in the end."""
        self._compare()
        while True:
            stop = min(self._morning(), instant)
            found = self._next()
            if found is not None and found[1].at <= stop:
                yield self._look(*found)
                continue
            self._clock.set(max(stop, self._clock.now()))
            if stop == instant:
                return
            self._compare()

    def _compare(self) -> None:
        """Make what is waited for agree with the record."""
        _, wanted = self._office.cycles()
        self._refused = False
        self._waiting = {cycle_id(cycle.kind, cycle.name): cycle for cycle in wanted}

    def _next(self) -> tuple[str, Rung] | None:
        """Return the cycle that wakes first, and its rung; of several at one instant, the first by name."""
        coming = ((cycle.next, name) for name, cycle in self._waiting.items())
        return min(
            ((name, rung) for rung, name in coming if rung is not None),
            key=lambda each: (each[1].at, each[0]),
            default=None,
        )

    def _look(self, name: str, rung: Rung) -> Woken:
        cycle, position = self._waiting.pop(name), self._office.position
        woken = Woken(cycle.kind, cycle.name, rung.name, max(rung.at, self._clock.now()))
        news = self._office.look(woken)
        self._refused = self._refused or bool(news.says)
        if self._office.position != position:
            self._compare()
        elif news.cycle is not None:
            self._waiting[name] = news.cycle.without(rung)
        return woken

    def _morning(self) -> Instant:
        """Return the next morning on which to compare: what was refused is tried again on the next one."""
        today = new_york_date(self._clock.now())
        day = today + timedelta(days=1) if self._refused else last_day(today, "month") + timedelta(days=1)
        return text(datetime.combine(day, time(HOUR), NEW_YORK))
