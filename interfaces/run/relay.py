"""The relay at work: the record is sent to Kafka until it is told to stop, and what it meets with is logged."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from domain.refusals import MalformedInput
from interfaces import logs
from interfaces.bootstrap import opened
from ledger.relaying.place import SECURITY_SETTING, SETTING, place

if TYPE_CHECKING:
    from threading import Event

    from interfaces.bootstrap import Settings
    from ledger.relaying.place import Place
    from ledger.relaying.relay import Progress


def kafka(written: str | None = None) -> Place:
    """Return where the stream is: an option, else the settings.

    Raises:
        MalformedInput: nothing says it, or it is no place.
    """
    named = written or os.environ.get(SETTING, "")
    if not named:
        raise MalformedInput(
            "no Kafka servers are named",
            where=SETTING,
            remedy="set it to host:port, or several with commas between",
        )
    security = os.environ.get(SECURITY_SETTING, "")
    return place(named, Path(security) if security else None)


def relay(chosen: Settings, where: Place, stop: Event) -> None:
    """Relay until told to stop.

    Raises:
        Refusal: there is no such record, or its topic is not fit to hold it.
    """
    from interfaces.run.publishing import Publishing
    from ledger.relaying.relay import Relay

    with opened(chosen) as record:
        logs.info("relaying", position=record.last_position, topic=where.record)
        Relay(record, where, beginning=lambda: Publishing(record, where), told=_log).run(stop)
        logs.info("stopped", position=record.last_position)


def _log(progress: Progress) -> None:
    if progress.trouble is not None:
        logs.warning(
            "the stream gave trouble and is begun anew", trouble=progress.trouble.name, error=str(progress.trouble)
        )
    elif progress.lag is not None:
        logs.info("relayed", position=progress.lag.topic, behind=progress.lag.behind)
