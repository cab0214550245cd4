"""The work that contenders are given: events of the size that a matrix really has."""

from collections.abc import Iterator
from pathlib import Path

from domain.audiences import COMMITTEE
from domain.canonical import encode
from domain.deciding import Command, Context
from domain.matrix.events import CellAssessed, Source
from domain.recorded import Decided, Draft, Event
from domain.records import TYPES_STREAM, TypeRegistered
from ledger.address import Address
from ledger.record import Record
from ledger.rules import Rules

ORIGIN = "benchmark.example/ledger1540/1"
SOURCE = Source(
    document_id="benchmark-report",
    locator="page 12",
    quotation="No person shall, without a licence, export the goods named in the schedule.",
    language="en",
    translation="",
)


class Put(Command, frozen=True, kw_only=True, tag="put"):
    """Record `count` cell events in one stream, without asking any rule: what is timed is the record."""

    stream: str
    count: int


def cell(place: int) -> CellAssessed:
    """Return the body of one cell event."""
    return CellAssessed(
        state="KEN",
        revision=1,
        cell=f"T2011/op3cd-{place % 27 + 1}-nw-legal",
        value="X",
        sources=(SOURCE,),
        in_force_from=None,
        in_force_to=None,
        note="",
        replaces=None,
    )


def bodies(count: int) -> list[bytes]:
    """Return the canonical bodies of `count` cell events."""
    return [encode(cell(place)) for place in range(count)]


_KINDS: dict[tuple[str, int], type[Event]] = {(k.TYPE, k.VERSION): k for k in (TypeRegistered, CellAssessed)}


def _decide(command: Command, context: Context) -> Decided:
    if context.position == 1:
        registered = (
            TypeRegistered(type_name=kind.TYPE, type_version=kind.VERSION, json_schema="{}", avro_schema="{}")
            for kind in _KINDS.values()
        )
        return Decided(tuple(Draft(stream=TYPES_STREAM, event=event, audience=("public",)) for event in registered))
    assert isinstance(command, Put)
    return put(command)


def put(command: Put) -> Decided:
    """Return the events that a command records."""
    drafts = (
        Draft(stream=command.stream, event=event, audience=COMMITTEE, subject=event.cell)
        for event in map(cell, range(command.count))
    )
    return Decided(tuple(drafts))


def _body_type(name: str, version: int) -> type[Event]:
    return _KINDS[name, version]


def _rules() -> Rules:
    return Rules(decide=_decide, body_type=_body_type, encode_command=encode)


def reopened(home: Path, address: Address | None = None) -> Record:
    """Return the record in `home`, opened anew with nothing in memory."""
    return Record.open(home, address=address, rules=_rules())


def record(home: Path, address: Address | None = None) -> Record:
    """Return an empty record of ours whose rules allow everything."""
    made = Record.create(home, origin=ORIGIN, address=address, rules=_rules())
    made.submit(Put(id="types", actor="benchmark", stream=TYPES_STREAM, count=0))
    return made


def puts(count: int) -> Iterator[Put]:
    """Yield commands that each record `count` events in a stream of their own."""
    number = 0
    while True:
        number += 1
        yield Put(id=f"{count}-{number}", actor="benchmark", stream=f"matrix/KEN/{count}{number:06}", count=count)
