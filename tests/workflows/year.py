"""A simulated Committee of today: fifteen members, holidays of this year and the next two, and a proposal."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from domain.committee.members import SeatMember
from domain.deciding import Command
from domain.decision import Propose, ProposedItem
from domain.duty_station import Holiday, ListHolidays
from domain.no_objection.commands import OpenProcedure
from domain.times import text
from domain.values import Instant
from ledger.clock import SimulatedClock
from ledger.record import Record
from ledger.unit import Receipt
from tests.domain.meetings.seated import MEMBERS
from tests.projections.kenya import founding, types


class Office(NamedTuple):
    """A simulated record and its clock."""

    record: Record
    clock: SimulatedClock

    def give(self, kind: type[Command], key: str, /, **members: Any) -> Receipt:
        """Give a command in the name of the Secretariat, unless another is named."""
        arguments: dict[str, Any] = {"id": key, "actor": "sec", "synthetic": True} | members
        return self.record.submit(kind(**arguments))


@contextmanager
def office(home: Path, at: Instant | None = None) -> Generator[Office]:
    """Give the record, whose clock stands at this moment: that of a server which skips time begins there too."""
    clock = SimulatedClock(at or text(datetime.now(UTC)))
    with Record.create(home, origin="test.example/simulation", clock=clock, seed=1) as record:
        record.submit_all([msgspec.structs.replace(each, synthetic=True) for each in (*types(), *founding())])
        found = Office(record, clock)
        for state in MEMBERS:
            found.give(SeatMember, f"seat-{state}", state=state, valid_from="2020-01-01")
        this = date.fromisoformat(clock.now()[:10]).year
        for year in range(this - 1, this + 3):
            holidays = (Holiday(day=f"{year}-12-25", name="Christmas Day"),)
            found.give(ListHolidays, f"holidays-{year}", year=year, holidays=holidays)
        yield found


def proposes(found: Office, decision: str = "d-1", items: int = 3, **members: Any) -> None:
    """Put a proposal before the Committee and send it to all delegations, now."""
    texts = tuple(ProposedItem(number=n, text=f"item {n}") for n in range(1, items + 1))
    found.give(Propose, f"propose-{decision}", decision=decision, title="A proposal", items=texts)
    found.give(OpenProcedure, f"open-{decision}", decision=decision, sent=found.clock.now(), **members)
