"""The event types that a record registers before their first use, with their frozen schemas."""

from collections.abc import Iterator

from domain.catalogue import TYPES
from domain.deciding import Command
from domain.records import RegisterType
from schemas import golden


def types(actor: str) -> Iterator[Command]:
    """Yield the registration of every type of the catalogue, that of registrations first."""
    for topic, kind in TYPES.items():
        yield RegisterType(
            id=f"init:type:{topic}",
            actor=actor,
            type_name=kind.TYPE,
            type_version=kind.VERSION,
            json_schema=golden.json_schema(kind.TYPE, kind.VERSION),
            avro_schema=golden.avro_schema(kind.TYPE, kind.VERSION),
        )
