"""The projector: keeps the views up to date with the record until it is told to stop."""

from __future__ import annotations

import signal
from threading import Event
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from interfaces import logs
from interfaces.bootstrap import opened
from interfaces.views import opened_store, skipper
from projections.engine.following import Follower
from projections.views.catalogue import VIEWS

if TYPE_CHECKING:
    from types import FrameType

    from interfaces.bootstrap import Settings

RETRY_SECONDS = 2.0


def follow(chosen: Settings, stop: Event) -> None:
    """Follow the record until told to stop; a database that is gone for a while is tried again.

    Raises:
        Refusal: there is no such record, or its views need a migration.
    """
    with opened(chosen) as record, opened_store(chosen) as store:
        skip = skipper(record, chosen.actor) if chosen.actor else None
        logs.info("following", position=record.last_position)
        while not stop.is_set():
            try:
                Follower(store, record, VIEWS.values(), skip=skip, stop=stop).run()
            except OperationalError as error:
                logs.info("the database of the views does not answer", error=str(error.__cause__ or error))
                stop.wait(RETRY_SECONDS)
        logs.info("stopped", position=record.last_position)


def until_told() -> Event:
    """Return what is set when this process is told to end: by SIGTERM, as services are, or by Ctrl-C."""
    stop = Event()

    def told(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    return stop
