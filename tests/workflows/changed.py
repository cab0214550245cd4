"""A cycle as nobody ever wrote it; apart from the tests, because a sandbox loads its module again."""

from datetime import timedelta

from temporalio import workflow

from workflows.cycle.messages import Cycle
from workflows.names import CYCLE


@workflow.defn(name=CYCLE)
class ChangedWorkflow:
    """A cycle that sleeps first, as none ever did."""

    @workflow.run
    async def run(self, cycle: Cycle) -> str:
        await workflow.sleep(timedelta(days=1))
        return cycle.name
