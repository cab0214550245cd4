"""A year in time-lapse is the year that a server lives: given the same acts, then the same bytes are on record."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from domain.deadline import DropDeadline, ExtendDeadline
from domain.decision import Adopt, Propose, ProposedItem
from domain.messages.events import MessageIntended
from domain.no_objection.commands import Object, PlaceOnHold, ReleaseHold
from domain.no_objection.events import ProcedureClosed
from domain.times import end_of, moment, new_york_date, text
from domain.values import Instant
from interfaces import initialise
from interfaces.mailing import addresses_of
from projections.reminders import facts_at
from tests.workflows.serving import skipping
from tests.workflows.stepping import Stepping, Watched
from tests.workflows.year import Office, office, proposes
from workflows.catalogue import kinds
from workflows.foresight import foresee
from workflows.kinds import At
from workflows.lapse import Lapse
from workflows.mail.composing import Letterhead
from workflows.mail.folder import FOLDER, FolderMailer
from workflows.mail.sending import send_waiting
from workflows.office import RecordOffice
from workflows.worker import worker

Act = Callable[[Office], None]
YEAR = timedelta(days=365)
FOLLOWS = "no-objection-closed"
"""What follows from a closing is not foreseen before that has come."""
HEAD = Letterhead("secretariat@committee.example")


def begins() -> Instant:
    """Return this minute: a server's clock cannot be set back."""
    return text(datetime.now(UTC).replace(second=0, microsecond=0))


def later(at: Instant, days: float) -> Instant:
    return text(moment(at) + timedelta(days=days))


def acts(start: Instant) -> Iterator[tuple[Instant, Act]]:
    """Yield what delegations and the Secretariat do in a year, each at its instant."""

    def hears(kind: type[Object] | type[PlaceOnHold] | type[ReleaseHold], state: str, *items: int) -> Act:
        def give(found: Office) -> None:
            now = found.clock.now()
            found.give(kind, f"{kind.__name__}-{now}", decision="d-1", state=state, received=now, items=items)

        return give

    def decides(found: Office) -> None:
        found.give(Propose, "propose-2", decision="d-2", title="", items=(ProposedItem(number=1, text=""),))
        found.give(Adopt, "adopt-2", decision="d-2", meeting="m-1")

    def moves(found: Office) -> None:
        duty = _first(found)
        due = later(found.clock.now(), 150)[:10]
        found.give(
            ExtendDeadline, "extend", deadline=duty[0], duty=duty[1], due=due, decision="d-2", reason="more time"
        )

    def drops(found: Office) -> None:
        duty = _first(found)
        found.give(DropDeadline, "drop", deadline=duty[0], duty=duty[1], decision="d-2", reason="no longer wanted")

    yield later(start, 20), proposes
    yield later(start, 22), hears(PlaceOnHold, "USA", 3)
    yield later(start, 23), hears(Object, "CHN", 2)
    yield later(start, 50), hears(ReleaseHold, "USA", 3)
    yield later(start, 60), decides
    yield later(start, 61), moves
    yield later(start, 250), drops


def _first(found: Office) -> tuple[str, str]:
    """Return the deadline and the duty that comes first."""
    open_ = [each for each in facts_at(found.record, found.record.now()).duties if each.status == "open" and each.due]
    return open_[0].deadline.removeprefix("deadline/"), open_[0].duty


def begun(found: Office) -> None:
    mandates = initialise.mandates("sec")
    found.record.submit_all([msgspec.structs.replace(each, synthetic=True) for each in mandates])


def at_work(found: Office) -> RecordOffice:
    """Return the office at work, whose clock knows whole minutes: a server wakes some milliseconds late."""

    def send(at: At) -> None:
        mailer = FolderMailer(found.record.home / FOLDER)
        send_waiting(found.record, mailer, addresses_of(found.record), actor=at.actor, at=at.now)

    def set_clock(at: Instant) -> None:
        whole = text(moment(at).replace(second=0, microsecond=0))
        # What falls due when something is recorded falls due microseconds after a minute.
        last = found.record.recorded_at(found.record.last_position)
        found.clock.set(max(whole, last, found.clock.now()))

    return RecordOffice(found.record, "sec", kinds(HEAD, send), set_clock=set_clock)


def lapsed(home: Path, start: Instant) -> list[object]:
    """Live the year in time-lapse, and return the stored bytes."""
    with office(home, start) as found:
        begun(found)
        lapse = Lapse(at_work(found), found.clock)
        for at, act in acts(start):
            for _ in lapse.until(at):
                pass
            act(found)
        for _ in lapse.until(text(moment(start) + YEAR)):
            pass
        return list(found.record.read())


def served(home: Path, start: Instant) -> list[object]:
    """Live the year on a server, and return the stored bytes."""

    async def run(found: Office) -> None:
        watched = Watched(at_work(found))
        async with skipping(by_itself=False) as environment, worker(environment.client, watched):
            stepping = Stepping(environment, watched, found.clock)
            for at, act in acts(start):
                await stepping.until(at)
                act(found)
            await stepping.until(text(moment(start) + YEAR))

    with office(home, start) as found:
        begun(found)
        asyncio.run(run(found))
        return list(found.record.read())


def test_a_year_in_time_lapse_is_byte_for_byte_the_year_that_a_server_lives(tmp_path: Path) -> None:
    start = begins()
    assert lapsed(tmp_path / "lapsed", start) == served(tmp_path / "served", start)


def test_what_is_foreseen_for_a_day_is_what_every_kind_then_does(tmp_path: Path) -> None:
    """Given a day that begins, when it is foreseen and then lived, then the same messages and closings come of it."""
    start = begins()
    with office(tmp_path / "home", start) as found:
        begun(found)
        proposes(found)
        at, done = at_work(found), set[str]()
        lapse = Lapse(at, found.clock)
        coming = {new_york_date(rung.at) for cycle in at.cycles()[1] for rung in cycle.rungs}
        quiet = min(coming) + timedelta(days=1)
        for day in sorted({*coming, quiet}):
            for _ in lapse.until(end_of(day - timedelta(days=1))):
                pass
            ends, position = end_of(day), found.record.last_position
            foreseen = foresee(found.record, ends, kinds(HEAD, lambda _: None), actor="sec")
            assert found.record.last_position == position  # to foresee records nothing
            for _ in lapse.until(ends):
                pass
            lived = [event.body for event in found.record.after(position)]
            assert {each.message for each in foreseen.messages} == {
                body.message for body in lived if isinstance(body, MessageIntended) and body.kind != FOLLOWS
            }
            assert len(foreseen.proposals) == sum(isinstance(body, ProcedureClosed) for body in lived)
            done |= {type(body).__name__ for body in lived}
        assert done >= {"MessageIntended", "AttemptEnded", "ProcedureClosed"}
