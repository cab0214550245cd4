"""Deadlines on a server: whoever is to be reminded is written to at each rung, until the record says otherwise."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from domain.deadline import DropDeadline, ExtendDeadline, RecordStep, ResumeDeadline, SuspendDeadline
from domain.deciding import Command
from domain.decision import Adopt, Propose, ProposedItem
from interfaces import initialise
from projections.outbox import messages
from projections.reminders import facts_at
from tests.workflows.serving import working
from tests.workflows.year import Office, office
from tests.workflows.yearly import paper
from workflows.cycle.messages import Cycle, Woken
from workflows.deadline.kind import Deadlines
from workflows.kinds import At
from workflows.mail.composing import Letterhead
from workflows.office import RecordOffice

HEAD = Letterhead("secretariat@committee.example")
OFFICES = ("chair", "coordinators", "experts", "secretariat")
MEMBERS = "members"


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Office]:
    """A Committee of today, with the mandates that lay down what is due each year."""
    with office(tmp_path / "home") as found:
        found.record.submit_all(synthetic(initialise.mandates("sec")))
        found.give(Propose, "propose", decision="d-1", title="", items=(ProposedItem(number=1, text=""),))
        found.give(Adopt, "adopt", decision="d-1", meeting="m-1")
        yield found


def synthetic(commands: Iterable[Command]) -> list[Command]:
    return [msgspec.structs.replace(each, synthetic=True) for each in commands]


def at(found: Office) -> At:
    return At(found.record, found.record.now(), "sec")


def due(found: Office) -> Cycle:
    """Return the yearly duty of which most is still to come, whatever the season."""
    return max(Deadlines(HEAD).cycles(at(found)), key=lambda cycle: len(cycle.rungs))


def duty(found: Office, cycle: Cycle) -> str:
    now = found.record.now()
    return next(each.duty for each in facts_at(found.record, now).duties if each.deadline == f"deadline/{cycle.name}")


def intended(found: Office) -> list[tuple[str, str]]:
    """Return the rungs at which somebody was reminded, in order, and whom."""
    listed = sorted((each.intended for each in messages(found.record)), key=lambda each: each.composed_at)
    return [(each.rung or "", each.addressee.removeprefix("role:")) for each in listed]


class Meanwhile(Deadlines):
    """Somebody records something after a rung."""

    def __init__(self, rung: str, does: Callable[[], object]) -> None:
        super().__init__(HEAD)
        self._rung = rung
        self._does = does

    def act(self, name: str, rung: str, at: At) -> None:
        super().act(name, rung, at)
        if rung == self._rung:
            self._does()


def runs(found: Office, kind: Deadlines, cycle: Cycle) -> None:
    """Have a deadline waited for until it is over."""

    async def run() -> None:
        async with working(found.record, found.clock, (kind,)) as at_work:
            await at_work.start(cycle)
            await at_work.ends(f"deadline/{cycle.name}")

    asyncio.run(run())


def test_offices_are_reminded_at_every_rung_and_what_is_missed_is_escalated_to_the_members(committee: Office) -> None:
    cycle = due(committee)
    assert cycle.rungs[-1].name == "late-14"
    runs(committee, Deadlines(HEAD), cycle)
    offices = [(rung.name, each) for rung in cycle.rungs for each in OFFICES]
    assert [each for each in intended(committee) if each[1] != MEMBERS] == offices
    assert [rung for rung, each in intended(committee) if each == MEMBERS] == ["late-7", "late-14"]


def test_of_what_is_done_late_nobody_is_reminded_any_more_and_it_is_not_escalated(committee: Office) -> None:
    def transmits_late() -> None:
        paper(committee)
        for step in ("adopted", "transmitted"):
            about = {"deadline": cycle.name, "duty": duty(committee, cycle)}
            committee.give(RecordStep, step, step=step, document="paper", **about)

    cycle = due(committee)
    runs(committee, Meanwhile("late-1", transmits_late), cycle)
    assert intended(committee)[-1][0] == "late-1"
    assert MEMBERS not in {each for _, each in intended(committee)}


def test_nobody_is_reminded_of_what_is_done(committee: Office) -> None:
    def transmits() -> None:
        for step in ("adopted", "transmitted"):
            committee.give(
                RecordStep, step, deadline=cycle.name, duty=duty(committee, cycle), step=step, document="paper"
            )

    paper(committee)
    cycle = due(committee)
    runs(committee, Meanwhile(cycle.rungs[1].name, transmits), cycle)
    assert intended(committee) == [(rung.name, each) for rung in cycle.rungs[:2] for each in OFFICES]


def test_nobody_is_reminded_of_what_is_dropped(committee: Office) -> None:
    def drops() -> None:
        committee.give(
            DropDeadline,
            "drop",
            deadline=cycle.name,
            duty=duty(committee, cycle),
            decision="d-1",
            reason="no longer wanted",
        )

    cycle = due(committee)
    runs(committee, Meanwhile(cycle.rungs[0].name, drops), cycle)
    assert [rung for rung, _ in intended(committee)] == [cycle.rungs[0].name] * 4


def test_nobody_is_reminded_of_what_is_suspended_until_it_is_resumed_and_then_of_the_last_rung_that_came(
    committee: Office,
) -> None:
    def suspends() -> None:
        committee.give(SuspendDeadline, "suspend", **about, decision="d-1", reason="the Chair is not elected")

    cycle = due(committee)
    about = {"deadline": cycle.name, "duty": duty(committee, cycle)}
    runs(committee, Meanwhile(cycle.rungs[1].name, suspends), cycle)
    before = [(rung.name, each) for rung in cycle.rungs[:2] for each in OFFICES]
    assert intended(committee) == before
    assert cycle.name not in {each.name for each in Deadlines(HEAD).cycles(at(committee))}
    committee.clock.set(cycle.rungs[3].at)
    committee.give(ResumeDeadline, "resume", **about, decision="d-1", reason="the Chair is elected")
    (resumed,) = (each for each in Deadlines(HEAD).cycles(at(committee)) if each.name == cycle.name)
    runs(committee, Deadlines(HEAD), resumed)
    rungs = list(dict.fromkeys(rung for rung, _ in intended(committee)))
    assert rungs == [rung.name for rung in (*cycle.rungs[:2], *cycle.rungs[3:])]


def test_an_extended_deadline_has_the_rungs_of_its_new_date(committee: Office) -> None:
    def extends() -> None:
        committee.give(
            ExtendDeadline,
            "extend",
            deadline=cycle.name,
            duty=duty(committee, cycle),
            due=moved.isoformat(),
            decision="d-1",
            reason="the chair changed",
        )

    cycle = due(committee)
    moved = date.fromisoformat(cycle.rungs[-1].at[:10]) + timedelta(days=200)
    runs(committee, Meanwhile(cycle.rungs[1].name, extends), cycle)
    rungs = list(dict.fromkeys(rung for rung, _ in intended(committee)))
    assert rungs[:2] == [rung.name for rung in cycle.rungs[:2]]
    assert rungs[2:]
    assert all(rung.endswith(f".{moved}") for rung in rungs[2:])
    assert rungs[-1] == f"late-14.{moved}"


def test_of_rungs_that_passed_while_nobody_worked_only_the_last_is_sent(committee: Office) -> None:
    cycle = due(committee)
    third = cycle.rungs[2]
    committee.clock.set(third.at)
    at_work = RecordOffice(committee.record, "sec", (Deadlines(HEAD),))
    (late,) = (each for each in at_work.cycles()[1] if each.name == cycle.name)
    assert late.rungs == cycle.rungs[2:]
    news = at_work.look(Woken("deadline", cycle.name, third.name, third.at))
    assert news.cycle is not None
    assert news.cycle.rungs == cycle.rungs[3:]
    assert intended(committee) == [(third.name, each) for each in OFFICES]


def test_looked_at_twice_nobody_is_reminded_twice(committee: Office) -> None:
    cycle = due(committee)
    first = cycle.rungs[0]
    committee.clock.set(first.at)
    at_work = RecordOffice(committee.record, "sec", (Deadlines(HEAD),))
    for _ in range(2):
        at_work.look(Woken("deadline", cycle.name, first.name, first.at))
    assert len(intended(committee)) == len(OFFICES)


def test_history_that_is_entered_late_starts_nothing(committee: Office) -> None:
    before = list(Deadlines(HEAD).cycles(at(committee)))
    for data in initialise.documents():
        committee.record.documents.put(data)
    committee.record.submit_all(synthetic(initialise.programme("sec")))
    after = list(Deadlines(HEAD).cycles(at(committee)))
    assert [each.digest for each in after] == [each.digest for each in before]
    assert intended(committee) == []
