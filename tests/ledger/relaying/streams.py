"""Relaying in tests: a relay that ends when the topic is level, and what the topic then holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from threading import Event
from typing import Any

from domain.actor import RegisterActor
from ledger.mapper import Stored
from ledger.record import Record
from ledger.relaying import client
from ledger.relaying.following import followed
from ledger.relaying.message import Message
from ledger.relaying.place import Place
from ledger.relaying.refusals import StreamUnavailable
from ledger.relaying.relay import Progress, Relay
from ledger.relaying.relayed import lag
from ledger.relaying.sending import Sending
from ledger.relaying.topics import RECORD, ensure


def relay(record: Record, place: Place, **given: Any) -> list[Progress]:
    """Relay until the topic is level with the record; return what was told."""
    stop, told = Event(), []

    def tell(progress: Progress) -> None:
        told.append(progress)
        if progress.lag is not None and not progress.lag.behind:
            stop.set()

    Relay(record, place, told=tell, **given).run(stop)
    while lag(record, place).behind:  # a broker has promised to commit a little before readers see that it has
        Event().wait(0.01)
    return told


def held(place: Place) -> list[Stored]:
    """Return the events that the topic holds, each once; fails where one is missing or damaged."""
    return list(followed(place, 1, Event(), until_end=True))


def send(place: Place, messages: Sequence[Message]) -> None:
    """Put messages into the topic of a record as a relay would."""
    with Sending(place) as sending:
        sending.send([(place.record, message) for message in messages])


def topic(place: Place, settings: Mapping[str, str] = RECORD, *, partitions: int = 1) -> None:
    """Make the topic of a record before a relay does, with settings of one's own."""
    admin = client.admin(place)
    made = {"num_partitions": partitions, "configs": settings}
    admin.create_topics({place.record: made}, timeout_ms=10_000)
    admin.close()


def deleted(place: Place) -> None:
    """Delete the topic of a record, and make it anew as it must be."""
    admin = client.admin(place)
    admin.delete_topics([place.record])  # type: ignore[attr-defined]
    admin.close()
    for _ in range(600):
        with suppress(StreamUnavailable, KeyError, IndexError):
            ensure(place)
            return
        Event().wait(0.1)  # until the broker has forgotten the one before


def altered(place: Place, name: str, value: str) -> None:
    """Give the topic of a record another setting."""
    resources: Any = import_module("kafka.admin")
    admin: Any = client.admin(place)
    admin.alter_configs([resources.ConfigResource(resources.ConfigResourceType.TOPIC, place.record, {name: value})])
    admin.close()


def recorded_more(record: Record, count: int) -> None:
    """Put events on record, each by a command of its own, in one transaction."""
    first = record.last_position
    record.submit_all(
        RegisterActor(id=f"more-{first}-{number}", actor="sec", name=f"expert-{first}-{number}")
        for number in range(count)
    )
