"""The reconciler: compares what the record waits for with what is running; starts, tells and ends what differs."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from temporalio.client import Client, WithStartWorkflowOperation, WorkflowExecutionStatus
from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDConflictPolicy
from temporalio.service import RPCError, RPCStatusCode

from workflows.cycle.messages import Cycle, News
from workflows.names import CYCLE, KIND, QUEUE, cycle_id

What = Literal["start", "tell", "end"]


class Difference(NamedTuple):
    """What has to be done to a workflow: it is not there, it waits for other instants, or its cycle is over."""

    what: What
    id: str
    news: News


def differences(position: int, wanted: Sequence[Cycle], running: Mapping[str, str]) -> list[Difference]:
    """Return what differs between the record and what is running (workflow ids with the digests they wait by)."""
    by_id = {cycle_id(cycle.kind, cycle.name): cycle for cycle in wanted}
    found = [
        Difference("tell" if name in running else "start", name, News(position, cycle))
        for name, cycle in by_id.items()
        if running.get(name) != cycle.digest
    ]
    return found + [Difference("end", name, News(position, None, "over")) for name in running if name not in by_id]


async def running(client: Client) -> dict[str, str]:
    """Return the cycles that run, with the digests that they wait by.

    The list may be a second old. What is told twice is taken once, so nothing rests on it.
    """
    found: dict[str, str] = {}
    async for each in client.list_workflows(f"WorkflowType = '{CYCLE}' AND ExecutionStatus = 'Running'"):
        if each.status == WorkflowExecutionStatus.RUNNING:
            found[each.id] = str((await each.memo()).get("digest", ""))
    return found


async def apply(client: Client, difference: Difference) -> None:
    """Do what makes one workflow agree with the record; told again, it changes nothing."""
    cycle = difference.news.cycle
    told = f"p{difference.news.position}-{'over' if cycle is None else cycle.digest}"
    if cycle is None:
        handle = client.get_workflow_handle(difference.id)
        try:
            await handle.execute_update("news", difference.news, id=told)  # pyright: ignore[reportUnknownMemberType] - the library's
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # it has ended by itself meanwhile
                raise
        return
    starting: WithStartWorkflowOperation[object, str] = WithStartWorkflowOperation(
        CYCLE,
        cycle,
        id=difference.id,
        task_queue=QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        search_attributes=TypedSearchAttributes([SearchAttributePair(KIND, cycle.kind)]),
        static_summary=f"{cycle.kind} {cycle.name}",
    )
    await client.execute_update_with_start_workflow(  # pyright: ignore[reportUnknownMemberType] - the library's
        "news", difference.news, start_workflow_operation=starting, id=told
    )
