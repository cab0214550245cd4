"""The worker at work: what falls due is waited for on a Temporal server, and looked at on the record."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from domain.refusals import MalformedInput, NotPermitted
from interfaces import logs
from interfaces.bootstrap import opened, reader_of
from interfaces.mailing import addresses_of, letterhead, mailer_of
from workflows.catalogue import kinds, nothing
from workflows.connecting import SETTING, connect
from workflows.daily import keep_schedule
from workflows.mail.sending import send_waiting
from workflows.office import RecordOffice
from workflows.reconciling import differences, running
from workflows.watching import watch
from workflows.worker import reconcile, worker

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager
    from threading import Event

    from temporalio.client import Client

    from interfaces.bootstrap import Settings
    from ledger.record import Record
    from projections.engine.rows import Rows
    from workflows.connecting import Place
    from workflows.kinds import At
    from workflows.reconciling import Difference
    from workflows.watching import Watch

LOOK_SECONDS = 1.0
"""How long it waits for news of the record before it looks whether it has been told to stop."""


@contextmanager
def office(chosen: Settings) -> Generator[RecordOffice]:
    """Give the office of a record, in the name of the acting actor.

    Raises:
        MalformedInput: the record is a simulation, in which no time goes by; or a setting of mail is none.
        NotPermitted: the actor does not hold the role of the Secretariat.
    """
    with opened(chosen) as record:
        if record.simulation:
            raise MalformedInput(
                "no time goes by in a simulation, so nothing falls due in it", remedy="name another home with --home"
            )
        if "secretariat" not in reader_of(record, chosen.actor).audiences(record.now()):
            raise NotPermitted(
                f"{chosen.actor or 'nobody'} does not hold the role secretariat",
                where="--actor",
                remedy="name an actor of the Secretariat, in whose name what falls due is put on record",
            )
        yield RecordOffice(record, chosen.actor, kinds(letterhead(), _send, partial(_rows_at, chosen)))


def _rows_at(chosen: Settings, record: Record, position: int) -> AbstractContextManager[Rows]:
    """Give the rows of the views that the figures of an annual review are read from."""
    from interfaces.views import rows_of
    from projections.annual_review import VIEWS

    return rows_of(record, chosen, VIEWS, position, replay=False)


def _send(at: At) -> None:
    """Make one pass of sending, by the settings as they are then."""
    record = at.record
    send_waiting(record, mailer_of(record.home), addresses_of(record), actor=at.actor, at=at.now)


def work(at_work: RecordOffice, place: Place, stop: Event, *, embedded: bool = False) -> None:
    """Work until told to stop; what the record says anew is told to the workflows at once.

    Raises:
        TemporalUnavailable: the server does not answer.
    """
    asyncio.run(_work(at_work, place, stop, embedded=embedded))


async def _work(at_work: RecordOffice, place: Place, stop: Event, *, embedded: bool) -> None:
    from interfaces.run.temporal_server import ready

    client = await (ready(place) if embedded else connect(place))
    async with worker(client, at_work):
        await keep_schedule(client)
        logs.info("at work", place=str(place))
        seen = -1
        while not stop.is_set():
            began = time.monotonic()
            seen = await _told(client, at_work, seen)
            await asyncio.sleep(time.monotonic() - began)  # as much is left to what sends and makes the record grow
            await asyncio.to_thread(at_work.wait, seen, LOOK_SECONDS)
    logs.info("stopped", position=at_work.position)


async def _told(client: Client, at_work: RecordOffice, seen: int) -> int:
    """Tell the workflows what is new on record, and return the position.

    A server that is away is tried again, and so is a workflow that ended while it was being told.
    """
    from temporalio.exceptions import TemporalError

    position = at_work.position
    if position == seen:
        return seen
    try:
        mended = await reconcile(client, at_work)
    except TemporalError as error:
        logs.info("not told", kind=type(error).__name__)
        await asyncio.sleep(LOOK_SECONDS)
        return seen
    logs.info("reconciled", position=position, mended=mended)
    return position


def compared(chosen: Settings, place: Place | None) -> Watch:
    """Return what differs between a record and what is running on a server, and what was not done; nothing is changed.

    Without a server nothing is running.

    Raises:
        Refusal: there is no such record or server, or the actor may not.
    """
    with office(chosen) as at_work:
        found = differences(*at_work.cycles(), {}) if place is None else asyncio.run(_compared(at_work, place))
        with opened(chosen) as record:
            return watch(record, found, kinds(letterhead(), nothing), actor=chosen.actor or "")


async def _compared(at_work: RecordOffice, place: Place) -> list[Difference]:
    client = await connect(place)
    return differences(*at_work.cycles(), await running(client))


def reconciled(chosen: Settings, place: Place) -> int:
    """Make what runs on a server agree with the record, and return how many workflows differed.

    Raises:
        Refusal: there is no such record or server, or the actor may not.
    """

    async def mend(at_work: RecordOffice) -> int:
        return await reconcile(await connect(place), at_work)

    with office(chosen) as at_work:
        return asyncio.run(mend(at_work))


def server_if_any(chosen: Settings) -> Place | None:
    """Return the server that is set, else the embedded one that runs for a home, else None."""
    import os

    from interfaces.run.temporal_server import running as embedded
    from workflows.connecting import place

    written = os.environ.get(SETTING, "")
    return place(written) if written else embedded(chosen.home)


def server_of(chosen: Settings) -> Place:
    """Return the server that is set or runs for a home.

    Raises:
        MalformedInput: there is none.
    """
    found = server_if_any(chosen)
    if found is None:
        raise MalformedInput(
            "no Temporal server runs for this home",
            where=SETTING,
            remedy="`ledger1540 up` starts the embedded one; or set the address of another",
        )
    return found
