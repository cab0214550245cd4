"""What a cycle asks of the record: look, do what is due, and say what comes next."""

import asyncio
import logging
from typing import Protocol

from temporalio import activity
from temporalio.exceptions import ApplicationError

from workflows.cycle.messages import Cycle, News, Woken

BEAT_SECONDS = 2.0
"""How often a look says that it is still under way, so that one whose process is gone is soon taken up by another."""

_log = logging.getLogger(__name__)


class Office(Protocol):
    """The record at work: knows all that falls due, and does what is due by giving commands to the record."""

    def cycles(self) -> tuple[int, tuple[Cycle, ...]]:
        """Return a position, and everything that is waited for as the record has it there."""
        ...

    def look(self, woken: Woken) -> News:
        """Do what is due of one cycle, each thing once however often this is asked, and say what comes next."""
        ...


class CycleActivities:
    """The activities of a cycle, on one office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @activity.defn
    async def look(self, woken: Woken) -> News:
        """Look at the record for a cycle that woke.

        What fails is logged here. The server is told its kind alone: it keeps no word of the record.
        """
        looking = asyncio.create_task(asyncio.to_thread(self._office.look, woken))
        try:
            while not (await asyncio.wait((looking,), timeout=BEAT_SECONDS))[0]:
                activity.heartbeat()
            return looking.result()
        except Exception as error:  # noqa: BLE001 - whatever it is, its words do not go to the server
            _log.warning("the look at %s/%s failed", woken.kind, woken.name, exc_info=True)
            raise ApplicationError(type(error).__name__) from None
