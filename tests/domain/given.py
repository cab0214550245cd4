"""A record in memory for tests of the domain: given facts, when a command is decided, then events."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from domain.deciding import Command, Context, known_date, noticed_date
from domain.header import Header
from domain.ids import command_id, event_id
from domain.recorded import Decided, Draft, Event, Recorded
from domain.standing import Cut, History
from domain.times import moment, parse, text
from domain.values import Reading

C = TypeVar("C", bound=Command)
NOW = "2026-01-01T12:00:00.000000Z"


class InMemory:
    """A record whose every event is recorded a second after the last; a view of it, too."""

    def __init__(self) -> None:
        self.events: list[Recorded] = []
        self.documents: dict[str, bytes] = {}
        self._histories: dict[str, History] = {}
        self._clock = moment(NOW).timestamp()

    def history(self, stream: str) -> History:
        return self._histories.get(stream, History())

    def event(self, event_id: str) -> Recorded | None:
        return next((event for event in self.events if event.id == event_id), None)

    def after(self, position: int) -> Iterator[Recorded]:
        yield from self.events[position:]

    def document(self, sha256: str) -> bytes | None:
        return self.documents.get(sha256)

    def store(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self.documents[sha256] = data
        return sha256

    def context(self, command: Command, *, importing: bool = False) -> Context:
        recorded_at = self._now()
        known_at, precision = known_date(command, recorded_at)
        return Context(
            record=self,
            recorded_at=recorded_at,
            position=len(self.events) + 1,
            known_at=known_at,
            known_precision=precision,
            actor=command.actor,
            importing=importing,
        )

    def when(
        self, decide: Callable[[C, Context], Decided], command: C, *, importing: bool = False
    ) -> tuple[Recorded, ...]:
        """Decide a command and put what it asks for on record."""
        context = self.context(command, importing=importing)
        decided = decide(command, context)
        for data in decided.documents:
            self.store(data)
        return tuple(
            self.record(draft, command, context, index, decided.role) for index, draft in enumerate(decided.drafts)
        )

    def given(
        self,
        stream: str,
        event: Event,
        known: str,
        *,
        strikes: Recorded | None = None,
        noticed: str | None = None,
    ) -> Recorded:
        """Put an event on record as it is; a date of `known` means its end in New York."""
        command = Command(id=f"given:{len(self.events)}", actor="given", known=known, noticed=noticed)
        draft = Draft(
            stream=stream,
            event=event,
            audience=("public",),
            strikes=None if strikes is None else strikes.id,
            noticed_at=noticed_date(command, strikes, self._now()),
        )
        return self.record(draft, command, self.context(command), 0)

    def record(self, draft: Draft, command: Command, context: Context, index: int, role: str = "") -> Recorded:
        history = self.history(draft.stream)
        unique = command_id(command.id)
        header = Header(
            format=1,
            log="example.org/ledger1540/test",
            position=len(self.events) + 1,
            event_id=event_id(unique, index),
            stream=draft.stream,
            version=history.version + 1,
            previous=None,
            subject=draft.subject,
            type=draft.event.TYPE,
            type_version=draft.event.VERSION,
            body_commitment="0" * 64,
            recorded_at=context.recorded_at,
            known_at=draft.known_at or context.known_at,
            known_precision=draft.known_precision or context.known_precision,
            strikes=draft.strikes,
            noticed_at=draft.noticed_at,
            command_id=unique,
            actor=command.actor,
            role=role or command.role,
            causation_id=None,
            correlation_id=None,
            audience=draft.audience,
            synthetic=True,
        )
        recorded = Recorded(header, draft.event)
        self.events.append(recorded)
        self._histories[draft.stream] = history.extended([recorded])
        return recorded

    def only(self, keep: Callable[[Recorded], bool]) -> InMemory:
        """Return a record with only some of the events, each as it was."""
        other = InMemory()
        other.documents = self.documents
        for event in filter(keep, self.events):
            other.events.append(event)
            stream = event.header.stream
            other._histories[stream] = other.history(stream).extended([event])
        return other

    def _now(self) -> str:
        return text(moment(NOW).fromtimestamp(self._clock + len(self.events), moment(NOW).tzinfo))


def as_of(day: str, reading: Reading = "corrected") -> Cut:
    """Return the cut that a date means: its end in New York, the whole record."""
    return Cut(known_at=parse(day)[0], reading=reading)
