"""A simulated record at a real server: what falls due is waited for instant by instant, and people act in between."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from interfaces.run.temporal_server import ready
from workflows.cycle.messages import Cycle, News, Woken
from workflows.office import RecordOffice
from workflows.worker import reconcile, worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from temporalio.client import Client

    from domain.values import Instant
    from ledger.clock import SimulatedClock
    from ledger.record import Record
    from workflows.connecting import Place
    from workflows.kinds import Kind

LOOK_SECONDS = 0.05
AGAIN_SECONDS = 1.0
"""How often the server is compared with the record while nothing is recorded."""
PATIENCE_SECONDS = 60.0
"""How long what falls due at one instant is waited for."""
INSTANTS = 10_000
"""More than there are instants: places in a time lapse follow each other as positions do."""


class Act(NamedTuple):
    """What somebody records at an instant."""

    at: Instant
    does: Callable[[], object]


class Lapse:
    """An office in which time goes by from one instant to the next at which something falls due or somebody acts.

    The server is told what falls due by the present instant and wakes it at once; what comes later waits for that.
    """

    def __init__(self, record: Record, clock: SimulatedClock, actor: str, kinds: Sequence[Kind]) -> None:
        self._clock = clock
        self._office = RecordOffice(record, actor, kinds, set_clock=self._set)
        self._present = clock.now()
        self._instants = 0
        self._kept: tuple[int, Instant, tuple[Cycle, ...]] | None = None
        self._alone = Lock()

    @property
    def position(self) -> int:
        """The last place: it grows with the record and with time."""
        return self._place(self._office.position)

    def cycles(self) -> tuple[int, tuple[Cycle, ...]]:
        """Return everything that is waited for, with what falls due by the present instant."""
        with self._alone:
            found = self._cycles()
            return self._place(self._office.position), tuple(map(self._by_now, found))

    def look(self, woken: Woken) -> News:
        """Do what is due, at the present instant."""
        with self._alone:
            news = self._office.look(replace(woken, at=self._present))
            cycle = None if news.cycle is None else self._by_now(news.cycle)
            return News(self._place(news.position), cycle, news.says)

    def goes_on(self, until: Instant) -> bool:
        """Go on to the next instant at which something falls due, at most until another; false where nothing does."""
        with self._alone:
            to_come = sorted(at for at in self._due() if at <= until)
            self._set(to_come[0] if to_come else until)
            return bool(to_come)

    def is_waiting(self) -> bool:
        """True while something that falls due by the present instant is not done."""
        with self._alone:
            return any(at <= self._present for at in self._due())

    def give(self, act: Act) -> None:
        """Let somebody act."""
        with self._alone:
            act.does()

    def _due(self) -> Iterator[Instant]:
        return (rung.at for cycle in self._cycles() for rung in cycle.rungs)

    def _cycles(self) -> tuple[Cycle, ...]:
        """Return everything that is waited for, looked at once for a position and an instant: it is asked often."""
        position, kept = self._office.position, self._kept
        if kept is None or kept[:2] != (position, self._present):
            kept = self._kept = (position, self._present, self._office.cycles()[1])
        return kept[2]

    def _set(self, at: Instant) -> None:
        if at > self._present:
            self._present, self._instants = at, self._instants + 1
            self._clock.set(at)

    def _place(self, position: int) -> int:
        return position * INSTANTS + self._instants

    def _by_now(self, cycle: Cycle) -> Cycle:
        return replace(cycle, rungs=tuple(rung for rung in cycle.rungs if rung.at <= self._present))


async def live(lapse: Lapse, place: Place, acts: Sequence[Act], until: Instant) -> None:
    """Let time go by until an instant; each act comes after what was due before it."""
    client = await ready(place)
    async with worker(client, lapse):
        for act in (*acts, Act(until, lambda: None)):
            while await asyncio.to_thread(lapse.goes_on, act.at):
                await _woken(client, lapse)
            await asyncio.to_thread(lapse.give, act)
            await _woken(client, lapse)


async def _woken(client: Client, lapse: Lapse) -> None:
    """Have the server wake what is due at the present instant, and wait until it is done."""
    told, compared, began = -1, 0.0, time.monotonic()
    while await asyncio.to_thread(lapse.is_waiting):
        now = time.monotonic()
        if now - began > PATIENCE_SECONDS:
            raise TimeoutError("what falls due in the simulation is not done in time")
        if lapse.position != told or now - compared > AGAIN_SECONDS:
            told, compared = lapse.position, now
            await reconcile(client, lapse)
        await asyncio.sleep(LOOK_SECONDS)
