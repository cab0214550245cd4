"""A record in memory for tests: it decides, builds headers and keeps documents as the record's contract says."""

import hashlib
from collections.abc import Iterator, Mapping

from domain.canonical import encode, sha256
from domain.catalogue import decide
from domain.deciding import Command, Context, known_date, noticed_date
from domain.header import FORMAT, Header, commitment, encode_header, leaf_hash
from domain.ids import command_id, event_id
from domain.recorded import Decided, Draft, Recorded
from domain.standing import History
from domain.times import after

BEGINNING = "2004-04-28T12:00:00.000000Z"


class MemoryRecord:
    """The events in order, their bytes beside them, and a clock that only the test moves."""

    def __init__(self, log: str = "example.org/ledger1540/1", now: str = BEGINNING) -> None:
        self.log = log
        self.now = now
        self.events: list[Recorded] = []
        self.headers: list[bytes] = []
        self.bodies: list[bytes] = []
        self.nonces: list[bytes] = []
        self.documents: dict[str, bytes] = {}
        self._histories: dict[str, History] = {}
        self._by_id: dict[str, Recorded] = {}
        self._heads: dict[str, str] = {}
        self._commands: set[str] = set()

    def history(self, stream: str) -> History:
        """Return the history of a stream, empty where it has none."""
        return self._histories.get(stream, History())

    def event(self, event_id: str) -> Recorded | None:
        """Return the event with this id, if it is on record."""
        return self._by_id.get(event_id)

    def after(self, position: int) -> Iterator[Recorded]:
        """Yield the events recorded after a position, in order."""
        yield from self.events[position:]

    def document(self, sha256: str) -> bytes | None:
        """Return the stored document with this hash, if there is one."""
        return self.documents.get(sha256)

    def store(self, data: bytes) -> str:
        """Put bytes in the store and return their hash."""
        name = sha256(data)
        self.documents[name] = data
        return name

    @property
    def position(self) -> int:
        """The last position on record, 0 where there is none."""
        return len(self.events)

    def recorded_at(self) -> str:
        """Return when the next transaction is recorded: the clock, or the last and a microsecond."""
        return max(self.now, after(self.events[-1].header.recorded_at)) if self.events else self.now

    def submit(self, command: Command, batch: str | None = None) -> tuple[Recorded, ...]:
        """Decide a command and record what comes of it; `batch` is the event that began its import.

        Raises:
            Refusal: nothing is recorded.
        """
        number = command_id(command.id)
        assert number not in self._commands, f"the test uses command {command.id} twice"
        recorded_at = self.recorded_at()
        known_at, precision = known_date(command, recorded_at)
        context = Context(
            record=self,
            recorded_at=recorded_at,
            position=self.position + 1,
            known_at=known_at,
            known_precision=precision,
            actor=command.actor,
            causation=batch or command.causation,
            importing=batch is not None,
        )
        decided = decide(command, context)
        noticed = [self._noticed(draft, command, recorded_at) for draft in decided.drafts]
        for data in decided.documents:
            self.store(data)
        self._commands.add(number)
        return tuple(
            self._append(command, context, decided, index, noticed[index]) for index in range(len(decided.drafts))
        )

    def puts(self, draft: Draft, command: Command) -> Recorded:
        """Put an event on record that no rule was asked about, in the name of who gives a command."""
        context = Context(
            record=self,
            recorded_at=self.recorded_at(),
            position=self.position + 1,
            known_at=self.recorded_at(),
            known_precision="instant",
            actor=command.actor,
        )
        return self._append(command, context, Decided((draft,)), 0, None)

    def _noticed(self, draft: Draft, command: Command, recorded_at: str) -> str | None:
        struck = None if draft.strikes is None else self._by_id[draft.strikes]
        return draft.noticed_at or noticed_date(command, struck, recorded_at)

    def _append(
        self, command: Command, context: Context, decided: Decided, index: int, noticed_at: str | None
    ) -> Recorded:
        draft = decided.drafts[index]
        number = command_id(command.id)
        position = self.position + 1
        body = encode(draft.event)
        nonce = hashlib.sha256(f"nonce {self.log} {position}".encode()).digest()[:16]
        header = Header(
            format=FORMAT,
            log=self.log,
            position=position,
            event_id=event_id(number, index),
            stream=draft.stream,
            version=self.history(draft.stream).version + 1,
            previous=self._heads.get(draft.stream),
            subject=draft.subject,
            type=draft.event.TYPE,
            type_version=draft.event.VERSION,
            body_commitment=commitment(nonce, body),
            recorded_at=context.recorded_at,
            known_at=draft.known_at or context.known_at,
            known_precision=draft.known_precision or context.known_precision,
            strikes=draft.strikes,
            noticed_at=noticed_at,
            command_id=number,
            actor=command.actor,
            role=decided.role,
            causation_id=context.causation,
            correlation_id=command.correlation,
            audience=tuple(sorted(draft.audience)),
            synthetic=command.synthetic,
        )
        assert header.known_at <= header.recorded_at
        return self._keep(Recorded(header, draft.event), encode_header(header), body, nonce)

    def _keep(self, event: Recorded, header: bytes, body: bytes, nonce: bytes) -> Recorded:
        self.events.append(event)
        self.headers.append(header)
        self.bodies.append(body)
        self.nonces.append(nonce)
        self._by_id[event.id] = event
        self._heads[event.header.stream] = leaf_hash(header).hex()
        self._histories[event.header.stream] = self.history(event.header.stream).extended((event,))
        return event

    def export(self) -> Iterator[bytes]:
        """Yield the lines of `export --log`: the stored bytes spliced in, LF at the end of each."""
        for header, body, nonce in zip(self.headers, self.bodies, self.nonces, strict=True):
            yield b'{"header":%b,"body":%b,"nonce":"%b"}\n' % (header, body, nonce.hex().encode())

    def cut_after(self, position: int) -> "MemoryRecord":
        """Return the record as it was when `position` was its last; only for reading."""
        earlier = MemoryRecord(self.log, self.now)
        earlier.documents = dict(self.documents)
        for place in range(position):
            earlier._keep(self.events[place], self.headers[place], self.bodies[place], self.nonces[place])
        return earlier

    def streams(self) -> Mapping[str, History]:
        """Return every stream with its history."""
        return self._histories
