"""Plays a history into a record of its own: the clock is set to a day, whose commands share a transaction."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from domain.contact.commands import EraseContact, ProposeContact
from domain.header import FORMAT
from domain.refusals import Conflict, NotFound
from interfaces.bootstrap import remember_actor
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import START, instant
from interfaces.demo.history import history
from interfaces.demo.reporting import MEMBERS
from interfaces.vaults import keys_of
from ledger.archive import Archive
from ledger.clock import SimulatedClock
from ledger.proving.signer import signer_of
from ledger.proving.signer_files import FOLDER
from ledger.record import Record
from ledger.vault.simulated import SimulatedVault

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from datetime import date
    from pathlib import Path

    from domain.deciding import Command
    from domain.recorded import Event
    from interfaces.demo.plan import Act
    from ledger.address import Address

ORIGIN = "example.org/ledger1540/simulation"
SEED = 1540
ABOUT = "demo.json"


class Demo(msgspec.Struct, frozen=True):
    """What a finished demo says of itself, in a file beside its record."""

    seed: int
    states: int
    commands: int
    events: int
    root: str


def made(home: Path) -> Demo | None:
    """Return what the demo in `home` says of itself, or None where there is no finished one."""
    try:
        return msgspec.json.decode((home / ABOUT).read_bytes(), type=Demo)
    except (FileNotFoundError, NotADirectoryError):
        return None


def demo(
    home: Path, *, seed: int = SEED, states: int = MEMBERS, progress: Callable[[int, int], None] | None = None
) -> tuple[Demo, bool]:
    """Make the demo in `home`, or find it there; return it, and whether it was made now.

    It is made beside `home` and moved there when it is whole, so that a run broken off leaves nothing half-done.

    Raises:
        Conflict: something else is in `home`.
    """
    found = made(home)
    if found is not None and (found.seed, found.states) == (seed, states):
        return found, False
    with whole(home) as unfinished:
        about = play(unfinished, seed=seed, states=states, progress=progress)
        signer_of(unfinished / FOLDER, Archive(FORMAT, ORIGIN, seed)).make()
        (unfinished / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about)) + b"\n")
    return about, True


@contextmanager
def whole(home: Path) -> Generator[Path]:
    """Give a folder beside a home to make a record in, which is moved there when it is whole; else nothing is there.

    Raises:
        Conflict: something else is in `home`.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Conflict(
            f"{home} holds {'another demo' if made(home) else 'something else'}",
            remedy="name another folder with --home",
        )
    unfinished = home.with_name(f".{home.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    yield unfinished
    remember_actor(unfinished, SECRETARIAT)
    home.parent.mkdir(parents=True, exist_ok=True)
    unfinished.replace(home)


def play(
    home: Path,
    *,
    seed: int,
    states: int,
    database: Address | None = None,
    until: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Demo:
    """Make a record in `home` and put the history into it, up to a day; `progress` is told commands done and planned.

    Its database is in `home` too, or at an address where nothing is yet.
    """
    plan, _ = history(seed, states)
    acts = plan.acts()
    clock = SimulatedClock(instant(START, 12))
    done = 0
    with Record.create(home, origin=ORIGIN, address=database, clock=clock, seed=seed) as record:
        stage = Stage(record)
        for moment in plan.moments():
            if until is not None and moment[-1].at[:10] > until.isoformat():
                break
            clock.set(moment[-1].at)
            stage.enter(moment)
            done += len(moment)
            if progress is not None:
                progress(done, len(acts))
        return Demo(seed, states, record.commands, record.last_position, record.root().hex())


class Stage:
    """A simulated record into which the acts of a plan are entered, with the documents and keys that they need."""

    def __init__(self, record: Record) -> None:
        assert record.seed is not None  # noqa: S101 - that of a simulation
        self._record = record
        self._keys = keys_of(record.home)
        self._keys.make()
        self._vault = SimulatedVault(self._keys, ORIGIN, record.seed)

    def enter(self, moment: Sequence[Act]) -> None:
        """Enter acts in one transaction, at the instant of the record's clock."""
        for act in moment:
            if act.document is not None:
                self._record.documents.put(act.document)
            if isinstance(act.command, ProposeContact):
                self._vault.keep(act.command.contact)
        commands = [_command(act, self._record) for act in moment]
        self._record.submit_all(commands, importing=any(act.importing for act in moment))
        for act in moment:
            if isinstance(act.command, EraseContact):
                self._keys.destroy(act.command.contact)


def _command(act: Act, record: Record) -> Command:
    def look(event_id: str) -> Event:
        found = record.event(event_id)
        if found is None:
            raise NotFound(f"the plan looks for event {event_id} before it is recorded")
        return found.body

    command = act.command(look) if callable(act.command) else act.command
    return msgspec.structs.replace(command, synthetic=True)
