"""What became of commands: the receipts as data, and one line for the person."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from domain.access import Reader, may
from domain.deciding import Command
from domain.ids import event_id
from domain.recorded import Decided, Event
from interfaces.cli.output import line, talk, write_json
from interfaces.text import _, some
from ledger.record import Record
from ledger.unit import Receipt


class TellEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a receipt; its body only for who may see it."""

    event_id: str
    position: int
    stream: str
    subject: str | None
    type: str
    body: Event | None


class TellReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one command."""

    command: str
    command_id: str
    first_position: int | None
    last_position: int | None
    repeated: bool
    dry_run: bool
    events: tuple[TellEvent, ...]


class Told:
    """What is said to the person who gave commands."""

    def __init__(
        self, verb: str, record: Record, reader: Reader, decided: Mapping[str, Decided], *, dry_run: bool, silent: bool
    ) -> None:
        self._verb = verb
        self._record = record
        self._reader = reader
        self._decided = decided
        self._dry_run = dry_run
        self._silent = silent

    def tell(self, commands: Sequence[Command], receipts: Sequence[Receipt], *, as_json: bool) -> None:
        """Write the receipts to stdout, as JSON (a list where there are several) or a line for each event."""
        told = [self._receipt(command, receipt) for command, receipt in zip(commands, receipts, strict=True)]
        if as_json:
            write_json(told[0] if len(told) == 1 else told)
        else:
            for each in (event for receipt in told for event in receipt.events):
                place = each.stream if each.subject is None else f"{each.stream} {each.subject}"
                line(f"{each.position}  {each.event_id}  {each.type}  {place}")
        if not self._silent:
            talk(self._sentence(told))

    def _receipt(self, command: Command, receipt: Receipt) -> TellReceipt:
        return TellReceipt(
            command=str(command.__struct_config__.tag),
            command_id=receipt.command_id,
            first_position=receipt.first_position,
            last_position=receipt.last_position,
            repeated=receipt.repeated,
            dry_run=self._dry_run,
            events=tuple(self._events(command, receipt)),
        )

    def _events(self, command: Command, receipt: Receipt) -> Iterator[TellEvent]:
        if receipt.first_position is None or receipt.last_position is None:
            return
        if self._dry_run and not receipt.repeated:
            for index, draft in enumerate(self._decided[command.id].drafts):
                yield TellEvent(
                    event_id=event_id(receipt.command_id, index),
                    position=receipt.first_position + index,
                    stream=draft.stream,
                    subject=draft.subject,
                    type=draft.event.TYPE,
                    body=draft.event,
                )
            return
        for event in self._record.recorded(receipt.first_position, receipt.last_position):
            yield TellEvent(
                event_id=event.id,
                position=event.position,
                stream=event.header.stream,
                subject=event.header.subject,
                type=event.header.type,
                body=event.body if may(self._reader, event.header, self._record.now()) else None,
            )

    def _sentence(self, told: Sequence[TellReceipt]) -> str:
        if not told:
            return _("{}: nothing was changed, and nothing was recorded").format(self._verb)
        new = [each for each in told if not each.repeated]
        events = [event for each in new for event in each.events]
        if not new:
            return _("{}: on record already, nothing new").format(self._verb)
        many = some("{} event", "{} events", len(events))
        if self._dry_run:
            return _("{}: would record {}; nothing was recorded").format(self._verb, many)
        if not events:
            return _("{}: recorded, without an event").format(self._verb)
        first, last = events[0].position, events[-1].position
        where = str(first) if first == last else f"{first}-{last}"
        return _("{}: recorded {} at {}").format(self._verb, many, where)
