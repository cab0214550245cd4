"""Lives years of the simulated history with the office at work: what falls due in them is done by the office itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.no_objection.commands import CloseProcedure
from domain.times import end_of, start_of
from interfaces.demo.build import ORIGIN, Stage, whole
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import START, instant
from interfaces.demo.history import history
from interfaces.mailing import NOBODY, addresses_of
from ledger.alone import Alone
from ledger.clock import SimulatedClock
from projections.lived import Year, years
from workflows.catalogue import kinds
from workflows.lapse import Lapse
from workflows.mail.composing import Letterhead
from workflows.mail.folder import FOLDER, FolderMailer
from workflows.mail.sending import send_waiting
from workflows.office import RecordOffice

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from interfaces.demo.plan import Act
    from ledger.record import Record
    from workflows.kinds import At

BY_THE_OFFICE = (CloseProcedure,)
"""Commands of the plan that the office at work gives by itself."""


def timelapse(
    home: Path, first: date, last: date, *, seed: int, states: int, progress: Callable[[str], None]
) -> tuple[tuple[Year, ...], str]:
    """Make a record in `home` that lives from one day to another; return its years, and the root of its tree.

    What was before is entered without the office; `progress` is told each instant at which it looks.

    Raises:
        Conflict: something else is in `home`.
    """
    clock = SimulatedClock(instant(START, 12))
    begins, ends = start_of(first), end_of(last)
    with whole(home) as unfinished, Alone.create(unfinished, origin=ORIGIN, clock=clock, seed=seed) as record:
        stage, lapse = Stage(record), Lapse(office(record, clock), clock)
        before = 0
        for moment in history(seed, states).plan.moments():
            at = moment[-1].at
            if at > ends:
                break
            if at < begins:
                clock.set(at)
                stage.enter(moment)
                before = record.last_position
                continue
            for woken in lapse.until(at):
                progress(woken.at)
            stage.enter([act for act in moment if not _by_the_office(act)])
        for woken in lapse.until(ends):
            progress(woken.at)
        return years(record.recorded(before + 1)), record.root().hex()


def _by_the_office(act: Act) -> bool:
    return isinstance(act.command, BY_THE_OFFICE)


def office(record: Record, clock: SimulatedClock) -> RecordOffice:
    """Return the office of a simulated record, whose mail is kept in a folder of its home."""

    def send(at: At) -> None:
        mailer = FolderMailer(record.home / FOLDER)
        send_waiting(record, mailer, addresses_of(record), actor=at.actor, at=at.now)

    head = Letterhead(f"secretariat@{NOBODY}")
    return RecordOffice(record, SECRETARIAT, kinds(head, send), set_clock=lambda at: clock.set(max(at, clock.now())))
