"""A Committee whose fifteen members have a proposal before them: what tests of silence begin with."""

from typing import Any

from domain.committee.members import SeatMember
from domain.deciding import stands_at
from domain.decision import Propose, ProposedItem
from domain.duty_station import Holiday, ListHolidays
from domain.no_objection.commands import CloseProcedure, Object, OpenProcedure
from domain.no_objection.procedure import ItemState, Procedure, procedure
from domain.recorded import Recorded
from domain.standing import Cut
from tests.committee import Committee
from tests.domain.meetings.seated import seated

INCOMING = ("CHL", "JOR", "LTU", "NGA", "TCD")
MANIFEST = "a" * 64


def proposed() -> Committee:
    """Return a Committee on Monday 3 June 2013 that has a proposal of three items; the holidays are on record."""
    committee = seated()
    committee.registers(*INCOMING)
    for state in INCOMING:
        committee.one(SeatMember, state=state, valid_from="2014-01-01", valid_to="2015-12-31")
    for state in ("ARG", "AUS", "KOR", "LUX", "RWA"):
        committee.one(SeatMember, state=state, valid_from="2014-01-01", valid_to="2014-12-31")
    holidays = {
        2013: (("2013-07-04", "Independence Day"), ("2013-12-25", "Christmas Day")),
        2014: (("2014-01-01", "New Year's Day"),),
    }
    for year, days in holidays.items():
        committee.one(ListHolidays, year=year, holidays=tuple(Holiday(day=day, name=name) for day, name in days))
    items = tuple(ProposedItem(number=n, text=f"item {n}", rests_on=(MANIFEST,)) for n in (1, 2, 3))
    committee.one(Propose, decision="d-1", title="Three matrices", items=items)
    return committee


def opens(committee: Committee, sent: str = "2013-06-03T10:00:00-04:00", **members: Any) -> Recorded:
    """Send the proposal to all delegations, by default on 3 June at ten in New York; it is noon there."""
    committee.record.now = max(committee.record.now, "2013-06-03T16:00:00.000000Z")
    about: dict[str, Any] = {"decision": "d-1", "sent": sent} | members
    return committee.one(OpenProcedure, **about)


def objects(committee: Committee, state: str, received: str, *items: int, **members: Any) -> tuple[Recorded, ...]:
    """Record an objection, as received."""
    return committee.give(Object, decision="d-1", state=state, received=received, items=items, **members)


def closes(committee: Committee, **members: Any) -> tuple[Recorded, ...]:
    """Close what can be closed now."""
    about: dict[str, Any] = {"decision": "d-1", "actor": "chair"} | members
    return committee.give(CloseProcedure, **about)


def stands(committee: Committee, decision: str = "d-1") -> Procedure:
    """Return how the procedure stands now."""
    found = procedure(stands_at(committee.record, Cut()), decision, committee.record.now)
    assert found is not None
    return found


def item(committee: Committee, number: int) -> ItemState:
    """Return how an item stands now."""
    return next(each for each in stands(committee).items if each.item == number)


def statuses(committee: Committee) -> dict[int, str]:
    """Return the status of each item now."""
    return {each.item: each.status for each in stands(committee).items}
