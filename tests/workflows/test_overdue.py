"""An overdue duty of which everybody was reminded: nothing waits any more, and it is not forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from domain.calendar.entries import Due
from domain.times import moment, text
from interfaces import initialise
from projections.outbox import messages
from projections.reminders import facts_at
from tests.workflows.year import Office, office
from workflows.cycle.messages import Cycle, News, Woken
from workflows.deadline.kind import Deadlines
from workflows.kinds import At
from workflows.mail.composing import Letterhead
from workflows.mail.reminding import foresee
from workflows.office import RecordOffice

KINDS = (Deadlines(Letterhead("secretariat@committee.example")),)


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today, with the mandates that lay down what is due each year."""
    with office(tmp_path / "home") as found:
        found.record.submit_all([msgspec.structs.replace(each, synthetic=True) for each in initialise.mandates("sec")])
        yield found


def yearly(found: Office) -> Cycle:
    """Return the yearly duty of which most is still to come, whatever the season."""
    return max(KINDS[0].cycles(At(found.record, found.record.now(), "sec")), key=lambda cycle: len(cycle.rungs))


def waited_for(found: Office) -> set[str]:
    return {each.name for each in KINDS[0].cycles(At(found.record, found.record.now(), "sec"))}


def duty(found: Office, cycle: Cycle) -> Due:
    """Return the duty of a cycle, as the board has it now."""
    duties = facts_at(found.record, found.record.now()).duties
    return next(each for each in duties if each.deadline == f"deadline/{cycle.name}")


def passes(found: Office, since: str, days: int) -> None:
    found.clock.set(text(moment(since) + timedelta(days=days)))


def test_when_its_ladder_is_used_up_nothing_waits_nobody_is_written_to_and_it_stays_overdue(committee: Office) -> None:
    cycle, at_work = yearly(committee), RecordOffice(committee.record, "sec", KINDS)
    told: list[News] = []
    for rung in cycle.rungs:
        committee.clock.set(rung.at)
        told.append(at_work.look(Woken("deadline", cycle.name, rung.name, rung.at)))
    assert told[-1].cycle is None
    sent = len(list(messages(committee.record)))
    for days in (1, 40, 300):
        passes(committee, cycle.rungs[-1].at, days)
        assert cycle.name not in waited_for(committee)
        assert duty(committee, cycle).status == "overdue"
        foreseen = foresee(committee.record, committee.record.now())
        assert not [each for each in foreseen if each.deadline == f"deadline/{cycle.name}"], "all of it was sent"
    assert len(list(messages(committee.record))) == sent


def test_what_nobody_sent_while_its_ladder_lasted_is_told_of_as_passed_over(committee: Office) -> None:
    cycle = yearly(committee)
    passes(committee, cycle.rungs[-1].at, 40)
    assert cycle.name not in waited_for(committee)
    assert duty(committee, cycle).status == "overdue"
    foreseen = foresee(committee.record, committee.record.now())
    told = [each for each in foreseen if each.deadline == f"deadline/{cycle.name}"]
    assert {each.rung for each in told} == {rung.name for rung in cycle.rungs}
    assert all(each.passed_over for each in told)
