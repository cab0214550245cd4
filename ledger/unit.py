"""One transaction: commands decided under the sequencer's lock, each seeing what the earlier ones recorded."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from domain import ids
from domain.canonical import sha256
from domain.deciding import Command, Context, known_date
from domain.index import Change
from domain.recorded import Decided, Recorded
from domain.records import CLOCK_STREAM, TYPES_STREAM, AcceptClock, ClockAccepted, TypeRegistered
from domain.standing import History
from ledger import standing, tables
from ledger.drafting import Drafting
from ledger.mapper import Written, digest, uuid_bytes
from ledger.parts import Parts
from ledger.refusals import CommandReused

WRITE_AFTER = 2_000
"""Events of a batch that are held in memory before they are written; the transaction is still one."""
HISTORIES_KEPT = 2_000
"""Streams whose histories a transaction keeps once they are written; others are read again when they are asked for."""
NOT_KNOWN = bytes(32)
"""What stands for the hash of a command's request where events were restored from what does not have it."""


class Receipt(msgspec.Struct, frozen=True):
    """What became of a command: where its events are, and whether it was on record before."""

    command_id: str
    first_position: int | None
    last_position: int | None
    repeated: bool = False


class Work(msgspec.Struct, frozen=True):
    """What one command is about to put on record."""

    receipt: Receipt
    key: bytes
    request: bytes
    written: Sequence[Written]
    recorded: Sequence[Recorded]
    changes: Sequence[Change]
    heads: Mapping[str, tuple[int, str | None]]
    documents: Sequence[bytes]


