"""A server whose workflows are woken one by one, in the order in which what they wait for comes."""

import asyncio
from datetime import datetime, time, timedelta

from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.times import NEW_YORK, moment, new_york_date, text
from domain.values import Instant
from ledger.clock import SimulatedClock
from tests.workflows.serving import LONGEST
from workflows.cycle.messages import Cycle, News, Rung, Woken
from workflows.cycle.workflow import CycleWorkflow
from workflows.daily import HOUR
from workflows.names import cycle_id
from workflows.office import RecordOffice
from workflows.reconciling import apply, differences

PATIENCE = 500
"""Hundredths of a second after which a server is asked again how late it is for a workflow."""


class Watched:
    """An office that remembers at what it looked."""

    def __init__(self, office: RecordOffice) -> None:
        self.office = office
        self.looks: list[str] = []

    def cycles(self) -> tuple[int, tuple[Cycle, ...]]:
        return self.office.cycles()

    def look(self, woken: Woken) -> News:
        news = self.office.look(woken)
        self.looks.append(cycle_id(woken.kind, woken.name))
        return news


class Stepping:
    """Drives the workflows of an office through time, as Temporal's own clock would."""

    def __init__(self, environment: WorkflowEnvironment, office: Watched, clock: SimulatedClock) -> None:
        self._environment = environment
        self._office = office
        self._clock = clock
        self._running: dict[str, Cycle] = {}

    async def until(self, instant: Instant) -> None:
        """Wake all that comes until an instant; compare with the record each morning, and whenever that has grown."""
        await self._compare()
        for stop in (*_mornings(self._clock.now(), instant), instant):
            while (found := self._next()) is not None and found[1].at <= stop:
                await self._wake(*found)
            self._clock.set(stop)
            await self._compare()

    def _next(self) -> tuple[str, Rung] | None:
        coming = [(name, cycle.next) for name, cycle in self._running.items() if cycle.next is not None]
        return min(coming, key=lambda each: (each[1].at, each[0]), default=None)

    async def _wake(self, name: str, rung: Rung) -> None:
        handle, position, looked = self._handle(name), self._office.office.position, len(self._office.looks)
        await asyncio.wait_for(self._looked(handle, rung, looked), LONGEST)
        assert self._office.looks[looked:] == [name]
        await asyncio.wait_for(self._follow(name, self._running[name]), LONGEST)
        if self._office.office.position != position:
            await self._compare()

    async def _looked(self, handle: WorkflowHandle[CycleWorkflow, str], rung: Rung, before: int) -> None:
        """Wait until a workflow has looked at what comes; its time goes by as often as the server must be told."""
        while len(self._office.looks) == before:
            left = moment(rung.at) - await self._environment.get_current_time(handle)
            if left > timedelta():
                await self._environment.fast_forward(handle, left)
            for _ in range(PATIENCE):  # a worker's thread has no event for us
                if len(self._office.looks) > before:
                    return
                await asyncio.sleep(0.01)

    async def _follow(self, name: str, before: Cycle) -> None:
        """Wait until the workflow has taken what its look said."""
        handle = self._handle(name)
        while True:
            found = await handle.query(CycleWorkflow.cycle)
            if found != before:
                break
            await asyncio.sleep(0.01)
        if found is None:
            del self._running[name]
            await handle.result()
        else:
            self._running[name] = found

    async def _compare(self) -> None:
        position, wanted = self._office.cycles()
        running = {name: cycle.digest for name, cycle in self._running.items()}
        for each in differences(position, wanted, running):
            await apply(self._environment.client, each)
            if each.news.cycle is None:
                await self._handle(each.id).result()
                del self._running[each.id]
            else:
                self._running[each.id] = each.news.cycle

    def _handle(self, name: str) -> WorkflowHandle[CycleWorkflow, str]:
        return self._environment.client.get_workflow_handle_for(CycleWorkflow.run, name)


def _mornings(since: Instant, until: Instant) -> list[Instant]:
    """Return the mornings on which a server's schedule compares, between two instants."""
    days = (new_york_date(since) + timedelta(days=each) for each in range(500))
    found = (text(datetime.combine(day, time(HOUR), NEW_YORK)) for day in days)
    return [morning for morning in found if since < morning < until]
