"""The daily look over everything: a schedule wakes it, the reconciler does it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.common import RetryPolicy

from workflows.names import DAILY, QUEUE, RECONCILE

HOUR = 6
"""In the morning in New York, when no clock is ever set forward or back."""
LONGEST = timedelta(minutes=30)
CATCH_UP = timedelta(days=2)

Reconcile = Callable[[], Awaitable[int]]


@workflow.defn(name=RECONCILE)
class ReconcileWorkflow:
    """Compares the record with what is running, once."""

    @workflow.run
    async def run(self) -> int:
        """Return how many workflows differed and were mended."""
        mended: int = await workflow.execute_activity(
            RECONCILE,
            result_type=int,
            start_to_close_timeout=LONGEST,
            retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=10)),
        )
        return mended


class ReconcileActivities:
    """The activity that reconciles."""

    def __init__(self, reconcile: Reconcile) -> None:
        self._reconcile = reconcile

    @activity.defn(name=RECONCILE)
    async def reconcile(self) -> int:
        """Reconcile all, and return how many differed."""
        return await self._reconcile()


def schedule() -> Schedule:
    """Return the schedule: each morning in New York; a morning that was missed is made up for, once."""
    return Schedule(
        action=ScheduleActionStartWorkflow(RECONCILE, id=RECONCILE, task_queue=QUEUE),
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(HOUR)], comment="look over everything that is due")],
            time_zone_name="America/New_York",
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )


async def keep_schedule(client: Client) -> None:
    """Put the schedule there, or bring it up to date; whether somebody has paused it stays as it is."""
    try:
        await client.create_schedule(DAILY, schedule())
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(DAILY).update(_brought_up_to_date)


def _brought_up_to_date(given: ScheduleUpdateInput) -> ScheduleUpdate:
    wanted, found = schedule(), given.description.schedule
    found.action, found.spec, found.policy = wanted.action, wanted.spec, wanted.policy
    return ScheduleUpdate(schedule=found)