class Unit:
    """The running transaction, as decisions see it. It lives as long as the lock is held, and no longer."""

    def __init__(self, parts: Parts, commands: Sequence[Command] = (), *, dry: bool = False) -> None:
        """Begin, knowing the commands to come: they are looked up in one go, together with taking the lock."""
        self.parts = parts
        self._identities: dict[str, tuple[str, bytes]] = {}
        self._identities = {command.id: self._identity(command) for command in commands}
        self._on_record = parts.commands([key for _, key in self._identities.values()])
        self.start = self.position = parts.recorder.growth().size
        parts.check_heads(self.start)
        self.accepted_clock = False
        self.commands = 0
        self._dry = dry
        self._recorded_at: str | None = None
        self._histories: dict[str, History] = {}
        self._tails: dict[str, list[Recorded]] = {}
        self._heads: dict[str, tuple[int, str | None]] = {}
        self._events: dict[str, Recorded] = {}
        self._types: set[str] | None = None
        self._unwritten: list[Work] = []
        self._held = 0
        self._receipts: dict[bytes, tuple[bytes, Receipt]] = {}
        self._documents: dict[str, bytes] = {}

    # What a decision can look up.

    def history(self, stream: str) -> History:
        """Return the history of a stream with what this transaction has added."""
        found = self._histories.pop(stream, None)
        if found is None:
            found = self.parts.brought_up_to_date(self.parts.histories.get(stream), stream, self.head(stream)[0])
        tail = self._tails.pop(stream, None)
        if tail:
            found = found.extended(tail)
        self._histories[stream] = found
        return found

    def event(self, event_id: str) -> Recorded | None:
        """Return the event with this id."""
        found = self._events.get(event_id) or self.parts.kept_event(event_id)
        if found is None:
            found = self.parts.event(event_id)
            if found is not None and found.position <= self.start:
                self.parts.keep_event(found)
            elif found is not None:
                self._events[event_id] = found
        return found

    def after(self, position: int) -> Iterator[Recorded]:
        """Yield the events recorded after a position, those of this transaction too."""
        self.write()
        yield from self.parts.recorded(position + 1, self.position)

    def document(self, sha256: str) -> bytes | None:
        """Return a document that is stored, or that this transaction is about to store."""
        found = self._documents.get(sha256)
        return self.parts.documents.get(sha256) if found is None else found

    # Deciding.

    def decide(self, command: Command, *, importing: bool) -> Work | Receipt:
        """Return what a command puts on record, or its first receipt if it is there already.

        Raises:
            Refusal: by its own name; the transaction is as it was before.
        """
        identity, key = self._identity(command)
        request = digest(self.parts.rules.encode_command(command))
        earlier = self._earlier(key, identity)
        if earlier is not None:
            if earlier[0] == NOT_KNOWN:
                raise CommandReused(
                    f"command {command.id!r} is on record, restored from what does not say with which content",
                    where="id",
                    remedy="see what it recorded; give a new command a new id",
                )
            if earlier[0] != request:
                raise CommandReused(
                    f"command {command.id!r} is on record with another content",
                    where="id",
                    remedy="give a new command a new id; send a repeated one exactly as it was",
                )
            return earlier[1]
        recorded_at = self.recorded_at(command)
        known_at, precision = known_date(command, recorded_at)
        context = Context(
            record=self,
            recorded_at=recorded_at,
            position=self.position + 1,
            known_at=known_at,
            known_precision=precision,
            actor=command.actor,
            causation=None if command.causation is None else ids.event_reference(command.causation),
            importing=importing,
        )
        return self._work(command, identity, key, request, context, self.parts.rules.decide(command, context))

    def _identity(self, command: Command) -> tuple[str, bytes]:
        found = self._identities.pop(command.id, None)
        if found is None:
            identity = ids.command_id(command.id)
            found = identity, uuid_bytes(identity)
        return found

    def _work(
        self, command: Command, identity: str, key: bytes, request: bytes, context: Context, decided: Decided
    ) -> Work:
        drafting = Drafting(self, command, identity, context, decided.role or command.role)
        for draft in decided.drafts:
            drafting.add(draft)
        first = context.position if drafting.recorded else None
        last = context.position + len(drafting.recorded) - 1 if drafting.recorded else None
        return Work(
            receipt=Receipt(identity, first, last),
            key=key,
            request=request,
            written=drafting.written,
            recorded=drafting.recorded,
            changes=drafting.changes,
            heads=drafting.heads,
            documents=decided.documents,
        )

    def _earlier(self, key: bytes, identity: str) -> tuple[bytes, Receipt] | None:
        found = self._receipts.get(key)
        if found is not None:
            return found
        stored = self._on_record[key] if key in self._on_record else self.parts.command(key)
        if stored is None:
            return None
        request, first, last = stored
        return request, Receipt(identity, first, last, repeated=True)

    def recorded_at(self, command: Command) -> str:
        """Return the one instant at which everything of this transaction is recorded."""
        if self._recorded_at is None:
            last = self.parts.last_recorded_at(self.start)
            if isinstance(command, AcceptClock):
                return self.parts.time.unchecked(last)
            self._recorded_at = self.parts.time.next(last, self._accepted_at)
        return self._recorded_at

    def _accepted_at(self) -> str | None:
        accepted = [e for e in self.history(CLOCK_STREAM).events if isinstance(e.body, ClockAccepted)]
        return accepted[-1].header.recorded_at if accepted else None

    def head(self, stream: str) -> tuple[int, str | None]:
        """Return version and leaf (hex) of the last event of a stream; 0 and None where it has none."""
        found = self._heads.get(stream)
        if found is None:
            found = self._heads[stream] = self.parts.head(stream)
        return found

    def registered(self) -> set[str]:
        """Return the event types on record, as `type@version`."""
        if self._types is None:
            bodies = [event.body for event in self.history(TYPES_STREAM).events]
            self._types = {f"{b.type_name}@{b.type_version}" for b in bodies if isinstance(b, TypeRegistered)}
        return self._types

    # Recording.

    def adopt(self, work: Work) -> Receipt:
        """Let later commands of this transaction see what a command has recorded."""
        self.position += len(work.recorded)
        self.commands += 1
        self._heads.update(work.heads)
        for event in work.recorded:
            self._tails.setdefault(event.header.stream, []).append(event)
            self._events[event.id] = event
            if isinstance(event.body, TypeRegistered):
                self.registered().add(f"{event.body.type_name}@{event.body.type_version}")
            if isinstance(event.body, ClockAccepted):
                self._recorded_at, self.accepted_clock = event.header.recorded_at, True
        for document in work.documents:
            self._documents[sha256(document)] = document
        self._receipts[work.key] = work.request, msgspec.structs.replace(work.receipt, repeated=True)
        return work.receipt

    def hold(self, work: Work) -> Receipt:
        """Adopt a command's work and write it later, with that of its neighbours."""
        receipt = self.adopt(work)
        self._unwritten.append(work)
        self._held += len(work.written) + 1
        if self._held >= WRITE_AFTER:
            self.write()
            self._forget_heads()
        return receipt

    def write(self) -> None:
        """Write what is held; the database holds it uncommitted, so memory need not."""
        works, self._unwritten, self._held = self._unwritten, [], 0
        self.put(works)
        self._settle()

    def record(self, work: Work) -> Receipt:
        """Write a command's work at once, undoing it alone if that fails, and adopt it."""
        with self.parts.recorder.savepoint():
            self.put([work])
        receipt = self.adopt(work)
        self._settle()
        return receipt

    def _settle(self) -> None:
        """Forget what the database now holds: only histories that were read are carried on in memory."""
        for stream in [stream for stream in self._tails if stream in self._histories]:
            self.history(stream)
        self._tails.clear()
        for stream in list(self._histories)[:-HISTORIES_KEPT]:  # the least recently asked for
            del self._histories[stream]
        self._events = {}
        self._receipts.clear()
        if not self._dry:
            self._documents.clear()

    def _forget_heads(self) -> None:
        """Forget heads that the database now holds, and those from before, so that no long batch keeps all of them."""
        for stream in self._heads:
            self.parts.heads.pop(stream, None)
        self._heads.clear()

    def put(self, works: Sequence[Work]) -> None:
        """Write the works of commands: documents first, then events with all that goes with them."""
        if not works:
            return
        if not self._dry:
            self.parts.documents.put_all(document for work in works for document in work.documents)
        recorder = self.parts.recorder
        recorder.append([event for work in works for event in work.written])
        standing.write(recorder.database, (change for work in works for change in work.changes))
        recorder.database.insert(
            tables.COMMANDS,
            [(w.key, w.request, w.receipt.first_position, w.receipt.last_position) for w in works],
        )

    def committed(self) -> None:
        """Keep for later what this transaction has read and recorded, now that it is durable."""
        for stream in list(self._histories):
            self.parts.histories.keep(stream, self.history(stream))
        self.parts.heads.update(self._heads)
        if self._recorded_at is not None and self.position > self.start:
            self.parts.last = self.position, self._recorded_at
        if self.accepted_clock:
            self.parts.time.accept()
