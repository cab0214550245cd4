"""Silence on a server: given a procedure on record, when its time runs out, then the record is asked to close it."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.deciding import stands_at
from domain.decision import DecisionAdopted
from domain.duty_station import DeclareClosure
from domain.no_objection.commands import AnswerTime, AskTime, Object, PlaceOnHold, ReleaseHold
from domain.no_objection.events import ProcedureClosed
from domain.no_objection.procedure import Procedure, procedure
from domain.standing import Cut
from domain.times import moment, new_york_date, text
from tests.workflows.serving import Working, working
from tests.workflows.year import Office, office, proposes
from workflows.kinds import At
from workflows.reconciling import running
from workflows.silence.kind import Silence

KINDS = (Silence(),)


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today."""
    with office(tmp_path / "home") as found:
        yield found


def stands(found: Office, decision: str = "d-1") -> Procedure:
    state = procedure(stands_at(found.record, Cut()), decision, found.clock.now())
    assert state is not None
    return state


def closed(found: Office, decision: str = "d-1") -> list[ProcedureClosed]:
    events = found.record.history(f"decision/{decision}").standing()
    return [event.body for event in events if isinstance(event.body, ProcedureClosed)]


def test_what_nobody_objects_to_is_adopted_when_its_time_has_run_out(committee: Office) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, KINDS) as at_work:
            assert await at_work.reconcile() == 1
            await at_work.ends("silence/d-1")

    proposes(committee)
    closes_at = stands(committee).items[0].closes_at
    asyncio.run(run())
    (close,) = closed(committee)
    assert (close.items, close.closed_at) == ((1, 2, 3), closes_at)
    recorded = committee.record.history("decision/d-1").standing()[-1]
    assert isinstance(recorded.body, DecisionAdopted)
    assert recorded.header.recorded_at >= closes_at


def test_objected_and_held_items_are_left_and_the_held_one_closes_after_the_hold(committee: Office) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, KINDS) as at_work:
            await at_work.reconcile()
            await first_close(at_work)
            now = committee.clock.now()
            committee.give(ReleaseHold, "release", decision="d-1", state="USA", received=now, items=(3,))
            assert await at_work.reconcile() == 1
            await at_work.ends("silence/d-1")

    async def first_close(at_work: Working) -> None:
        handle = at_work.client.get_workflow_handle("silence/d-1")
        while not closed(committee):
            await handle.query("cycle")

    proposes(committee)
    now = committee.clock.now()
    committee.give(Object, "object", decision="d-1", state="RUS", received=now, items=(2,))
    committee.give(PlaceOnHold, "hold", decision="d-1", state="USA", received=now, items=(3,))
    asyncio.run(run())
    assert [each.items for each in closed(committee)] == [(1,), (3,)]


def test_time_that_is_given_meanwhile_moves_the_hour_that_the_workflow_waits_for(committee: Office) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, KINDS) as at_work:
            await at_work.reconcile()
            await at_work.ends("silence/d-1")

    proposes(committee)
    committee.give(AskTime, "ask", decision="d-1", state="FRA", received=committee.clock.now(), items=(3,))
    committee.give(AnswerTime, "answer", decision="d-1", days=10, reason="the Chair agrees", actor="sec")
    asyncio.run(run())
    assert [each.items for each in closed(committee)] == [(1, 2), (3,)]
    first, second = closed(committee)
    assert first.closed_at < second.closed_at


def test_a_closure_declared_meanwhile_moves_the_close_of_a_workflow_that_waits_for_the_old_hour(
    committee: Office,
) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, KINDS) as at_work:
            await at_work.start(before)
            await at_work.ends("silence/d-1")

    proposes(committee)
    (before,) = Silence().cycles(At(committee.record, committee.clock.now(), "sec"))
    hour = before.rungs[0].at
    committee.give(DeclareClosure, "closed", day=new_york_date(hour).isoformat(), reason="a storm")
    asyncio.run(run())
    (closing,) = closed(committee)
    assert closing.items == (1, 2, 3)
    assert new_york_date(closing.closed_at) > new_york_date(hour)


def test_an_objection_of_the_last_minute_that_is_recorded_after_the_close_takes_the_adoption_back(
    committee: Office,
) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, KINDS) as at_work:
            await at_work.reconcile()
            await at_work.ends("silence/d-1")

    proposes(committee)
    hour = stands(committee).items[0].closes_at
    asyncio.run(run())
    assert [each.status for each in stands(committee).items] == ["adopted"] * 3
    received = text(moment(hour) - timedelta(minutes=1))
    committee.give(Object, "late", decision="d-1", state="CHN", received=received, items=(2,))
    assert [each.status for each in stands(committee).items] == ["adopted", "objected", "adopted"]
    assert Silence().cycle("d-1", At(committee.record, committee.clock.now(), "sec")) is None


def test_reconciling_again_changes_nothing_and_what_is_over_is_ended(committee: Office) -> None:
    async def run() -> None:
        async with working(committee.record, committee.clock, KINDS) as at_work:
            assert await at_work.reconcile() == 2
            await seen(at_work, {"silence/d-1", "silence/d-2"})
            assert await at_work.reconcile() == 0
            now = committee.clock.now()
            committee.give(Object, "object", decision="d-2", state="CHN", received=now)
            assert await at_work.reconcile() == 1
            assert await at_work.ends("silence/d-2") == "over"

    async def seen(at_work: Working, names: set[str]) -> None:
        while set(await running(at_work.client)) != names:  # noqa: ASYNC110 - a server has no event to wait for
            await asyncio.sleep(0.05)  # visibility is told of a start some moments later

    proposes(committee)
    proposes(committee, "d-2")
    now = committee.clock.now()
    for decision in ("d-1", "d-2"):
        committee.give(PlaceOnHold, f"hold-{decision}", decision=decision, state="USA", received=now)
    asyncio.run(run())
