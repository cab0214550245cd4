"""A real Temporal server that skips time, a real record that is simulated, and the worker between them."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.client import Client
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from interfaces.run.temporal_server import program
from ledger.clock import SimulatedClock
from ledger.record import Record
from workflows.cycle.messages import Cycle
from workflows.kinds import Kind
from workflows.names import SEARCHED_BY
from workflows.office import RecordOffice
from workflows.reconciling import apply, differences
from workflows.worker import reconcile, worker

SKIPPING = ("--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true")
AT_ONCE = (
    *("--dynamic-config-value", 'history.timerProcessorMaxTimeShift="10ms"'),
    *("--dynamic-config-value", 'history.timerProcessorMaxPollInterval="1s"'),
)
"""Else a timer whose time was skipped to waits up to a second more, and one that the queue missed for five minutes."""
LONGEST = 120.0


@asynccontextmanager
async def skipping(*, by_itself: bool = True) -> AsyncGenerator[WorkflowEnvironment]:
    """Run a server on which every workflow's time goes by as soon as it only waits, or when it is told to."""
    async with await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=by_itself),
        dev_server_existing_path=program(),
        dev_server_extra_args=[*SKIPPING, *AT_ONCE],
        dev_server_startup_timeout=timedelta(seconds=LONGEST),
        dev_server_log_level="error",
        search_attributes=list(SEARCHED_BY),
    ) as environment:
        yield environment


class Working:
    """An office with its worker on a server, as a test drives it."""

    def __init__(self, client: Client, office: RecordOffice) -> None:
        self.client = client
        self._office = office

    async def reconcile(self) -> int:
        """Make what runs agree with the record, and return how many workflows differed."""
        return await reconcile(self.client, self._office)

    async def start(self, cycle: Cycle) -> None:
        """Have one thing waited for, and nothing else."""
        for each in differences(cycle.position, [cycle], {}):
            await apply(self.client, each)

    async def ends(self, name: str) -> str:
        """Wait until a workflow has ended, and return what it says."""
        handle = self.client.get_workflow_handle(name, result_type=str)
        return await asyncio.wait_for(handle.result(), LONGEST)


@asynccontextmanager
async def working(record: Record, clock: SimulatedClock, kinds: Sequence[Kind]) -> AsyncGenerator[Working]:
    """Run the worker of a simulated record, whose clock is the workflows'."""
    office = RecordOffice(record, "sec", kinds, set_clock=lambda at: clock.set(max(at, clock.now())))
    async with skipping() as environment, worker(environment.client, office):
        yield Working(environment.client, office)
