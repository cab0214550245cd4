"""The loop of every cycle: wait for the next rung or for news, have the record looked at, go on with what it says."""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.cycle.messages import Cycle, News, Rung, Woken
    from workflows.names import CYCLE, NEXT

LOOK = timedelta(minutes=30)
"""The longest look: a pass of sending to a server that is slow."""
UNHEARD = timedelta(seconds=10)
"""After so long without a beat the process that looks is taken for gone, and another looks."""
AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))
"""An activity that fails is tried for ever: nothing due is given up because a database or a server is away."""


@workflow.defn(name=CYCLE)
class CycleWorkflow:
    """Waits, and decides nothing: each time it wakes, the record says what is to do and what comes next."""

    @workflow.init
    def __init__(self, cycle: Cycle) -> None:
        self._cycle: Cycle | None = cycle
        self._position = cycle.position
        self._says = ""

    @workflow.run
    async def run(self, cycle: Cycle) -> str:
        """Wait until the cycle is over, and return what the record said of its end."""
        del cycle
        while self._cycle is not None:
            now = self._cycle
            workflow.upsert_memo({"digest": now.digest, "position": now.position})
            wakes = NEXT.value_unset() if now.next is None else NEXT.value_set(_at(now.next))
            workflow.upsert_search_attributes([wakes])  # pyright: ignore[reportUnknownMemberType] - the library's type
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                if self._cycle is now:
                    workflow.continue_as_new(now)
                continue
            if await self._news(now):
                continue
            rung = now.next
            if rung is not None:
                await self._look(rung)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._says

    async def _news(self, seen: Cycle) -> bool:
        """Wait for the next rung; true where the record had news before it came."""
        rung = seen.next
        left = None if rung is None else max(_at(rung) - workflow.now(), timedelta())
        summary = None if rung is None else f"{rung.name} at {rung.at}"
        try:
            await workflow.wait_condition(lambda: self._cycle is not seen, timeout=left, timeout_summary=summary)
        except TimeoutError:
            return False
        return True

    async def _look(self, rung: Rung) -> None:
        """Have the record looked at, and what is due done; then go on with what it says, unless there is newer news."""
        cycle = self._cycle
        if cycle is None:
            return
        woken = Woken(cycle.kind, cycle.name, rung.name, workflow.now().isoformat())
        news = await workflow.execute_activity(
            "look",
            woken,
            result_type=News,
            start_to_close_timeout=LOOK,
            heartbeat_timeout=UNHEARD,
            retry_policy=AGAIN,
            summary=f"{cycle.name}: {rung.name}",
        )
        if self._cycle is cycle:
            self._cycle = cycle.without(rung)
        self._take(news, done=rung)

    def _take(self, news: News, done: Rung | None = None) -> None:
        """Take news that is not older than what is known; a rung that was just looked at does not come again."""
        if news.position < self._position:
            return
        self._position, self._says = news.position, news.says
        self._cycle = None if news.cycle is None else news.cycle if done is None else news.cycle.without(done)

    @workflow.update(name="news")
    def news(self, news: News) -> str:
        """Take what the record says now."""
        self._take(news)
        return "" if self._cycle is None else self._cycle.digest

    @workflow.query(name="cycle")
    def cycle(self) -> Cycle | None:
        """Return what is still to come."""
        return self._cycle


def _at(rung: Rung) -> datetime:
    return datetime.fromisoformat(rung.at)
