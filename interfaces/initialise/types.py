"""The event types that a record registers before their first use, with their frozen schemas."""

from collections.abc import Iterable, Iterator

from domain.catalogue import TYPES
from domain.deciding import Command
from domain.records import TYPES_STREAM, RegisterType, TypeRegistered
from ledger.record import Record
from schemas import golden


def missing(record: Record) -> list[str]:
    """Return the types that this program knows and the record, made by an earlier one, does not."""
    registered = {
        f"{event.body.type_name}@{event.body.type_version}"
        for event in record.history(TYPES_STREAM).events
        if isinstance(event.body, TypeRegistered)
    }
    return [topic for topic in TYPES if topic not in registered]


def types(actor: str, topics: Iterable[str] = TYPES) -> Iterator[Command]:
    """Yield the registration of types, by default of all in the catalogue, that of registrations first."""
    for topic in topics:
        kind = TYPES[topic]
        yield RegisterType(
            id=f"init:type:{topic}",
            actor=actor,
            type_name=kind.TYPE,
            type_version=kind.VERSION,
            json_schema=golden.json_schema(kind.TYPE, kind.VERSION),
            avro_schema=golden.avro_schema(kind.TYPE, kind.VERSION),
        )
