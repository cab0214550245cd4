"""From a decision's drafts to events with headers, versions, nonces and places in the index."""

from functools import cache
from types import NoneType
from typing import TYPE_CHECKING

from domain import ids
from domain.deciding import Command, Context, noticed_date
from domain.header import FORMAT, Header, commitment, decode_body, decode_header, encode_body
from domain.index import Change
from domain.recorded import Draft, Event, Recorded
from domain.records import TypeRegistered
from domain.standing import History
from ledger import standing
from ledger.mapper import Written, event_key, uuid_bytes, uuid_text, written
from ledger.refusals import KnownTooLate, StrikesElsewhere, TypeNotRegistered

if TYPE_CHECKING:
    from ledger.unit import Unit


@cache
def _in_order(audience: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(audience)))


class Drafting:
    """The events of one command, in the making; nothing outside knows of them yet."""

    def __init__(self, unit: "Unit", command: Command, identity: str, context: Context, role: str) -> None:
        self.written: list[Written] = []
        self.recorded: list[Recorded] = []
        self.changes: list[Change] = []
        self._unit = unit
        self._command = command
        self._identity = identity
        self._key = uuid_bytes(identity)
        self._context = context
        self._role = role
        self.heads: dict[str, tuple[int, str | None]] = {}
        self._types: set[str] = set()
        self._checked: set[tuple[object, ...]] = set()
        self._histories: dict[str, History] = {}
        self._causation = context.causation
        self._correlation = None if command.correlation is None else ids.command_id(command.correlation)

    def add(self, draft: Draft) -> None:
        """Make the next event.

        Raises:
            Refusal: the event cannot be recorded as drafted.
        """
        topic = self._topic(draft.event)
        body = encode_body(draft.event)
        decode_body(body, type(draft.event), where=topic)
        struck = self._struck(draft)
        version, previous = self.heads.get(draft.stream) or self._unit.head(draft.stream)
        index = len(self.recorded)
        position, key = self._context.position + index, event_key(self._key, index)
        nonce = self._unit.parts.nonces.at(position)
        header = self._header(draft, struck, position, key, version + 1, previous, commitment(nonce, body))
        made = written(header, key, topic, body, nonce)
        self._check(header, made.header)
        event = Recorded(header, draft.event)
        self.heads[draft.stream] = header.version, made.leaf.hex()
        self.written.append(made)
        self.recorded.append(event)
        self._index(event)

    def _check(self, header: Header, data: bytes) -> None:
        """Refuse what could not be read back: structs do not check their values when they are made.

        Events of one command differ in little; what is the same in two of them, or made here, is checked once.
        """
        varying = (
            *(header.stream, header.type, header.known_at, header.known_precision),
            *(header.strikes, header.noticed_at, header.audience),
        )
        if varying not in self._checked or type(header.subject) not in (str, NoneType):
            decode_header(data, where=f"header of {header.type}")
            self._checked.add(varying)

    def _topic(self, event: Event) -> str:
        """Return the name of an event's type, which must be on record or be put there by this command."""
        if isinstance(event, TypeRegistered):
            self._types.add(f"{event.type_name}@{event.type_version}")
        topic = event.topic()
        if topic not in self._types and topic not in self._unit.registered():
            raise TypeNotRegistered(
                f"{topic} is not registered on record",
                remedy="a record made by an earlier version gets the types that came since with `ledger1540 upgrade`",
            )
        return topic

    def _struck(self, draft: Draft) -> Recorded | None:
        if draft.strikes is None:
            return None
        own = (event for event in self.recorded if event.id == draft.strikes)
        struck = next(own, None) or self._unit.event(draft.strikes)
        if struck is None or struck.header.stream != draft.stream:
            raise StrikesElsewhere(f"{draft.strikes} is no event of {draft.stream}", where="strikes")
        return struck

    def _header(
        self,
        draft: Draft,
        struck: Recorded | None,
        position: int,
        key: bytes,
        version: int,
        previous: str | None,
        body: str,
    ) -> Header:
        context, command, parts = self._context, self._command, self._unit.parts
        known_at = draft.known_at or context.known_at
        if known_at > context.recorded_at:
            raise KnownTooLate(f"known {known_at}, but recorded {context.recorded_at}", where="known")
        noticed = draft.noticed_at
        if noticed is None and (struck is not None or command.noticed is not None):
            noticed = noticed_date(command, struck, context.recorded_at)
        return Header(
            format=FORMAT,
            log=parts.origin,
            position=position,
            event_id=uuid_text(key),
            stream=draft.stream,
            version=version,
            previous=previous,
            subject=draft.subject,
            type=draft.event.TYPE,
            type_version=draft.event.VERSION,
            body_commitment=body,
            recorded_at=context.recorded_at,
            known_at=known_at,
            known_precision=draft.known_precision or context.known_precision,
            strikes=draft.strikes,
            noticed_at=noticed,
            command_id=self._identity,
            actor=command.actor,
            role=self._role,
            causation_id=self._causation,
            correlation_id=self._correlation,
            audience=_in_order(draft.audience),
            synthetic=command.synthetic or parts.simulation,
        )

    def _index(self, event: Recorded) -> None:
        stream = event.header.stream
        history: History | None = None
        if event.header.strikes is not None:
            history = self._histories.get(stream)
            if history is None:
                earlier = [each for each in self.recorded if each.header.stream == stream]
                history = self._unit.history(stream).extended(earlier)
            else:
                history = history.extended([event])
        elif stream in self._histories:
            history = self._histories[stream].extended([event])
        if history is not None:
            self._histories[stream] = history
        change = standing.derived(event, history)
        if change is not None:
            self.changes.append(change)
