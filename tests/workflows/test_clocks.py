"""Clocks that differ: nothing is done before its hour by the record's clock, however often the server wakes us."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from domain.deciding import stands_at
from domain.no_objection.events import ProcedureClosed
from domain.no_objection.procedure import procedure
from domain.standing import Cut
from domain.times import moment, text
from tests.workflows.serving import LONGEST, Working, skipping
from tests.workflows.year import Office, office, proposes
from workflows.cycle.messages import News, Woken
from workflows.office import ClockAhead, RecordOffice
from workflows.silence.kind import Silence
from workflows.worker import worker


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today."""
    with office(tmp_path / "home") as found:
        yield found


class Behind(RecordOffice):
    """An office whose clock is behind the server's, and which says when it was woken too early."""

    def __init__(self, found: Office) -> None:
        super().__init__(found.record, "sec", (Silence(),))
        self.too_early = Event()

    def look(self, woken: Woken) -> News:
        try:
            return super().look(woken)
        except ClockAhead:
            self.too_early.set()
            raise


def test_woken_by_a_server_whose_clock_is_ahead_we_act_once_when_the_hour_has_come_by_the_record(
    committee: Office,
) -> None:
    async def run() -> None:
        at_work = Behind(committee)
        async with skipping() as environment, worker(environment.client, at_work):
            working = Working(environment.client, at_work)
            await working.reconcile()
            assert await asyncio.to_thread(at_work.too_early.wait, LONGEST)
            assert closes() == []
            committee.clock.set(text(moment(closes_at) + timedelta(days=1)))
            await working.ends("silence/d-1")

    def closes() -> list[ProcedureClosed]:
        events = committee.record.history("decision/d-1").standing()
        return [event.body for event in events if isinstance(event.body, ProcedureClosed)]

    proposes(committee)
    found = procedure(stands_at(committee.record, Cut()), "d-1", committee.clock.now())
    assert found is not None
    closes_at = found.items[0].closes_at
    asyncio.run(run())
    assert [each.closed_at for each in closes()] == [closes_at]
