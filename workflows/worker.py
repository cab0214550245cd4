"""The worker: everything that runs in one process, put together in one place for production and tests alike."""

import asyncio
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from workflows.cycle.activities import CycleActivities, Office
from workflows.cycle.workflow import CycleWorkflow
from workflows.daily import ReconcileActivities, ReconcileWorkflow
from workflows.names import QUEUE
from workflows.reconciling import apply, differences, running

WORKFLOWS = (CycleWorkflow, ReconcileWorkflow)
LAST_WORK = timedelta(seconds=30)
"""How long activities may go on when the worker is told to stop."""
AT_ONCE = 8
"""Activities and calls to the server at the same time; the record takes one writer at a time anyway."""


def runner() -> SandboxedWorkflowRunner:
    """Return what runs workflow code: our pure modules are not loaded again for each workflow."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules("domain", "workflows.cycle.messages")
    return SandboxedWorkflowRunner(restrictions=restrictions)


async def reconcile(client: Client, office: Office) -> int:
    """Make what runs agree with the record, and return how many workflows differed."""
    position, wanted = await asyncio.to_thread(office.cycles)
    found = differences(position, wanted, await running(client))
    free = asyncio.Semaphore(AT_ONCE)

    async def mend(place: int) -> None:
        async with free:
            await apply(client, found[place])

    await asyncio.gather(*(mend(place) for place in range(len(found))))
    return len(found)


def worker(client: Client, office: Office) -> Worker:
    """Return the worker of an office; the caller runs it."""

    async def reconciled() -> int:
        return await reconcile(client, office)

    return Worker(
        client,
        task_queue=QUEUE,
        workflows=WORKFLOWS,
        activities=[CycleActivities(office).look, ReconcileActivities(reconciled).reconcile],
        max_concurrent_activities=AT_ONCE,
        workflow_runner=runner(),
        graceful_shutdown_timeout=LAST_WORK,
    )
